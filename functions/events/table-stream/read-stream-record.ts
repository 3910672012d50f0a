/** Reads a change of the table into what has to be done about it: start or wake a workflow, send a notice, or nothing. */
import type { DynamoDBRecord } from 'aws-lambda';
import { fromCallItem } from '../../../shared/delivery/call-record.ts';
import { fromSendItem, isMessage, type MessageRecord } from '../../../shared/delivery/message-record.ts';
import { fromEnrollmentItem } from '../../../shared/user-state/enrollment-item.ts';
import type { Attributes } from '../../../shared/platform/dynamo/attributes.ts';

export type StreamWork =
  | { readonly do: 'wake'; readonly taskToken: string }
  /** An enrollment that has just been made; its workflow is named after it. */
  | { readonly do: 'start'; readonly enrollmentId: string; readonly enrollmentKey: string }
  | { readonly do: 'notify'; readonly notice: string; readonly userKey: string; readonly at: number; readonly event: string }
  | { readonly do: 'tell'; readonly notice: string; readonly organizationId: string; readonly at: number; readonly event: string }
  /** A text's code was right, of which its carrier wants to hear. */
  | { readonly do: 'report'; readonly messageId: string }
  | { readonly do: 'nothing' };

function messageOf(item: unknown): MessageRecord | undefined {
  const record = fromSendItem(item as Attributes | undefined);
  return record && isMessage(record) ? record : undefined;
}

/** Once: when the second of the two, that it was of use and what its carrier calls it, has come in. */
function readUse({ NewImage, OldImage }: NonNullable<DynamoDBRecord['dynamodb']>): StreamWork {
  const isReady = (message: MessageRecord | undefined): boolean => message?.isUsed === true && message.messageId !== undefined;
  const message = messageOf(NewImage);
  return message?.messageId !== undefined && isReady(message) && !isReady(messageOf(OldImage)) ? { do: 'report', messageId: message.messageId } : { do: 'nothing' };
}

/** The workflow waits for its record to go on: what it writes there itself, and which mail went out, wakes nobody. */
function readEnrollment({ NewImage, OldImage }: NonNullable<DynamoDBRecord['dynamodb']>, pk: string): StreamWork {
  const [is, was] = [fromEnrollmentItem(NewImage as Attributes | undefined), fromEnrollmentItem(OldImage as Attributes | undefined)];
  if (!is) return { do: 'nothing' };
  if (!was) return { do: 'start', enrollmentId: is.enrollmentId, enrollmentKey: pk };
  const hasGoneOn = is.state !== was.state || is.generation !== was.generation;
  return hasGoneOn && is.taskToken !== undefined ? { do: 'wake', taskToken: is.taskToken } : { do: 'nothing' };
}

function readCall(dynamodb: NonNullable<DynamoDBRecord['dynamodb']>, item: Attributes): StreamWork {
  const call = fromCallItem(item);
  return call?.taskToken && call.legOutcome !== undefined ? { do: 'wake', taskToken: call.taskToken } : readUse(dynamodb);
}

function readNotice(item: Attributes, pk: string, sk: string): StreamWork {
  const [notice, organizationId] = [item['notice']?.S, item['organizationId']?.S];
  if (notice === undefined || !sk.startsWith('EVENT#')) return { do: 'nothing' };
  const event = { notice, at: Number(item['at']?.N), event: `${pk}/${sk}` };
  if (pk.startsWith('USER#')) return { do: 'notify', ...event, userKey: pk.slice('USER#'.length) };
  return pk.startsWith('ORG#') && organizationId !== undefined ? { do: 'tell', ...event, organizationId } : { do: 'nothing' };
}

export function readStreamRecord({ dynamodb = {} }: DynamoDBRecord): StreamWork {
  const item = dynamodb.NewImage as Attributes | undefined;
  if (!item) return { do: 'nothing' };
  const [pk, sk] = [item['pk']?.S ?? '', item['sk']?.S ?? ''];
  if (pk.startsWith('CALL#')) return readCall(dynamodb, item);
  if (pk.startsWith('ENROLLMENT#')) return readEnrollment(dynamodb, pk);
  return readNotice(item, pk, sk);
}
