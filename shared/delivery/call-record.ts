/**
 * The call item: how far the calls of a challenge have come, and the token that wakes their workflow. It never decides;
 * the user state does. Legs are numbered from 1; a leg is open until its end has been decided.
 */
import { day } from '../platform/clock.ts';
import { fromAttributes, toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';

export type CallState = 'queued' | 'ringing' | 'answered' | 'no-answer' | 'busy' | 'failed';

export interface CallRecord {
  readonly challengeId: string;
  readonly organizationKey: string;
  readonly userKey: string;
  readonly factorId: Uint8Array;
  readonly send: number;
  readonly leg: number;
  /** The last leg has been decided; the next may begin, unless the call is done. */
  readonly legClosed: boolean;
  readonly state: CallState;
  readonly contactId?: string;
  /** Set once per leg; the stream wakes the workflow when it appears. */
  readonly legOutcome?: string;
  /** Somebody pressed keys in this leg: the person was reached, so the other number is not tried. */
  readonly keyed?: boolean;
  /** Legs that reached nobody: which number is next. */
  readonly unanswered: number;
  /** The second number of this send has been paid for, too. */
  readonly otherPaid?: boolean;
  readonly done: boolean;
  readonly taskToken?: string;
}

export const callPartition = (challengeRandom: Uint8Array): string => `CALL#${Buffer.from(challengeRandom).toString('base64url')}`;

export const callKey = (partition: string): ItemKey => ({ pk: partition, sk: 'CALL' });

export const contactKey = (contactId: string): ItemKey => ({ pk: `CONTACT#${contactId}`, sk: 'CONTACT' });

const keptFor = day;

/** Undefined also for what a text or a mail left in its place. */
export function fromCallItem(item: Attributes | undefined): CallRecord | undefined {
  return item === undefined || item['carrier'] !== undefined ? undefined : (fromAttributes(item) as unknown as CallRecord);
}

/** A new send of the challenge: only when no earlier one is still going on. */
export function newCallWrite(table: string, partition: string, call: Pick<CallRecord, 'challengeId' | 'organizationKey' | 'userKey' | 'factorId' | 'send'>, now: number): Write {
  const record: CallRecord = { ...call, leg: 0, legClosed: true, state: 'queued', unanswered: 0, done: false };
  const expiresAt = Math.floor((now + keptFor) / 1000);
  return {
    Put: {
      TableName: table,
      Item: toAttributes({ ...callKey(partition), ...record, expiresAt }),
      ConditionExpression: 'attribute_not_exists(pk) OR done = :true',
      ExpressionAttributeValues: { ':true': { BOOL: true } },
    },
  };
}

type Settable = Partial<Pick<CallRecord, 'leg' | 'legClosed' | 'state' | 'contactId' | 'legOutcome' | 'keyed' | 'unanswered' | 'otherPaid' | 'done'>>;

export interface CallUpdate {
  readonly set: Settable;
  readonly remove?: readonly ('contactId' | 'legOutcome' | 'keyed' | 'taskToken')[];
  /** What must still be so. */
  readonly when: { readonly leg: number; readonly send: number; readonly legClosed: boolean; readonly contactId?: string; readonly undecided?: true };
}

/** The parts of an UpdateItem on the call item, for a transaction or alone. */
export function callUpdate(partition: string, { set, remove = [], when }: CallUpdate): NonNullable<Omit<NonNullable<Write['Update']>, 'TableName'>> {
  const { undecided, ...equal } = when;
  const sets = Object.keys(set).map((name) => `#${name} = :${name}`);
  const conditions = [
    ...Object.keys(equal).map((name) => `#${name} = :if_${name}`),
    ...(undecided ? ['attribute_not_exists(#legOutcome)'] : []),
  ];
  const names = new Set([...Object.keys(set), ...Object.keys(equal), ...remove, ...(undecided ? ['legOutcome'] : [])]);
  const removes = remove.length > 0 ? ` REMOVE ${remove.map((name) => `#${name}`).join(', ')}` : '';
  return {
    Key: toAttributes({ ...callKey(partition) }),
    UpdateExpression: `SET ${sets.join(', ')}${removes}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: Object.fromEntries([...names].map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...toAttributes(Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value]))),
      ...toAttributes(Object.fromEntries(Object.entries(equal).map(([name, value]) => [`:if_${name}`, value]))),
    },
  };
}
