/**
 * What became of a text, a mail or a push: kept where a call of the challenge would be kept, so that a look at the
 * challenge stays one read. It never decides; the user state does. A later send of the challenge takes its place.
 */
import { day } from '../platform/clock.ts';
import { toAttributes, fromAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { Table, Write } from '../platform/dynamo/table.ts';
import { callKey, type CallRecord } from './call-record.ts';

export type MessageState = 'sent' | 'failed' | 'undeliverable';

export interface MessageRecord {
  readonly carrier: 'text' | 'mail' | 'push';
  readonly challengeId: string;
  readonly organizationKey: string;
  readonly userKey: string;
  readonly factorId: Uint8Array;
  readonly send: number;
  readonly state: MessageState;
  /** Why it failed, by name: `carrier-down`, `number-refused`, … */
  readonly reason?: string;
  /** The carrier's own id, where it wants to hear what became of the message. */
  readonly messageId?: string;
  /** Its code was right: the stream tells the carrier. */
  readonly isUsed?: boolean;
  /** Nothing is under way that a call would have to wait for. */
  readonly done: true;
}

/** What is kept of a challenge's latest send, whatever carried it. */
export type SendRecord = CallRecord | MessageRecord;

export const isMessage = (record: SendRecord): record is MessageRecord => 'carrier' in record;

export function fromSendItem(item: Attributes | undefined): SendRecord | undefined {
  return item === undefined ? undefined : (fromAttributes(item) as unknown as SendRecord);
}

const keptFor = day;

/** Written as sent, in the transaction that decides the send: only a failure is written afterwards. */
export function newMessageWrite(table: string, partition: string, message: MessageRecord, now: number): Write {
  const record = { ...message, expiresAt: Math.floor((now + keptFor) / 1000) };
  return { Put: { TableName: table, Item: toAttributes({ ...callKey(partition), ...record }) } };
}

/** Only of this very send: a later one has nothing to do with it. False when there was one. */
export async function markMessage(table: Table, partition: string, send: number, state: MessageState, reason: string): Promise<boolean> {
  return table.update({
    Key: toAttributes({ ...callKey(partition) }),
    UpdateExpression: 'SET #state = :state, reason = :reason',
    ConditionExpression: '#send = :send AND attribute_exists(carrier)',
    ExpressionAttributeNames: { '#state': 'state', '#send': 'send' },
    ExpressionAttributeValues: toAttributes({ ':state': state, ':reason': reason, ':send': send }),
  });
}

/** For a message whose answer does not bring its id along. */
export async function noteMessageId(table: Table, partition: string, send: number, messageId: string): Promise<boolean> {
  return table.update({
    Key: toAttributes({ ...callKey(partition) }),
    UpdateExpression: 'SET messageId = :id',
    ConditionExpression: '#send = :send AND attribute_exists(carrier)',
    ExpressionAttributeNames: { '#send': 'send' },
    ExpressionAttributeValues: toAttributes({ ':id': messageId, ':send': send }),
  });
}

/** In the transaction of the right answer; never in its way, whatever has become of the record. */
export function usedMessageWrite(table: string, partition: string, now: number, messageId?: string): Write {
  return {
    Update: {
      TableName: table,
      Key: toAttributes({ ...callKey(partition) }),
      UpdateExpression: `SET isUsed = :true, expiresAt = :expires${messageId === undefined ? '' : ', messageId = :id'}`,
      ExpressionAttributeValues: toAttributes({
        ':true': true,
        ':expires': Math.floor((now + keptFor) / 1000),
        ...(messageId === undefined ? {} : { ':id': messageId }),
      }),
    },
  };
}
