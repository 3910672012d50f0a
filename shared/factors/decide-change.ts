/** Changing and removing a factor: only with a proof at least as strong as what is weakened (I13), and told to its owner (I14). */
import { Problem } from '../platform/problems/problem.ts';
import { mustConfirm, type Policy } from '../policy/policy.ts';
import type { Changed, Decision } from '../user-state/decision.ts';
import { findFactor, isSameId, replaceFactor } from '../user-state/find.ts';
import type { Factor, PhoneFactor, PhoneMethod, PhoneNumberEntry, UserState } from '../user-state/user-state.ts';
import { closeSetUps } from './activate-factor.ts';
import { addProvingChallenge, authorize, settleForChange, takeStart, type AddCommand, type Authority, type ChangeOutcome } from './decide-add.ts';
import { cancelProving, forgetCalls } from './end-calls.ts';
import { isAllowed, usableFactors } from './kinds/factor-kinds.ts';

export interface FactorChanges {
  readonly label?: string;
  readonly status?: 'active' | 'inactive';
  readonly rank?: number;
  readonly method?: PhoneMethod;
  readonly pin?: Uint8Array;
  /** Sealed, unproved: each is called, and takes its slot only when somebody confirmed. */
  readonly numbers?: readonly PhoneNumberEntry[];
}

export interface ChangeCommand extends Pick<AddCommand, 'clientId' | 'provingId'> {
  readonly factorId: Uint8Array;
  readonly changes: FactorChanges;
  readonly authority: Authority;
  readonly policy: Policy;
}

/** Row 1.7: someone may do without only where nothing requires it. */
function refuseIfLast(after: UserState, policy: Policy): void {
  const isCovered = usableFactors(after.factors, policy).length > 0;
  if (!isCovered && mustConfirm(policy, after.identity)) {
    throw new Problem('policy-forbids', { detail: 'The policy requires a factor, and this is the last one that counts.' });
  }
}

function changePhone(factor: PhoneFactor, { method, pin, numbers = [] }: FactorChanges): PhoneFactor {
  if (numbers.length > 1) throw new Problem('request-invalid', { detail: 'Change one number at a time: each is called.' });
  const kept = numbers.length > 0 ? factor.numbers.filter(({ proved }) => proved) : factor.numbers;
  const changed = { ...factor, ...(method ? { method } : {}), ...(pin ? { pin } : {}), numbers: [...kept, ...numbers] };
  if (changed.method === 'call-pin' && !changed.pin) throw new Problem('pin-refused', { detail: 'This method needs a PIN.' });
  const hasExtension = changed.numbers.some((entry) => entry.hasExtension);
  if (hasExtension && changed.method !== 'call-pin') throw new Problem('number-refused', { detail: 'A number with an extension can only take the call with a PIN.' });
  return changed;
}

const isRenaming = (changes: FactorChanges): boolean => Object.keys(changes).every((name) => name === 'label' || name === 'rank');

/** Names protect nothing. Asking to be asked again only adds protection, as long as nobody is asked yet. */
function isHarmless(state: UserState, changes: FactorChanges): boolean {
  const isAsked = state.factors.some(({ status }) => status === 'active');
  return isRenaming(changes) || (!isAsked && changes.status === 'active' && Object.keys(changes).length === 1);
}

function changeOf(factor: Factor, changes: FactorChanges): Factor {
  if (factor.status === 'proving') throw new Problem('factor-not-usable', { detail: 'Confirm this factor first.' });
  if (factor.status === 'disabled' && !isRenaming(changes)) throw new Problem('factor-not-usable', { detail: 'A disabled factor has to be set up again.' });
  const { label, status, rank } = changes;
  const common: Factor = { ...factor, ...(label === undefined ? {} : { label }), ...(status ? { status } : {}), ...(rank === undefined ? {} : { rank }) };
  const isOfPhone = changes.method !== undefined || changes.pin !== undefined || changes.numbers !== undefined;
  if (!isOfPhone) return common;
  if (common.kind !== 'phone') throw new Problem('request-invalid', { detail: 'Only a phone factor has a method, a PIN and numbers.' });
  return changePhone(common, changes);
}

function done(next: UserState, factor: Factor, kind: string, provingId?: Uint8Array): Changed<ChangeOutcome> {
  return {
    outcome: { status: 'done', factorId: factor.id, ...(provingId ? { provingId } : {}) },
    next,
    events: [{ kind, factorId: factor.id, notice: kind, detail: { kind: factor.kind } }],
    receipt: { outcome: 'changed', about: factor.id },
  };
}

/** A change to what it is already moves nothing, and takes no proof. */
function isUnchanged(factor: Factor, { label, rank, status, ...phone }: FactorChanges): boolean {
  const isSame = (label ?? factor.label) === factor.label && (rank ?? factor.rank) === factor.rank && (status ?? factor.status) === factor.status;
  return isSame && Object.keys(phone).length === 0;
}

/** Whoever is on the telephone was asked for the old PIN, by the old method, or on a number that is not meant any more. */
function endCalls(state: UserState, { id }: Factor, { method, pin, numbers }: FactorChanges): UserState {
  const isAskedOtherwise = method !== undefined || pin !== undefined;
  const ended = isAskedOtherwise || numbers ? cancelProving(state, id) : state;
  return isAskedOtherwise ? forgetCalls(ended, id) : ended;
}

/** What was proposed while nobody was asked rested on a password alone: it ends with the first factor that is asked for. */
function endProposals(before: UserState, { status: asked }: FactorChanges, after: UserState): UserState {
  const isFirst = asked === 'active' && !before.factors.some(({ status }) => status === 'active');
  return isFirst ? closeSetUps(after) : after;
}

export function decideChange(read: UserState, command: ChangeCommand, now: number): Decision<ChangeOutcome> {
  const { state, events } = settleForChange(read, now);
  const { changes, policy } = command;
  const found = findFactor(state, command.factorId);
  if (!found) throw new Problem('not-found');
  const factor = changeOf(found, changes);
  if (isUnchanged(found, changes)) return { outcome: { status: 'done', factorId: found.id } };
  if ((changes.method || changes.status === 'active') && !isAllowed(factor, policy)) {
    throw new Problem('policy-forbids', { detail: 'The policy does not allow this method.' });
  }
  const authorized = isHarmless(state, changes) ? takeStart(state) : authorize(state, command.authority, policy);
  let next = endProposals(state, changes, endCalls(replaceFactor(authorized, factor), factor, changes));
  if (changes.status === 'inactive') refuseIfLast(next, policy);
  const [firstNumber] = changes.numbers ?? [];
  if (firstNumber) next = addProvingChallenge(next, factor, firstNumber.slot, command);
  const changed = done(next, factor, isRenaming(changes) ? 'factor-renamed' : 'factor-changed', firstNumber && command.provingId);
  const [first] = changed.events;
  const quiet = isRenaming(changes) ? { kind: first.kind, factorId: factor.id } : first;
  return { ...changed, events: [quiet, ...events] };
}

export interface RemoveCommand {
  readonly factorId: Uint8Array;
  readonly authority: Authority;
  readonly policy: Policy;
}

export function decideRemove(read: UserState, { factorId, authority, policy }: RemoveCommand, now: number): Decision<ChangeOutcome> {
  const { state, events } = settleForChange(read, now);
  const factor = findFactor(state, factorId);
  if (!factor) throw new Problem('not-found');
  // One that was never confirmed protects nothing: giving it up takes no proof.
  const authorized = factor.status === 'proving' ? state : authorize(state, authority, policy);
  const ended = cancelProving(authorized, factorId);
  const next = { ...ended, factors: ended.factors.filter(({ id }) => !isSameId(id, factorId)) };
  if (factor.status === 'active') refuseIfLast(next, policy);
  const changed = done(next, factor, 'factor-removed');
  return { ...changed, events: [...changed.events, ...events] };
}
