/**
 * Answers that somebody else judges are counted before they leave (I3): as many may be under way as may still be wrong, so
 * that no burst learns more than the answers that are left.
 */
import { Problem } from '../platform/problems/problem.ts';
import { second } from '../platform/clock.ts';
import { isChanged, type Changed, type Decision } from './decision.ts';
import { wrongAnswersPerChallenge, type Lockout } from './failures.ts';
import { findChallenge } from './find.ts';
import { askLife, settle } from './settle.ts';
import type { UserState } from './user-state.ts';

export interface AskCommand {
  readonly factorId: Uint8Array;
  readonly lockout: Lockout;
  /** Of an answer to one: it has a limit of its own. */
  readonly challengeId?: Uint8Array | undefined;
}

export interface OpenAsk {
  /** As the state remembers it. */
  readonly at: number;
}

/** Throws `too-many-challenges` while as many are under way as could end in a lock. */
export function decideAsk(read: UserState, { factorId, lockout, challengeId }: AskCommand, now: number): Changed<OpenAsk> {
  const { state, events } = settle(read, now);
  const challenge = challengeId && findChallenge(state, challengeId);
  const asks = state.asks ?? [];
  const left = Math.min(lockout.failures - (state.failures ?? 0), wrongAnswersPerChallenge - (challenge?.wrongAnswers ?? 0));
  const [oldest] = asks;
  if (oldest !== undefined && asks.length >= left) {
    throw new Problem('too-many-challenges', { retryAfterSeconds: Math.max(1, Math.ceil((oldest + askLife - state.lastAt) / second)) });
  }
  return {
    outcome: { at: state.lastAt },
    next: { ...state, asks: [...asks, state.lastAt] },
    events: [{ kind: 'vendor-asked', factorId }, ...events],
    receipt: { outcome: 'sent', about: factorId },
  };
}

/** What was heard is decided on, and no longer under way. */
export function withoutAsk<O>(decision: Decision<O>, ask: OpenAsk | undefined): Decision<O> {
  if (!ask || !isChanged(decision)) return decision;
  const { asks = [], ...rest } = decision.next;
  const position = asks.indexOf(ask.at);
  const open = asks.filter((_, each) => each !== position);
  return { ...decision, next: { ...rest, ...(open.length === 0 ? {} : { asks: open }) } };
}
