/** Inviting somebody to set up a first factor, inviting again, taking it back: rules of the user's state, whoever asks. */
import { day } from '../../platform/clock.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { settleForChange } from '../../factors/authority.ts';
import type { Changed, Decision, DecisionEvent } from '../../user-state/decision.ts';
import { endEnrollment, enrollmentText, withoutProposal } from '../../user-state/end-enrollment.ts';
import { invitationLife, openEnrollment, type Enrollment, type EnrollmentKind } from '../../user-state/enrollment.ts';
import { isSameId } from '../../user-state/find.ts';
import { isBackup } from '../../user-state/methods.ts';
import { reserveForPhone } from '../../user-state/reserved-licenses.ts';
import { settle } from '../../user-state/settle.ts';
import type { UserState } from '../../user-state/user-state.ts';

/** Of one enrollment, the first included: its workflow has an end. */
export const mostInvitations = 10;
/** For so long after its change an address takes nothing over (A78a). */
const addressHeldFor = day;

export interface InviteCommand {
  readonly enrollmentId: Uint8Array;
  /** When the address last became another. */
  readonly emailChangedAt?: number | undefined;
}

export interface EnrollCommand extends InviteCommand {
  readonly kind: EnrollmentKind;
}

/** Whoever confirms already, or only switched it off, has something that a link must not replace: that takes a reset. */
function refuseWhoHasFactors({ factors }: UserState): void {
  const own = factors.filter((factor) => factor.status !== 'proving' && !isBackup(factor));
  if (own.some(({ status }) => status === 'active')) throw new Problem('factor-exists', { detail: 'The user confirms sign-ins already: reset the user to begin anew.' });
  if (own.length > 0) throw new Problem('factor-exists', { detail: 'The user has factors that are switched off: reset the user to begin anew.' });
}

/** After a reset the way back in is the known address, and not one that somebody has just put in its place. */
export const isAddressHeld = ({ invitedOnly }: UserState, { emailChangedAt }: Pick<InviteCommand, 'emailChangedAt'>, now: number): boolean =>
  invitedOnly === true && emailChangedAt !== undefined && now < emailChangedAt + addressHeldFor;

export function refuseNewAddress(state: UserState, command: Pick<InviteCommand, 'emailChangedAt'>): void {
  if (!isAddressHeld(state, command, state.lastAt)) return;
  throw new Problem('email-unusable', { detail: 'The address was changed less than a day ago: until then nothing that replaces lost factors is sent there.' });
}

export const invitationOf = (id: Uint8Array, generation: number, kind: EnrollmentKind, now: number): Enrollment => ({
  id, generation, status: 'invited', kind, until: now + invitationLife,
});

const eventOf = (kind: string, id: Uint8Array, detail: DecisionEvent['detail'] = {}): DecisionEvent => ({ kind, detail: { enrollment: enrollmentText(id), ...detail } });

/** A new invitation takes the place of an open one, whose link is dead from then on. */
export function decideEnroll(read: UserState, command: EnrollCommand, now: number): Decision<'invited'> {
  const { enrollmentId, kind } = command;
  const { state, events } = settleForChange(read, now);
  refuseWhoHasFactors(state);
  refuseNewAddress(state, command);
  const ended = endEnrollment(state, 'canceled', { detail: { reason: 'replaced' } });
  const free = kind === 'phone' ? reserveForPhone(ended.state) : ended.state;
  return {
    outcome: 'invited',
    next: { ...free, enrollment: invitationOf(enrollmentId, 1, kind, state.lastAt) },
    events: [eventOf('enrollment-created', enrollmentId, { kind }), ...ended.events, ...events],
    receipt: { outcome: 'changed', about: enrollmentId },
  };
}

/** The enrollment with this id, unless it is over. */
function needOpen(state: UserState, id: Uint8Array): Enrollment {
  const enrollment = openEnrollment(state);
  if (!enrollment || !isSameId(enrollment.id, id)) throw new Problem('enrollment-over');
  return enrollment;
}

/** Kills the link that is out, and the registration that it may have opened. */
export function decideResend(read: UserState, command: InviteCommand, now: number): Decision<'invited'> {
  const { enrollmentId } = command;
  const { state, events } = settleForChange(read, now);
  const { generation, kind } = needOpen(state, enrollmentId);
  refuseNewAddress(state, command);
  if (generation >= mostInvitations) throw new Problem('enrollment-over', { detail: 'It was sent as often as one can be: start a new one.' });
  return {
    outcome: 'invited',
    next: { ...withoutProposal(state), enrollment: invitationOf(enrollmentId, generation + 1, kind, state.lastAt) },
    events: [eventOf('enrollment-resent', enrollmentId, { generation: generation + 1 }), ...events],
    receipt: { outcome: 'changed', about: enrollmentId },
  };
}

/** As an end that was decided: told to those who administer, unless it only makes room for another. */
function endedBy(read: UserState, id: Uint8Array, end: 'expired' | 'canceled' | 'undeliverable', now: number, detail: DecisionEvent['detail'] = {}): Changed<'ended'> | undefined {
  const { state, events } = settle(read, now);
  if (!state.enrollment || !isSameId(state.enrollment.id, id)) return undefined;
  const ended = endEnrollment(state, end, { detail, notice: `enrollment-${end}` });
  const [first, ...more] = [...ended.events, ...events];
  return first && { outcome: 'ended', next: ended.state, events: [first, ...more], receipt: { outcome: 'changed', about: id } };
}

/** `over` when it had ended before: nothing changes. */
export const decideCancelEnrollment = (read: UserState, id: Uint8Array, now: number): Decision<'ended' | 'over'> =>
  endedBy(read, id, 'canceled', now) ?? { outcome: 'over' };

export const decideUndeliverable = (read: UserState, id: Uint8Array, reason: string, now: number): Decision<'ended' | 'over'> =>
  endedBy(read, id, 'undeliverable', now, { reason }) ?? { outcome: 'over' };

/** Time alone ends it for whoever looks; this writes it down, and gives back what was kept for it. */
export function decideExpire(read: UserState, id: Uint8Array, now: number): Decision<'ended' | 'over'> {
  const { state } = settle(read, now);
  if (openEnrollment(state)) return { outcome: 'over' };
  return endedBy(read, id, 'expired', now) ?? { outcome: 'over' };
}

/** Written before the reminder is mailed. `over` when there is nobody to remind any more, or somebody is registering. */
export function decideRemind(read: UserState, { id, generation }: Pick<Enrollment, 'id' | 'generation'>, now: number): Decision<'reminded' | 'over'> {
  const { state, events } = settle(read, now);
  const enrollment = openEnrollment(state);
  const isMeant = enrollment !== undefined && isSameId(enrollment.id, id) && enrollment.generation === generation && enrollment.status === 'invited';
  if (!isMeant) return { outcome: 'over' };
  return {
    outcome: 'reminded',
    next: { ...state, enrollment: { ...enrollment, status: 'reminded' } },
    events: [eventOf('enrollment-reminded', id), ...events],
    receipt: { outcome: 'changed', about: id },
  };
}
