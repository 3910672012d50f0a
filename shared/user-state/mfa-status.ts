/** Whether confirmation is on for a user, in one word: what lists show, and are narrowed by. */
import { isAskedFor } from './find.ts';
import type { UserState } from './user-state.ts';

export const mfaStatuses = ['none', 'active', 'inactive'] as const;
export type MfaStatus = (typeof mfaStatuses)[number];

/** A factor that is still being proved protects nothing yet. */
export function mfaOf({ factors }: Pick<UserState, 'factors'>): MfaStatus {
  if (factors.some(isAskedFor)) return 'active';
  return factors.some(({ status }) => status === 'inactive' || status === 'disabled') ? 'inactive' : 'none';
}
