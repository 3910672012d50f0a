/** An enrollment as the API shows it: how far it has come, the number as a hint, and never the link. */
import { toTimestamp } from '../../platform/clock.ts';
import { writeObjectId, type HomeKeys } from '../../platform/object-id.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Organization } from '../../organizations/organization.ts';
import { enrollmentEnds, type EnrollmentRecord, type EnrollmentState } from '../../user-state/enrollment-item.ts';
import type { Enrollment, EnrollmentKind } from '../../user-state/enrollment.ts';
import { settle } from '../../user-state/settle.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { hintOfNumber, openEnrolledNumber } from './enrolled-number.ts';

export interface EnrollmentView {
  readonly enrollmentId: string;
  readonly kind: EnrollmentKind;
  readonly state: EnrollmentState;
  readonly clientId: string;
  readonly method?: string;
  readonly number?: { readonly hint: string; readonly hasExtension: boolean };
  /** How many invitations were sent, or are about to be. */
  readonly invitations: number;
  readonly createdAt: string;
  /** While it is open: when the link, or the registration, runs out. */
  readonly expiresAt?: string;
  readonly endedAt?: string;
}

export interface ViewedEnrollment {
  readonly keys: KeyRing;
  readonly organization: Organization;
  readonly state: UserState;
  readonly now: number;
}

export const enrollmentIdOf = (keys: KeyRing, home: HomeKeys, random: Uint8Array): string => writeObjectId(keys, 'enr', { ...home, random });

const isOver = (state: EnrollmentState): boolean => enrollmentEnds.some((end) => end === state);

/** Its time may be up before anybody wrote that down. */
const stateAt = ({ state, until }: Pick<EnrollmentRecord, 'state' | 'until'>, now: number): EnrollmentState => (!isOver(state) && now >= until ? 'expired' : state);

export function viewEnrollment(viewed: ViewedEnrollment, id: Uint8Array, record: EnrollmentRecord): EnrollmentView {
  const { enrollmentId, kind, clientId, method, until, createdAt, endedAt, generation } = record;
  const number = openEnrolledNumber(viewed, id, record);
  const state = stateAt(record, viewed.now);
  const ended = endedAt ?? (isOver(state) ? until : undefined);
  return {
    enrollmentId,
    kind,
    state,
    clientId,
    ...(method === undefined ? {} : { method }),
    ...(number ? { number: hintOfNumber(number) } : {}),
    invitations: generation,
    createdAt: toTimestamp(createdAt),
    ...(isOver(state) ? {} : { expiresAt: toTimestamp(until) }),
    ...(ended === undefined ? {} : { endedAt: toTimestamp(ended) }),
  };
}

/** Of a user's own view: as much as the state knows. Absent once it is over. */
export function openEnrollmentView(keys: KeyRing, home: HomeKeys, read: UserState, now: number): { enrollment?: Pick<EnrollmentView, 'enrollmentId' | 'kind' | 'state' | 'expiresAt'> } {
  const { enrollment, lastAt }: { enrollment?: Enrollment; lastAt: number } = settle(read, now).state;
  if (!enrollment || lastAt >= enrollment.until) return {};
  const { id, kind, status, until } = enrollment;
  return { enrollment: { enrollmentId: enrollmentIdOf(keys, home, id), kind, state: status, expiresAt: toTimestamp(until) } };
}
