/** Unlocking: the only way, beside time, that a lock ends (I5). How often the user was locked stays on record (D5). */
import type { Decision } from '../user-state/decision.ts';
import { withoutResults } from '../user-state/decided-challenges.ts';
import { settle } from '../user-state/settle.ts';
import type { UserState } from '../user-state/user-state.ts';

export function decideUnlock(read: UserState, reason: string, now: number): Decision<'unlocked'> {
  const { state, events } = settle(read, now);
  const { lock, failures, ...next } = state;
  if (lock === undefined && failures === undefined) return { outcome: 'unlocked' };
  const detail = { reason, was: lock?.reason, failures };
  return {
    outcome: 'unlocked',
    next: lock === undefined ? next : { ...next, challenges: withoutResults(state.challenges) },
    events: [{ kind: 'user-unlocked', notice: 'user-unlocked', detail }, ...events],
    receipt: { outcome: 'changed', about: new Uint8Array(4) },
  };
}
