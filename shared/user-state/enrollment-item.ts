/**
 * The enrollment's record: what it is for, how far it has come, and the token that wakes its workflow. It decides nothing; whatever
 * changes the enrollment in the user's state writes it here too, in the same transaction. The link itself is nowhere.
 */
import { day } from '../platform/clock.ts';
import { fromAttributes, toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';
import type { DecisionEvent } from './decision.ts';
import { enrollmentText, type EnrollmentEnd } from './end-enrollment.ts';
import type { Enrollment, EnrollmentKind, EnrollmentStatus } from './enrollment.ts';
import { findFactor, isSameId } from './find.ts';
import type { UserState } from './user-state.ts';

export type EnrollmentState = EnrollmentStatus | EnrollmentEnd;

export const enrollmentEnds: readonly EnrollmentEnd[] = ['completed', 'expired', 'canceled', 'undeliverable'];

export interface EnrollmentRecord {
  readonly enrollmentId: string;
  readonly organizationKey: string;
  readonly userKey: string;
  readonly kind: EnrollmentKind;
  /** For which portal: its first-factor check, its address to go back to. */
  readonly clientId: string;
  /** Sealed under the user's key, with its extension. */
  readonly number?: Uint8Array;
  readonly method?: string;
  readonly state: EnrollmentState;
  readonly generation: number;
  readonly until: number;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly endedAt?: number;
  /** Of a completed one: the factor that its own registration confirmed, after the portal had said whose password it is. Absent when the factor came by another way. */
  readonly confirmed?: Uint8Array;
  /** The generation whose invitation went out, and the one whose reminder did. */
  readonly invited?: number;
  readonly reminded?: number;
  /** Since when a mail is on its way: no other is sent beside it. */
  readonly mailingAt?: number;
  readonly taskToken?: string;
}

/** A partition of its own: the workflow may write there, and nowhere near what decides a sign-in. */
export const enrollmentPartition = (id: Uint8Array): string => `ENROLLMENT#${enrollmentText(id)}`;

export const enrollmentKey = (id: Uint8Array): ItemKey => ({ pk: enrollmentPartition(id), sk: 'ENROLLMENT' });

const keptFor = 396 * day;

export function fromEnrollmentItem(item: Attributes | undefined): EnrollmentRecord | undefined {
  if (!item) return undefined;
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...record } = fromAttributes(item);
  return record as unknown as EnrollmentRecord;
}

/** For the transaction that puts the enrollment into the user's state. */
export function newEnrollmentWrite(table: string, id: Uint8Array, record: EnrollmentRecord): Write {
  const item = { ...enrollmentKey(id), ...record, expiresAt: Math.floor((record.createdAt + keptFor) / 1000) };
  return { Put: { TableName: table, Item: toAttributes(item), ConditionExpression: 'attribute_not_exists(pk)' } };
}

function updateWrite(table: string, id: Uint8Array, set: Partial<EnrollmentRecord>): Write {
  const names = Object.keys(set);
  return {
    Update: {
      TableName: table,
      Key: toAttributes({ ...enrollmentKey(id) }),
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: toAttributes(Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value]))),
    },
  };
}

/** A decision that takes an enrollment out of the state says by an event how it ended; an erased user's is canceled. */
function endOf(events: readonly DecisionEvent[], next: UserState | undefined): EnrollmentEnd {
  const end = enrollmentEnds.find((each) => events.some(({ kind }) => kind === `enrollment-${each}`));
  if (end) return end;
  if (next) throw new Error('an enrollment was ended, and no event says how');
  return 'canceled';
}

/** Whoever only held the link while its person set up a factor elsewhere has confirmed nothing. */
function confirmedBy({ validated, settingUp }: Enrollment, next: UserState | undefined): Pick<EnrollmentRecord, 'confirmed'> {
  const own = validated && settingUp && next && findFactor(next, settingUp);
  return own && own.status === 'active' ? { confirmed: own.id } : {};
}

const isUnchanged = (before: Enrollment, after: Enrollment): boolean =>
  before.status === after.status && before.generation === after.generation && before.until === after.until;

/** What a change of the state means for the record of the enrollment that was there before. */
export function enrollmentWrites(table: string, before: UserState, next: UserState | undefined, events: readonly DecisionEvent[], at: number): Write[] {
  const [was, is] = [before.enrollment, next?.enrollment];
  if (!was) return [];
  if (!is || !isSameId(was.id, is.id)) {
    return [updateWrite(table, was.id, { state: endOf(events, next), changedAt: at, endedAt: at, ...confirmedBy(was, next) })];
  }
  if (isUnchanged(was, is)) return [];
  return [updateWrite(table, is.id, { state: is.status, generation: is.generation, until: is.until, changedAt: at })];
}
