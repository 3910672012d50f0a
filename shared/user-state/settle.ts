/**
 * What time alone has done to a state: challenges that ran out, a lock that ended, results that nobody can use any
 * more. Every decision and every view begins here; a view does not write it down, the next decision does.
 */
import { minute, second } from '../platform/clock.ts';
import { fade } from './decided-challenges.ts';
import type { DecisionEvent } from './decision.ts';
import { withoutProposal } from './end-enrollment.ts';
import { openEnrollment } from './enrollment.ts';
import type { Factor } from './factor.ts';
import type { Challenge, UserState } from './user-state.ts';

/** A factor that nobody confirmed is forgotten (A60). */
export const provingLife = 15 * minute;

/** Nobody waits longer for what somebody else says of an answer. */
export const askLife = 15 * second;

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

/** A number that was to take another's place, and that nobody confirmed in time, is forgotten like a factor. */
function keepNumbers(factor: Factor, now: number): Factor {
  if (factor.kind !== 'phone' || factor.status === 'proving') return factor;
  const numbers = factor.numbers.filter(({ proved, proposedAt = 0 }) => proved || now < proposedAt + provingLife);
  return numbers.length === factor.numbers.length ? factor : { ...factor, numbers };
}

/** Nothing comes any more of what was being set up by an invitation that has run out (A57). */
function dropLate(read: UserState): UserState {
  return openEnrollment(read) ? read : withoutProposal(read);
}

export function settle(read: UserState, clockTime: number): Settled {
  const now = timeOf(read, clockTime);
  const state = dropLate({ ...read, lastAt: now });
  const events: DecisionEvent[] = [];
  const challenges = state.challenges.map((challenge) => {
    const settled = expire(challenge, now, state);
    if (settled !== challenge) events.push({ kind: 'challenge-expired', challengeId: challenge.id });
    return settled;
  });
  const { lock, failures, asks = [], ...rest } = state;
  const open = asks.filter((at) => now < at + askLife);
  const lockEnded = lock !== undefined && now >= lock.until;
  if (lockEnded) events.push({ kind: 'lock-ended' });
  return {
    state: {
      ...rest,
      ...(lock === undefined || lockEnded ? {} : { lock }),
      ...(failures === undefined || lockEnded ? {} : { failures }),
      ...(open.length === 0 ? {} : { asks: open }),
      lastAt: now,
      factors: state.factors
        .filter(({ status, createdAt }) => status !== 'proving' || now < createdAt + provingLife)
        .map((factor) => keepNumbers(factor, now)),
      challenges: challenges.map((challenge) => fade(challenge, now, state.restoredAt)),
    },
    events,
  };
}
