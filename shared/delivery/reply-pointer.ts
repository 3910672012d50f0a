/**
 * Whose reply a number's next text is: one item per number, written by the send that asked for it. It only leads to the
 * challenge; the user state decides. A number that several people share waits for one of them at a time.
 */
import { toAttributes, fromAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';
import { keyedHash } from '../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { hour } from '../platform/clock.ts';

export interface ReplyPointer {
  /** As the world sees it: it leads home. */
  readonly challengeId: string;
  readonly userKey: string;
  readonly factorId: Uint8Array;
  readonly send: number;
  /** A number that is only being proved gives way to a sign-in. */
  readonly isProof: boolean;
  /** When the challenge can be answered no more. */
  readonly until: number;
}

/** The number itself is in no key: a keyed hash of it is. */
export function replyKey(keys: KeyRing, e164: string): ItemKey {
  return { pk: `REPLY#${keyedHash(keys.index, 'reply', e164).toString('base64url', 0, 16)}`, sk: 'REPLY' };
}

export const fromReplyItem = (item: Attributes | undefined): ReplyPointer | undefined =>
  item === undefined ? undefined : (fromAttributes(item) as unknown as ReplyPointer);

/** Taken when nobody waits there, by the person who waits there already, or by a sign-in from a mere proof. */
export function takeNumberWrite(table: string, key: ItemKey, pointer: ReplyPointer, now: number): Write {
  const isFree = 'attribute_not_exists(pk) OR #until <= :now OR userKey = :user';
  return {
    Put: {
      TableName: table,
      Item: toAttributes({ ...key, ...pointer, expiresAt: Math.floor((pointer.until + hour) / 1000) }),
      ConditionExpression: pointer.isProof ? isFree : `${isFree} OR isProof = :true`,
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: toAttributes({ ':now': now, ':user': pointer.userKey, ...(pointer.isProof ? {} : { ':true': true }) }),
    },
  };
}

/** Given back when its challenge is decided, unless another challenge has taken it since. */
export function releaseNumberWrite(table: string, key: ItemKey, { challengeId, send }: ReplyPointer): Write {
  return {
    Delete: {
      TableName: table,
      Key: toAttributes({ ...key }),
      ConditionExpression: 'challengeId = :challenge AND #send = :send',
      ExpressionAttributeNames: { '#send': 'send' },
      ExpressionAttributeValues: toAttributes({ ':challenge': challengeId, ':send': send }),
    },
  };
}
