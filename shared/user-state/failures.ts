/**
 * Wrong answers, and what they lead to: one counter for the user over every factor, door and client, one per factor
 * that no lock clears, one for PINs. Only a full success clears them (D4 to D7, D12).
 */
import { hour, minute } from '../platform/clock.ts';
import type { DecisionEvent } from './decision.ts';
import { findChallenge, findFactor, replaceChallenge, replaceFactor } from './find.ts';
import type { Factor } from './factor.ts';
import type { Challenge, Lock, UserState } from './user-state.ts';

export interface Lockout {
  readonly failures: number;
  readonly minutes: number;
}

/** D3, D6 and D12. */
export const wrongAnswersPerChallenge = 5;
/** Of a mailed code that permits a change (D15). */
export const wrongAnswersPerMailedCode = 3;
const failuresPerFactor = 50;
const wrongPinsPerFactor = 10;

/** A lock for review: it ends by an audited unlock, not by time. The largest time that a Date can hold. */
export const untilReviewed = 8_640_000_000_000_000;

/** The third lock in a row is four hours, every later one a day (D5). */
function lockLength(locksBefore: number, lockout: Lockout): number {
  const longer = [0, 0, 4 * hour][locksBefore] ?? 24 * hour;
  return Math.max(lockout.minutes * minute, longer);
}

/** A locked user's pending challenges are dead, by whatever door they were still to be answered (I4). */
export function lockUser(state: UserState, lock: Lock): UserState {
  const challenges = state.challenges.map((challenge): Challenge =>
    challenge.status === 'pending' ? { ...challenge, status: 'locked', reason: lock.reason, decidedAt: state.lastAt } : challenge,
  );
  return { ...state, lock, locks: (state.locks ?? 0) + 1, challenges };
}

/** One record of the lock, and of every challenge that it ended. */
export function lockedEvent(before: UserState, { until, reason }: Lock, notice?: string): DecisionEvent {
  const ended = before.challenges.filter(({ status }) => status === 'pending').map(({ id }) => Buffer.from(id).toString('base64url'));
  const detail = { reason, challenges: ended, ...(until === untilReviewed ? {} : { until }) };
  return { kind: 'user-locked', ...(notice === undefined ? {} : { notice }), detail };
}

function countOnFactor(factor: Factor, wrongPin: boolean): Factor {
  const failures = (factor.failures ?? 0) + 1;
  const pinFailures = (factor.pinFailures ?? 0) + (wrongPin ? 1 : 0);
  const counted = { ...factor, failures, ...(pinFailures > 0 ? { pinFailures } : {}) } as Factor;
  // One that was never confirmed dies by itself; disabled, it would shut out somebody who has no factor yet.
  if (factor.status === 'proving') return counted;
  const isSpent = failures >= failuresPerFactor || pinFailures >= wrongPinsPerFactor;
  return isSpent ? { ...counted, status: 'disabled' } : counted;
}

export interface Failure {
  readonly state: UserState;
  readonly events: readonly DecisionEvent[];
  readonly isLocked: boolean;
  /** Of the challenge and of the user, whichever ends first. */
  readonly answersLeft: number;
}

export interface FailureOf {
  readonly challengeId?: Uint8Array;
  readonly factorId?: Uint8Array;
  readonly wrongPin?: boolean;
  /** Fewer than D3 has, for codes that permit a change (D15). */
  readonly mostWrong?: number;
  /** The challenge is over with this one. */
  readonly ends?: boolean;
  /** What a challenge that ends by this failure died of. */
  readonly reason?: 'wrong-answer' | 'no-answer';
}

export function countFailure(before: UserState, lockout: Lockout, of: FailureOf): Failure {
  const events: DecisionEvent[] = [];
  const failures = (before.failures ?? 0) + 1;
  let state: UserState = { ...before, failures };

  const factor = of.factorId && findFactor(state, of.factorId);
  if (factor) {
    const counted = countOnFactor(factor, of.wrongPin === true);
    state = replaceFactor(state, counted);
    const isNewlyDisabled = counted.status === 'disabled' && factor.status !== 'disabled';
    if (isNewlyDisabled) events.push({ kind: 'factor-disabled', factorId: factor.id, notice: 'factor-disabled' });
  }

  const challenge = of.challengeId && findChallenge(state, of.challengeId);
  const wrongAnswers = (challenge?.wrongAnswers ?? 0) + 1;
  const mostWrong = of.mostWrong ?? wrongAnswersPerChallenge;
  const isLocked = failures >= lockout.failures;
  if (challenge) {
    const isDead = !isLocked && (of.ends === true || wrongAnswers >= mostWrong);
    state = replaceChallenge(state, {
      ...challenge,
      wrongAnswers,
      ...(isDead ? { status: 'denied' as const, reason: of.reason ?? 'wrong-answer', decidedAt: state.lastAt } : {}),
    });
  }

  const answersLeft = Math.max(0, Math.min(lockout.failures - failures, mostWrong - wrongAnswers));
  if (!isLocked) return { state, events, isLocked: false, answersLeft };
  const lock: Lock = { until: state.lastAt + lockLength(state.locks ?? 0, lockout), reason: 'failures' };
  events.push(lockedEvent(state, lock, 'user-locked'));
  return { state: lockUser(state, lock), events, isLocked: true, answersLeft: 0 };
}
