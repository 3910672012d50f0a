/** The ends of an enrollment: each takes it out of the state with what was being set up by it; its record follows in the same write. */
import type { DecisionEvent } from './decision.ts';
import { isSameId } from './find.ts';
import type { Challenge, UserState } from './user-state.ts';

export type EnrollmentEnd = 'completed' | 'expired' | 'canceled' | 'undeliverable';

export interface Ended {
  readonly state: UserState;
  readonly events: readonly DecisionEvent[];
}

export const enrollmentText = (id: Uint8Array): string => Buffer.from(id).toString('base64url');

/** Whatever was proposed by this enrollment and not confirmed yet, and the calls that would confirm it. */
export function withoutProposal(state: UserState): UserState {
  const settingUp = state.enrollment?.settingUp;
  if (!settingUp) return state;
  const isGone = (id: Uint8Array | undefined): boolean => id !== undefined && isSameId(id, settingUp);
  const challenges = state.challenges.map((challenge): Challenge =>
    challenge.status === 'pending' && isGone(challenge.proves?.factorId) ? { ...challenge, status: 'canceled', decidedAt: state.lastAt } : challenge,
  );
  return { ...state, challenges, factors: state.factors.filter(({ id, status }) => status !== 'proving' || !isGone(id)) };
}

/** What was reserved for whoever was invited is free again, or is held by the factor that came of it. */
const releaseReserved = (state: UserState): UserState => state;

/** `detail` says why; `notice` who is told. Nothing where there is no enrollment. */
export function endEnrollment(state: UserState, end: EnrollmentEnd, more: Pick<DecisionEvent, 'detail' | 'notice'> = {}): Ended {
  const { enrollment, ...rest } = end === 'completed' ? state : withoutProposal(state);
  if (!enrollment) return { state, events: [] };
  const detail = { enrollment: enrollmentText(enrollment.id), ...more.detail };
  return { state: releaseReserved(rest), events: [{ ...more, kind: `enrollment-${end}`, detail }] };
}
