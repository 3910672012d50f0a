/** A full success: the challenge is approved once, the user's and that factor's counters clear, and nothing else does. */
import { isSameId } from './find.ts';
import type { Approval, Challenge, Factor, UserState } from './user-state.ts';

export function approveChallenge(state: UserState, challenge: Challenge, approval: Approval): UserState {
  const approved: Challenge = { ...challenge, status: 'approved', decidedAt: approval.at, approval };
  const isKnown = state.challenges.some(({ id }) => isSameId(id, challenge.id));
  return {
    ...state,
    ...(challenge.purpose === 'sign-in' ? { lastSignInAt: approval.at } : {}),
    challenges: isKnown
      ? state.challenges.map((each) => (isSameId(each.id, challenge.id) ? approved : each))
      : [...state.challenges, approved],
  };
}

/** D7: complete success with that authenticator is the only thing that clears. */
export function clearFailures(state: UserState, succeeded: Factor): UserState {
  const { failures: _failures, locks: _locks, ...rest } = state;
  const { failures: _own, ...factor } = succeeded;
  return { ...rest, factors: state.factors.map((each) => (isSameId(each.id, factor.id) ? (factor as Factor) : each)) };
}
