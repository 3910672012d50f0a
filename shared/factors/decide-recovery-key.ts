/** A person's recovery key: the first comes with the first factor that is confirmed on a page, others are asked for with a proof. */
import { Problem } from '../platform/problems/problem.ts';
import type { Policy } from '../policy/policy.ts';
import type { Decision, DecisionEvent } from '../user-state/decision.ts';
import { findFactor, isAskedFor } from '../user-state/find.ts';
import { isBackup } from '../user-state/methods.ts';
import type { RecoveryKeyFactor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import type { Activated } from './activate-factor.ts';
import { authorize, settleForChange, type Authority } from './authority.ts';
import type { ChangeOutcome } from './decide-add.ts';
import { isAllowed } from './kinds/factor-kinds.ts';

const made = ({ id }: RecoveryKeyFactor): DecisionEvent => ({ kind: 'recovery-key-made', factorId: id, notice: 'recovery-key-made' });

/** The old key dies with the new one. */
const withKey = (state: UserState, key: RecoveryKeyFactor): UserState => ({
  ...state,
  factors: [...state.factors.filter((factor) => !isBackup(factor)), key],
});

/** For whoever has none, where the policy lets it help. */
export function giveRecoveryKey(state: UserState, key: RecoveryKeyFactor, policy: Policy): Activated {
  const isWanted = !state.factors.some(isBackup) && isAllowed(key, policy);
  return isWanted ? { state: withKey(state, key), events: [made(key)] } : { state, events: [] };
}

export interface FirstKeyCommand {
  readonly key: RecoveryKeyFactor;
  /** The factor that the registration has confirmed: still the person's own. */
  readonly confirmed: Uint8Array;
  readonly policy: Policy;
}

/** For whoever has just registered by telephone, where no page could show one with the confirmation. Never in place of another. */
export function decideFirstKey(read: UserState, { key, confirmed, policy }: FirstKeyCommand, now: number): Decision<'made' | 'none'> {
  const { state, events } = settleForChange(read, now);
  if (findFactor(state, confirmed)?.status !== 'active') return { outcome: 'none' };
  const given = giveRecoveryKey(state, key, policy);
  const [first] = given.events;
  if (!first) return { outcome: 'none' };
  return { outcome: 'made', next: given.state, events: [first, ...events], receipt: { outcome: 'changed', about: key.id } };
}

export interface RecoveryKeyCommand {
  readonly key: RecoveryKeyFactor;
  readonly authority: Authority;
  readonly policy: Policy;
}

/** Row 4.4: with a proof as strong as the strongest factor, for a mailbox is not the account (A71a). */
export function decideRecoveryKey(read: UserState, { key, authority, policy }: RecoveryKeyCommand, now: number): Decision<ChangeOutcome> {
  const { state, events } = settleForChange(read, now);
  if (!isAllowed(key, policy)) throw new Problem('policy-forbids', { detail: 'The policy does not allow recovery keys.' });
  if (!state.factors.some(isAskedFor)) throw new Problem('factor-not-usable', { detail: 'A recovery key helps whoever has a factor: set one up first.' });
  const authorized = authorize(state, authority, policy);
  return {
    outcome: { status: 'done', factorId: key.id },
    next: withKey(authorized, key),
    events: [made(key), ...events],
    receipt: { outcome: 'changed', about: key.id },
  };
}
