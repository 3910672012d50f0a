/** A full success: the challenge is approved once, the user's and that factor's counters clear, and nothing else does. */
import { isSameId } from './find.ts';
import { rowOf } from './methods.ts';
import type { Factor } from './factor.ts';
import type { Approval, Challenge, UserState } from './user-state.ts';

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

/** Pushes are counted since the last that was approved; an answer of another sort says nothing of them. */
function clearPushes(state: UserState, succeeded: Factor): UserState {
  const { pushes: _pushes, ...rest } = state;
  return rowOf(succeeded)?.reachedBy === 'push' ? rest : state;
}

/** D7: complete success with that authenticator is the only thing that clears. */
export function clearFailures(state: UserState, succeeded: Factor): UserState {
  const { failures: _failures, locks: _locks, ...rest } = clearPushes(state, succeeded);
  const { failures: _own, ...factor } = succeeded;
  return { ...rest, factors: state.factors.map((each) => (isSameId(each.id, factor.id) ? (factor as Factor) : each)) };
}
