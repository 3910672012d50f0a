/** Suspending blocks every sign-in, also those under way; it never turns confirmation off. */
import type { Decision, DecisionEvent } from '../user-state/decision.ts';
import { withoutResults } from '../user-state/decided-challenges.ts';
import { settle } from '../user-state/settle.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';

const receipt = { outcome: 'changed', about: new Uint8Array(4) } as const;

export interface SuspendCommand {
  readonly reason: string;
  /** By the person, who has lost something or was not the one who signed in (A77a): administrators hear of that. */
  readonly isSelf: boolean;
}

export function decideSuspend(read: UserState, { reason, isSelf }: SuspendCommand, now: number): Decision<'suspended'> {
  const { state, events } = settle(read, now);
  if (state.suspendedAt !== undefined) return { outcome: 'suspended' };
  const ended: DecisionEvent[] = [];
  const challenges = state.challenges.map((challenge): Challenge => {
    if (challenge.status !== 'pending') return challenge;
    ended.push({ kind: 'challenge-denied', challengeId: challenge.id, detail: { reason: 'suspended' } });
    return { ...challenge, status: 'denied', reason: 'suspended', decidedAt: state.lastAt };
  });
  return {
    outcome: 'suspended',
    next: { ...state, suspendedAt: state.lastAt, challenges: withoutResults(challenges) },
    events: [{ kind: 'user-suspended', notice: isSelf ? 'suspended-by-self' : 'user-suspended', detail: { reason } }, ...ended, ...events],
    receipt,
  };
}

export function decideResume(read: UserState, reason: string, now: number): Decision<'resumed'> {
  const { state, events } = settle(read, now);
  const { suspendedAt, ...next } = state;
  if (suspendedAt === undefined) return { outcome: 'resumed' };
  return {
    outcome: 'resumed',
    next,
    events: [{ kind: 'user-resumed', notice: 'user-resumed', detail: { reason } }, ...events],
    receipt,
  };
}
