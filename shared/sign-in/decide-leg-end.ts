/** The end of one leg of a call that brought no right answer: it spends one of the five attempts, once (row 1.6). */
import type { Policy } from '../policy/policy.ts';
import type { Decision } from '../user-state/decision.ts';
import { countFailure } from '../user-state/failures.ts';
import { findChallenge, replaceChallenge } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import type { UserState } from '../user-state/user-state.ts';

export const legsPerCall = 5;

export interface LegEndCommand {
  readonly challengeId: Uint8Array;
  readonly send: number;
  readonly leg: number;
  /** How it ended: `no-answer`, `busy`, `hung-up`; `failed` when it was our carrier's fault, which costs nothing. */
  readonly ended: string;
  readonly policy: Policy;
}

export interface LegEndOutcome {
  readonly next: 'again' | 'done';
}

/** The last attempt that brought nothing ends the challenge, unless it has ended already. */
function endAfterLast(state: UserState, challengeId: Uint8Array): UserState {
  const challenge = findChallenge(state, challengeId);
  if (challenge?.status !== 'pending') return state;
  return replaceChallenge(state, { ...challenge, status: 'denied', reason: 'no-answer', decidedAt: state.lastAt });
}

export function decideLegEnd(read: UserState, command: LegEndCommand, now: number): Decision<LegEndOutcome> {
  const { state, events } = settle(read, now);
  const { challengeId, leg, send, policy, ended } = command;
  const challenge = findChallenge(state, challengeId);
  if (challenge?.status !== 'pending' || challenge.sending?.send !== send) return { outcome: { next: 'done' } };
  if (ended === 'failed') return { outcome: { next: 'done' }, refusal: { kind: 'call-failed', challengeId, detail: { leg } } };
  const isLast = leg >= legsPerCall;
  const isCounted = challenge.sending.countedLeg === leg;
  if (isCounted && !isLast) return { outcome: { next: 'again' } };

  const marked = replaceChallenge(state, { ...challenge, sending: { ...challenge.sending, countedLeg: leg } });
  const failure = isCounted
    ? { state: marked, events: [], isLocked: false }
    : countFailure(marked, policy.lockout, { challengeId, reason: 'no-answer' });
  const isDone = isLast || findChallenge(failure.state, challengeId)?.status !== 'pending';
  return {
    outcome: { next: isDone ? 'done' : 'again' },
    next: isLast ? endAfterLast(failure.state, challengeId) : failure.state,
    events: [{ kind: 'leg-ended', challengeId, detail: { leg, ended } }, ...failure.events, ...events],
    receipt: { outcome: 'leg-ended', about: challengeId, answersLeft: isDone ? 0 : 1 },
  };
}
