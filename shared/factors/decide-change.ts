/** Changing and removing a factor: only with a proof at least as strong as what is weakened (I13), and told to its owner (I14). */
import { Problem } from '../platform/problems/problem.ts';
import { allowsMethod, mustConfirm, type Policy } from '../policy/policy.ts';
import type { Changed, Decision } from '../user-state/decision.ts';
import { findFactor, isSameId, replaceFactor } from '../user-state/failures.ts';
import type { Challenge, Factor, PhoneFactor, PhoneMethod, PhoneNumberEntry, UserState } from '../user-state/user-state.ts';
import { addProvingChallenge, authorize, settleForChange, type AddCommand, type Authority, type ChangeOutcome } from './decide-add.ts';
import { kindOf, usableFactors } from './kinds/factor-kinds.ts';

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
  const slots = numbers.map(({ slot }) => slot);
  const kept = factor.numbers.filter(({ slot, proved }) => proved || !slots.includes(slot));
  const changed = { ...factor, ...(method ? { method } : {}), ...(pin ? { pin } : {}), numbers: [...kept, ...numbers] };
  if (changed.method === 'call-pin' && !changed.pin) throw new Problem('pin-refused', { detail: 'This method needs a PIN.' });
  const hasExtension = changed.numbers.some((entry) => entry.hasExtension);
  if (hasExtension && changed.method !== 'call-pin') throw new Problem('number-refused', { detail: 'A number with an extension can only take the call with a PIN.' });
  return changed;
}

function changeOf(factor: Factor, changes: FactorChanges): Factor {
  if (factor.status === 'proving') throw new Problem('factor-not-usable', { detail: 'Confirm this factor first.' });
  if (factor.status === 'disabled' && changes.status === 'active') throw new Problem('factor-not-usable', { detail: 'A disabled factor has to be set up again.' });
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

export function decideChange(read: UserState, command: ChangeCommand, now: number): Decision<ChangeOutcome> {
  const { state, events } = settleForChange(read, now);
  const { changes, policy } = command;
  const found = findFactor(state, command.factorId);
  if (!found) throw new Problem('not-found');
  const isRenaming = Object.keys(changes).every((name) => name === 'label' || name === 'rank');
  // Asking to be asked again only adds protection.
  const isHarmless = isRenaming || (changes.status === 'active' && Object.keys(changes).length === 1);
  const authorized = isHarmless ? state : authorize(state, command.authority, policy);
  const factor = changeOf(found, changes);
  const method = kindOf(factor)?.methodOf(factor);
  if (changes.method && !allowsMethod(policy, method ?? '')) throw new Problem('policy-forbids', { detail: 'The policy does not allow this method.' });
  let next = replaceFactor(authorized, factor);
  if (changes.status === 'inactive') refuseIfLast(next, policy);
  const [firstNumber] = changes.numbers ?? [];
  if (firstNumber) next = addProvingChallenge(next, factor, firstNumber.slot, command);
  const changed = done(next, factor, isRenaming ? 'factor-renamed' : 'factor-changed', firstNumber && command.provingId);
  const [first] = changed.events;
  const quiet = isRenaming ? { kind: first.kind, factorId: factor.id } : first;
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
  const isOfIt = (challenge: Challenge): boolean => challenge.proves !== undefined && isSameId(challenge.proves, factorId);
  const challenges = authorized.challenges.map((challenge): Challenge =>
    challenge.status === 'pending' && isOfIt(challenge) ? { ...challenge, status: 'canceled', decidedAt: state.lastAt } : challenge,
  );
  const next = { ...authorized, challenges, factors: authorized.factors.filter(({ id }) => !isSameId(id, factorId)) };
  if (factor.status === 'active') refuseIfLast(next, policy);
  const changed = done(next, factor, 'factor-removed');
  return { ...changed, events: [...changed.events, ...events] };
}
