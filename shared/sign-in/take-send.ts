/** Room for one more send of this user: calls and messages have their hour, pushes another, and one at a time (D19, D20). */
import { countPush, countSend, pushLife } from '../user-state/caps.ts';
import { findFactor, isSameId } from '../user-state/find.ts';
import { rowOf } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';

/** The app has been asked for this challenge, and it can still be answered. */
function isPushed(state: UserState, { status, sending }: Challenge): boolean {
  const factor = sending && findFactor(state, sending.factorId);
  return status === 'pending' && factor !== undefined && rowOf(factor)?.reachedBy === 'push';
}

/** A push whose minute is over makes room for the next, and is worth nothing after it. */
function endPushes(state: UserState, except: Challenge): Challenge[] {
  return state.challenges.map((challenge): Challenge => {
    if (isSameId(challenge.id, except.id) || !isPushed(state, challenge)) return challenge;
    const { sending: _sending, ...rest } = challenge;
    return rest;
  });
}

function takePush(state: UserState, challenge: Challenge): UserState | { readonly waitFor: number } {
  const { pushes, lastAt } = state;
  const liveUntil = (pushes?.at ?? -Infinity) + pushLife;
  if (lastAt < liveUntil && state.challenges.some((each) => isPushed(state, each))) return { waitFor: liveUntil - lastAt };
  const counted = countPush(pushes, lastAt);
  if ('waitFor' in counted) return counted;
  return { ...state, pushes: counted, challenges: endPushes(state, challenge) };
}

/** The state with this send in it, or the milliseconds until there is room. */
export function takeSend(state: UserState, challenge: Challenge, factor: Factor): UserState | { readonly waitFor: number } {
  if (rowOf(factor)?.reachedBy === 'push') return takePush(state, challenge);
  const sends = countSend(state.sends, state.lastAt);
  return 'waitFor' in sends ? sends : { ...state, sends };
}
