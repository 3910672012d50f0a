/**
 * What time alone has done to a state: challenges that ran out, a lock that ended, results that nobody can use any
 * more. Every decision and every view begins here; a view does not write it down, the next decision does.
 */
import { day, minute } from '../platform/clock.ts';
import type { DecisionEvent } from './decision.ts';
import type { Challenge, UserState } from './user-state.ts';

/** A result can be redeemed for 60 s (D17) and prove a change of factors for 5 minutes (D23). */
export const resultLife = minute;
export const proofLife = 5 * minute;

/** A factor that nobody confirmed is forgotten (A60). */
export const provingLife = 15 * minute;

const keptDecided = 4;
const decidedLife = day;

export interface Settled {
  readonly state: UserState;
  readonly events: readonly DecisionEvent[];
}

/** Time of one record never runs backwards: a clock set back neither ends a lock nor reopens a step. */
export const timeOf = (state: UserState, now: number): number => Math.max(now, state.lastAt);

function expire(challenge: Challenge, now: number, state: UserState): Challenge {
  if (challenge.status !== 'pending') return challenge;
  const isOver = now >= challenge.expiresAt || (state.restoredAt !== undefined && challenge.createdAt <= state.restoredAt);
  return isOver ? { ...challenge, status: 'expired', decidedAt: Math.min(now, challenge.expiresAt) } : challenge;
}

const mayStillProve = (challenge: Challenge, now: number): boolean =>
  challenge.approval !== undefined && now < challenge.approval.at + proofLife;

/** What a decided challenge needs to be remembered by: less and less as time passes. */
function fade(challenge: Challenge, now: number): Challenge {
  if (challenge.status === 'pending' || mayStillProve(challenge, now)) return challenge;
  const { protects: _protects, nonce: _nonce, sending: _sending, approval: _approval, ...rest } = challenge;
  return rest;
}

/** Pending ones always stay; of the decided, live results first, then the latest. */
export function keepChallenges(challenges: readonly Challenge[], now: number): readonly Challenge[] {
  const decided = challenges
    .filter(({ status, decidedAt }) => status !== 'pending' && now - (decidedAt ?? 0) < decidedLife)
    .sort((a, b) => Number(mayStillProve(b, now)) - Number(mayStillProve(a, now)) || (b.decidedAt ?? 0) - (a.decidedAt ?? 0))
    .slice(0, keptDecided);
  return challenges
    .filter((challenge) => challenge.status === 'pending' || decided.includes(challenge))
    .map((challenge) => fade(challenge, now));
}

export function settle(state: UserState, clockTime: number): Settled {
  const now = timeOf(state, clockTime);
  const events: DecisionEvent[] = [];
  const challenges = state.challenges.map((challenge) => {
    const settled = expire(challenge, now, state);
    if (settled !== challenge) events.push({ kind: 'challenge-expired', challengeId: challenge.id });
    return settled;
  });
  const { lock, failures, ...rest } = state;
  const lockEnded = lock !== undefined && now >= lock.until;
  if (lockEnded) events.push({ kind: 'lock-ended' });
  return {
    state: {
      ...rest,
      ...(lock === undefined || lockEnded ? {} : { lock }),
      ...(failures === undefined || lockEnded ? {} : { failures }),
      lastAt: now,
      factors: state.factors.filter(({ status, createdAt }) => status !== 'proving' || now < createdAt + provingLife),
      challenges: keepChallenges(challenges, now),
    },
    events,
  };
}
