/**
 * What time alone has done to a state: challenges that ran out, a lock that ended, results that nobody can use any
 * more. Every decision and every view begins here; a view does not write it down, the next decision does.
 */
import { day, minute } from '../platform/clock.ts';
import type { DecisionEvent } from './decision.ts';
import type { Challenge, Factor, UserState } from './user-state.ts';

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

/** For as long as its result can be redeemed, or spent as a proof, or is to be told from one that was. */
function isLive({ approval, purpose }: Challenge, { lastAt, restoredAt = -Infinity }: UserState): boolean {
  const life = purpose === 'change-factors' ? proofLife : resultLife;
  return approval !== undefined && lastAt < approval.at + life && approval.at > restoredAt;
}

/** A decided challenge is remembered by as little as it can still be asked for: the item has room for little more. */
function fade(challenge: Challenge, state: UserState): Challenge {
  if (challenge.status === 'pending') return challenge;
  const { methods: _methods, settingUp: _settingUp, setUp: _setUp, wrongAnswers: _wrong, sends: _sends, sending: _sending, ...decided } = challenge;
  if (isLive(challenge, state) && challenge.approval?.redeemedAt === undefined) return decided;
  const { protects: _protects, nonce: _nonce, returnAddress: _address, ...spent } = decided;
  if (isLive(challenge, state)) return spent;
  const { approval: _approval, ...over } = spent;
  return over;
}

/** Pending ones always stay; of the decided, live results first, then the latest. */
function keepChallenges(challenges: readonly Challenge[], state: UserState): readonly Challenge[] {
  const liveFirst = (challenge: Challenge): number => Number(isLive(challenge, state));
  const decided = challenges
    .filter(({ status, decidedAt }) => status !== 'pending' && state.lastAt - (decidedAt ?? 0) < decidedLife)
    .sort((a, b) => liveFirst(b) - liveFirst(a) || (b.decidedAt ?? 0) - (a.decidedAt ?? 0))
    .slice(0, keptDecided);
  return challenges
    .filter((challenge) => challenge.status === 'pending' || decided.includes(challenge))
    .map((challenge) => fade(challenge, state));
}

/** A number that was to take another's place, and that nobody confirmed in time, is forgotten like a factor. */
function keepNumbers(factor: Factor, now: number): Factor {
  if (factor.kind !== 'phone' || factor.status === 'proving') return factor;
  const numbers = factor.numbers.filter(({ proved, proposedAt = 0 }) => proved || now < proposedAt + provingLife);
  return numbers.length === factor.numbers.length ? factor : { ...factor, numbers };
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
      factors: state.factors
        .filter(({ status, createdAt }) => status !== 'proving' || now < createdAt + provingLife)
        .map((factor) => keepNumbers(factor, now)),
      challenges: keepChallenges(challenges, { ...state, lastAt: now }),
    },
    events,
  };
}
