/** Trading an invitation's link for a registration: once, by whoever was invited last, in time (A57). */
import { Problem } from '../../platform/problems/problem.ts';
import { settleForChange } from '../../factors/authority.ts';
import type { Decision } from '../../user-state/decision.ts';
import { enrollmentText } from '../../user-state/end-enrollment.ts';
import { openEnrollment, registrationLife } from '../../user-state/enrollment.ts';
import { isSameId } from '../../user-state/find.ts';
import type { UserState } from '../../user-state/user-state.ts';
import type { InvitationToken } from './invitation-token.ts';

export interface OpenCommand extends Pick<InvitationToken, 'enrollmentId' | 'generation'> {
  /** Of the portal that its record names. */
  readonly clientId: string;
}

/** Throws `invitation-over` for a link that was used, replaced or withdrawn, or has run out; a locked or suspended person spends nothing. */
export function decideOpen(read: UserState, { enrollmentId, generation, clientId }: OpenCommand, now: number): Decision<'opened'> {
  const { state, events } = settleForChange(read, now);
  const enrollment = openEnrollment(state);
  const isMeant = enrollment !== undefined && isSameId(enrollment.id, enrollmentId) && enrollment.generation === generation;
  if (!isMeant || enrollment.status === 'registering') throw new Problem('invitation-over');
  const until = state.lastAt + registrationLife;
  return {
    outcome: 'opened',
    next: { ...state, enrollment: { ...enrollment, status: 'registering', until, clientId } },
    events: [{ kind: 'enrollment-opened', detail: { enrollment: enrollmentText(enrollmentId) } }, ...events],
    receipt: { outcome: 'changed', about: enrollmentId },
  };
}
