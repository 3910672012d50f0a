/** Whether confirmation is on for a user, in one word: what lists show, and are narrowed by. */
import { isAskedFor } from './find.ts';
import type { UserState } from './user-state.ts';

export const mfaStatuses = ['none', 'invited', 'provisioned', 'active', 'inactive'] as const;
export type MfaStatus = (typeof mfaStatuses)[number];

/** A factor that is still being proved protects nothing yet; an open invitation, or a license that is kept for the user, says that one is awaited. */
export function mfaOf({ factors, enrollment, licenses = [] }: Pick<UserState, 'factors' | 'enrollment' | 'licenses'>): MfaStatus {
  if (factors.some(isAskedFor)) return 'active';
  if (factors.some(({ status }) => status === 'inactive' || status === 'disabled')) return 'inactive';
  if (enrollment) return 'invited';
  return licenses.length > 0 ? 'provisioned' : 'none';
}
