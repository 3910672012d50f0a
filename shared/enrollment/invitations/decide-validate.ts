/**
 * The password on the registration page (A57). A try is counted before the portal is asked: of any number of guesses at once the portal
 * hears five, and the fifth wrong one ends the invitation.
 */
import { Problem } from '../../platform/problems/problem.ts';
import { settleForChange } from '../../factors/authority.ts';
import type { Changed, Decision } from '../../user-state/decision.ts';
import { endEnrollment, enrollmentText } from '../../user-state/end-enrollment.ts';
import { registeringAs, type Enrollment } from '../../user-state/enrollment.ts';
import type { Settled } from '../../user-state/settle.ts';
import type { UserState } from '../../user-state/user-state.ts';

export const mostTries = 5;

export type Tried = 'ask' | 'validated' | 'over';

function needRegistering(state: UserState, id: Uint8Array): Enrollment {
  const enrollment = registeringAs(state, id);
  if (!enrollment) throw new Problem('invitation-over');
  return enrollment;
}

const eventOf = (kind: string, { id }: Enrollment, detail: object = {}) => ({ kind, detail: { enrollment: enrollmentText(id), ...detail } });

function changed<O>(outcome: O, { state, events }: Settled, enrollment: Enrollment, kind: string): Changed<O> {
  const event = eventOf(kind, enrollment);
  return { outcome, next: { ...state, enrollment }, events: [event, ...events], receipt: { outcome: 'changed', about: enrollment.id } };
}

/** Too many: the link was spent, and nothing is left of it. */
function endedByTries({ state, events }: Settled, { id }: Enrollment): Changed<'over'> {
  const ended = endEnrollment(state, 'canceled', { detail: { reason: 'wrong-passwords' }, notice: 'enrollment-canceled' });
  const [first, ...more] = [...ended.events, ...events];
  if (!first) throw new Error('an end always has an event');
  return { outcome: 'over', next: ended.state, events: [first, ...more], receipt: { outcome: 'changed', about: id } };
}

/** Before the portal is asked: `ask` it, or not, because it has said yes already or was asked too often. */
export function decideTry(read: UserState, id: Uint8Array, now: number): Decision<Tried> {
  const settled = settleForChange(read, now);
  const enrollment = needRegistering(settled.state, id);
  const { tries = 0, validated } = enrollment;
  if (validated) return { outcome: 'validated' };
  if (tries >= mostTries) return endedByTries(settled, enrollment);
  return changed<Tried>('ask', settled, { ...enrollment, tries: tries + 1 }, 'registration-tried');
}

export interface Verdict {
  readonly isRight: boolean;
  readonly because?: string;
}

/** What the portal has said. Who registers goes on, tries again, or has none left. */
export function decideVerdict(read: UserState, id: Uint8Array, { isRight, because }: Verdict, now: number): Decision<'validated' | 'refused' | 'over'> {
  const settled = settleForChange(read, now);
  const enrollment = needRegistering(settled.state, id);
  const { tries = 0, ...rest } = enrollment;
  if (isRight) return changed('validated', settled, { ...rest, validated: true }, 'registration-validated');
  if (tries >= mostTries && !enrollment.validated) return endedByTries(settled, enrollment);
  return { outcome: 'refused', refusal: eventOf('registration-refused', enrollment, { reason: because }) };
}
