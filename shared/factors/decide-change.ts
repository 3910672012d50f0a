/** Changing and removing a factor: only with a proof at least as strong as what is weakened (I13), and told to its owner (I14). */
import { Problem } from '../platform/problems/problem.ts';
import { mustConfirm, type Policy } from '../policy/policy.ts';
import type { Changed, Decision } from '../user-state/decision.ts';
import { findFactor, isAskedFor, isSameId, replaceFactor } from '../user-state/find.ts';
import { isBackup } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import { closeSetUps } from './activate-factor.ts';
import { authorize, settleForChange, takeStart, type Authority } from './authority.ts';
import type { ChangeOutcome } from './decide-add.ts';
import type { KindChange, OwnChanges } from './kinds/factor-kind.ts';
import { isAllowed, kindOf, usableFactors } from './kinds/factor-kinds.ts';
import { needMailedProof } from './proofs.ts';
import { addProvingChallenge, cancelProving, forgetSendings, type Proving } from './proving.ts';

export interface FactorChanges {
  readonly label?: string;
  readonly status?: 'active' | 'inactive';
  readonly rank?: number;
  /** What the kind's own set-up made of the rest. */
  readonly own?: OwnChanges<Factor>;
}

export interface ChangeCommand extends Proving {
  readonly factorId: Uint8Array;
  readonly changes: FactorChanges;
  readonly authority: Authority;
  readonly policy: Policy;
}

/** Row 1.7: someone may do without only where nothing requires it. */
function refuseIfLast(after: UserState, policy: Policy): void {
  const isCovered = usableFactors(after.factors, policy).some((factor) => !isBackup(factor));
  if (!isCovered && mustConfirm(policy, after.identity)) {
    throw new Problem('policy-forbids', { detail: 'The policy requires a factor, and this is the last one that counts.' });
  }
}

const isRenaming = (changes: FactorChanges): boolean => Object.keys(changes).every((name) => name === 'label' || name === 'rank');

/** Names protect nothing. Asking to be asked again only adds protection, as long as nobody is asked yet. */
function isHarmless(state: UserState, changes: FactorChanges): boolean {
  const isAsked = state.factors.some(isAskedFor);
  return isRenaming(changes) || (!isAsked && changes.status === 'active' && Object.keys(changes).length === 1);
}

function changeOf(factor: Factor, changes: FactorChanges): KindChange<Factor> {
  if (factor.status === 'proving') throw new Problem('factor-not-usable', { detail: 'Confirm this factor first.' });
  if (factor.status === 'disabled' && !isRenaming(changes)) throw new Problem('factor-not-usable', { detail: 'A disabled factor has to be set up again.' });
  const { label, status, rank, own } = changes;
  const common: Factor = { ...factor, ...(label === undefined ? {} : { label }), ...(status ? { status } : {}), ...(rank === undefined ? {} : { rank }) };
  if (!own) return { factor: common, isAskedOtherwise: false };
  const change = kindOf(common)?.change;
  if (!change) throw new Problem('request-invalid', { detail: 'A factor of this kind has only a label, a rank and a status.' });
  return change(common, own);
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
function isUnchanged(factor: Factor, { label, rank, status, own }: FactorChanges): boolean {
  const isSame = (label ?? factor.label) === factor.label && (rank ?? factor.rank) === factor.rank && (status ?? factor.status) === factor.status;
  return isSame && own === undefined;
}

/** Whoever is being asked was asked for the old PIN, by the old method, or on a number that is not meant any more. */
function endSendings(state: UserState, { factor, reach, isAskedOtherwise }: KindChange<Factor>): UserState {
  const ended = isAskedOtherwise || reach ? cancelProving(state, factor.id) : state;
  return isAskedOtherwise ? forgetSendings(ended, factor.id) : ended;
}

/** What was proposed while nobody was asked rested on a password alone: it ends with the first factor that is asked for. */
function endProposals(before: UserState, { status: asked }: FactorChanges, after: UserState): UserState {
  const isFirst = asked === 'active' && !before.factors.some(isAskedFor);
  return isFirst ? closeSetUps(after) : after;
}

function needAllowed({ factor, isAskedOtherwise }: KindChange<Factor>, { status }: FactorChanges, policy: Policy): void {
  if ((isAskedOtherwise || status === 'active') && !isAllowed(factor, policy)) {
    throw new Problem('policy-forbids', { detail: 'The policy does not allow this method.' });
  }
}

export function decideChange(read: UserState, command: ChangeCommand, now: number): Decision<ChangeOutcome> {
  const { state, events } = settleForChange(read, now);
  const { changes, policy } = command;
  const found = findFactor(state, command.factorId);
  if (!found) throw new Problem('not-found');
  const change = changeOf(found, changes);
  const { factor, reach } = change;
  if (isUnchanged(found, changes)) return { outcome: { status: 'done', factorId: found.id } };
  const isTurnedOff = changes.status === 'inactive';
  needAllowed(change, changes, policy);
  if (isTurnedOff) needMailedProof(state, found, command.authority);
  const authorized = isHarmless(state, changes) ? takeStart(state) : authorize(state, command.authority, policy);
  let next = endProposals(state, changes, endSendings(replaceFactor(authorized, factor), change));
  if (isTurnedOff) refuseIfLast(next, policy);
  if (reach) next = addProvingChallenge(next, factor, reach, command);
  const changed = done(next, factor, isRenaming(changes) ? 'factor-renamed' : 'factor-changed', reach && command.provingId);
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
  needMailedProof(state, factor, authority);
  // One that was never confirmed protects nothing: giving it up takes no proof.
  const authorized = factor.status === 'proving' ? state : authorize(state, authority, policy);
  const ended = cancelProving(authorized, factorId);
  const left = ended.factors.filter(({ id }) => !isSameId(id, factorId));
  // A recovery key is for a factor that was lost, and there is none any more.
  const next = { ...ended, factors: left.every(isBackup) ? [] : left };
  if (factor.status === 'active') refuseIfLast(next, policy);
  const changed = done(next, factor, 'factor-removed');
  return { ...changed, events: [...changed.events, ...events] };
}
