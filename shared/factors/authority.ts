/** By what right a person's factors are changed: own proofs, the challenge or invitation that asked for a first one, or another's spent proofs. */
import { Problem } from '../platform/problems/problem.ts';
import { isSetUpOpen, type Policy } from '../policy/policy.ts';
import { countStart } from '../user-state/caps.ts';
import { openEnrollment, registeringAs } from '../user-state/enrollment.ts';
import { findChallenge } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';
import { neededStrength, spendProofs, type Proof } from './proofs.ts';

export interface Authority {
  readonly proofs: readonly Proof[];
  readonly setUpChallengeId?: Uint8Array;
  /** The invitation whose link was traded for the session that asks: good for a first factor while its person registers. */
  readonly enrollmentId?: Uint8Array;
  /** An administrator who proved himself in his own item. */
  readonly isProvedElsewhere: boolean;
  /** A challenge serves the client that started it, for setting up too (I7). */
  readonly clientId: string;
}

/** A locked or suspended user changes nothing (I4, A72a). */
export function settleForChange(read: UserState, now: number): ReturnType<typeof settle> {
  const settled = settle(read, now);
  if (settled.state.suspendedAt !== undefined) throw new Problem('user-suspended');
  if (settled.state.lock) throw new Problem('user-locked');
  return settled;
}

/** The pending challenge that this authority would set up for. */
export function setUpFor(state: UserState, { setUpChallengeId, clientId }: Authority): Challenge | undefined {
  const challenge = setUpChallengeId && findChallenge(state, setUpChallengeId);
  const isOpen = challenge?.status === 'pending' && challenge.setUp !== undefined && challenge.clientId === clientId;
  return isOpen ? challenge : undefined;
}

/** A first set-up at sign-in has its window (D26), an invited one its registration; a recovery key leads to this challenge and no other. */
export function isInTime({ setUp }: Challenge, state: UserState, policy: Policy): boolean {
  if (setUp === 'recovered') return true;
  if (setUp === 'invited') return openEnrollment(state)?.status === 'registering';
  return state.invitedOnly !== true && (setUp !== 'required' || isSetUpOpen(policy, state, state.lastAt));
}

/** The state once the right to change or remove what is there has been shown: by proofs, and by nothing less. */
export function authorize(state: UserState, { isProvedElsewhere, proofs }: Authority, policy: Policy): UserState {
  if (isProvedElsewhere) return state;
  const needed = neededStrength(state);
  if (!needed) throw new Problem('invitation-needed');
  return spendProofs(state, proofs, needed, policy).state;
}

/** The same for adding a factor: a first one, or one after a recovery key, is the right of the challenge that asked for it. */
export function authorizeSetUp(state: UserState, authority: Authority, policy: Policy): UserState {
  const challenge = setUpFor(state, authority);
  if (challenge?.setUp === 'recovered') return state;
  if (authority.isProvedElsewhere || neededStrength(state)) return authorize(state, authority, policy);
  if (registeringAs(state, authority.enrollmentId)?.validated) return state;
  if (!challenge || !isInTime(challenge, state, policy)) throw new Problem('invitation-needed');
  return state;
}

/** Whatever moves the version without a proof or an answer is counted like a start: nobody keeps the owner out by it. */
export function takeStart(state: UserState): UserState {
  const starts = countStart(state.starts, state.lastAt);
  if ('waitFor' in starts) throw new Problem('too-many-challenges', { retryAfterSeconds: starts.waitFor / 1000 });
  return { ...state, starts };
}
