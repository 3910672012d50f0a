/** An open invitation to set up a first factor, as the item that decides knows it (rows 0.6, 3.3). Its record says the rest. */
import { sameBytes } from '../platform/crypto/keyed-hash.ts';
import { day, hour, minute } from '../platform/clock.ts';

/** `registering` once the link was traded for a page's session: the link is spent then. */
export type EnrollmentStatus = 'invited' | 'reminded' | 'registering';

/** With the number that an administrator gave, or with whatever the policy allows. */
export type EnrollmentKind = 'phone' | 'any';

export interface Enrollment {
  readonly id: Uint8Array;
  /** Raised by every new invitation: the links of the ones before are dead. */
  readonly generation: number;
  readonly status: EnrollmentStatus;
  readonly kind: EnrollmentKind;
  /** When the link runs out; of one that is registering, when the registration does. */
  readonly until: number;
  /** While it is registering: the portal that its person signs in at. */
  readonly clientId?: string;
  /** The factor that is being set up by it. */
  readonly settingUp?: Uint8Array;
  /** Passwords that were tried on the registration page since the last right one (A57). */
  readonly tries?: number;
  /** The portal has said that it is their password: from here on a factor can be set up. */
  readonly validated?: true;
}

/** D14. */
export const invitationLife = day;
export const reminderAfter = 12 * hour;
/** From the opened link to the confirmed factor. */
export const registrationLife = 30 * minute;

interface Enrolled {
  readonly enrollment?: Enrollment;
  readonly lastAt: number;
}

/** Undefined also for one that only time has ended, and whose end is not written yet. The state is settled. */
export const openEnrollment = ({ enrollment, lastAt }: Enrolled): Enrollment | undefined =>
  enrollment !== undefined && lastAt < enrollment.until ? enrollment : undefined;

/** The enrollment with this id, while its person registers. */
export function registeringAs(state: Enrolled, id: Uint8Array | undefined): Enrollment | undefined {
  const enrollment = openEnrollment(state);
  const isMeant = enrollment?.status === 'registering' && id !== undefined && sameBytes(enrollment.id, id);
  return isMeant ? enrollment : undefined;
}

/**
 * The registration that somebody goes on with who comes round by SSO: by the portal of their invitation, and only if SSO is how they
 * sign in. It lets in whoever that portal says they are, not whoever holds the page of the link.
 */
export function registeringBySso(state: Enrolled & { readonly identity: string }, clientId: string): Enrollment | undefined {
  const enrollment = openEnrollment(state);
  const isTheirs = enrollment?.status === 'registering' && enrollment.clientId === clientId && state.identity === 'sso';
  return isTheirs ? enrollment : undefined;
}
