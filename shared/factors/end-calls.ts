/** Calls that were placed to a factor as it was: once it is changed, whoever answers them answers for nothing (X34). */
import { isSameId } from '../user-state/find.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';

/** Sign-ins that are calling this factor go on without the call: another one can be started. */
export function forgetCalls(state: UserState, factorId: Uint8Array): UserState {
  const challenges = state.challenges.map((challenge): Challenge => {
    const { sending, ...rest } = challenge;
    const isCalling = challenge.status === 'pending' && !challenge.proves && sending !== undefined && isSameId(sending.factorId, factorId);
    return isCalling ? rest : challenge;
  });
  return { ...state, challenges };
}

/** Challenges that were made to prove a number of this factor are over. */
export function cancelProving(state: UserState, factorId: Uint8Array): UserState {
  const challenges = state.challenges.map((challenge): Challenge => {
    const isMeant = challenge.status === 'pending' && challenge.proves !== undefined && isSameId(challenge.proves, factorId);
    return isMeant ? { ...challenge, status: 'canceled', decidedAt: state.lastAt } : challenge;
  });
  return { ...state, challenges };
}
