/** The ends of an enrollment: each takes it out of the state with what was being set up by it; its record follows in the same write. */
import type { DecisionEvent } from './decision.ts';
import { isSameId } from './find.ts';
import { releaseReserved } from './reserved-licenses.ts';
import type { Challenge, UserState } from './user-state.ts';

export type EnrollmentEnd = 'completed' | 'expired' | 'canceled' | 'undeliverable';

export interface Ended {
  readonly state: UserState;
  readonly events: readonly DecisionEvent[];
}

export const enrollmentText = (id: Uint8Array): string => Buffer.from(id).toString('base64url');

/** The set-up page's challenge of somebody who came round by the portal's SSO. */
const isInvited = ({ status, setUp }: Challenge): boolean => status === 'pending' && setUp === 'invited';

/** Without whatever this enrollment proposed and nobody confirmed yet: the factor, the calls that would confirm it, the set-up of a sign-in. */
export function withoutProposal(state: UserState): UserState {
  const { enrollment } = state;
  if (!enrollment) return state;
  const proposed = [enrollment.settingUp, ...state.challenges.filter(isInvited).map(({ settingUp }) => settingUp)];
  const isGone = (id: Uint8Array | undefined): boolean => id !== undefined && proposed.some((each) => each !== undefined && isSameId(id, each));
  const isOver = (challenge: Challenge): boolean => isInvited(challenge) || (challenge.status === 'pending' && isGone(challenge.proves?.factorId));
  const challenges = state.challenges.map((challenge): Challenge => (isOver(challenge) ? { ...challenge, status: 'canceled', decidedAt: state.lastAt } : challenge));
  return { ...state, challenges, factors: state.factors.filter(({ id, status }) => status !== 'proving' || !isGone(id)) };
}

/** `detail` says why; `notice` who is told. Nothing where there is no enrollment. */
export function endEnrollment(state: UserState, end: EnrollmentEnd, more: Pick<DecisionEvent, 'detail' | 'notice'> = {}): Ended {
  const { enrollment, ...rest } = end === 'completed' ? state : withoutProposal(state);
  if (!enrollment) return { state, events: [] };
  const detail = { enrollment: enrollmentText(enrollment.id), ...more.detail };
  return { state: releaseReserved(rest), events: [{ ...more, kind: `enrollment-${end}`, detail }] };
}
