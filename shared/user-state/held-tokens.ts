/**
 * Tokens belong to nobody or to one factor of one user in the whole installation. The token's own item says to whom,
 * and is changed in the transaction that changes the user: whatever takes such a factor away gives the token back.
 */
import { toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';
import { isSameId } from './find.ts';
import type { Factor } from './factor.ts';
import type { UserState } from './user-state.ts';

export const tokenItemKey = (tokenKey: Uint8Array): ItemKey => ({ pk: `TOKEN#${Buffer.from(tokenKey).toString('base64url')}`, sk: 'TOKEN' });

export interface HeldToken {
  readonly tokenKey: Uint8Array;
  readonly holderKey?: Uint8Array | undefined;
  readonly factorId: Uint8Array;
  /** What was used of it: codes up to here are never right again, whoever holds it next (I2). */
  readonly lastStep?: number;
  readonly drift: number;
}

/** One that nobody confirmed yet holds nothing. */
function heldBy(factor: Factor): HeldToken | undefined {
  if (factor.kind !== 'token' || factor.status === 'proving') return undefined;
  const { tokenKey, holderKey, id, lastStep, drift = 0 } = factor;
  return { tokenKey, holderKey, factorId: id, drift, ...(lastStep === undefined ? {} : { lastStep }) };
}

const keyOf = (tokenKey: Uint8Array): Attributes => toAttributes({ ...tokenItemKey(tokenKey) });

/** Given back with what was used of it. Refused when it is not this factor's: then somebody else wrote the user first. */
function releaseWrite(table: string, userKey: string, { tokenKey, factorId, lastStep, drift }: HeldToken): Write {
  return {
    Update: {
      TableName: table,
      Key: keyOf(tokenKey),
      UpdateExpression: `SET drift = :drift${lastStep === undefined ? '' : ', lastStep = :lastStep'} REMOVE ownerKey, ownerId, factor`,
      ConditionExpression: 'factor = :factor AND ownerKey = :owner',
      ExpressionAttributeValues: toAttributes({ ':factor': factorId, ':owner': userKey, ':drift': drift, ':lastStep': lastStep }),
    },
  };
}

/** Nobody's any more: whoever of any organization has one of this name may give it to somebody. */
function freeWrite(table: string, userKey: string, holderKey: Uint8Array, factorId: Uint8Array): Write {
  return {
    Update: {
      TableName: table,
      Key: keyOf(holderKey),
      UpdateExpression: 'REMOVE ownerKey, ownerId, factor',
      ConditionExpression: 'factor = :factor AND ownerKey = :owner',
      ExpressionAttributeValues: toAttributes({ ':factor': factorId, ':owner': userKey }),
    },
  };
}

/** What has to be given back when the factors of `before` become those of `after`. */
export function releaseWrites(table: string, userKey: string, before: Pick<UserState, 'factors'>, after: readonly Factor[]): Write[] {
  return before.factors.flatMap((factor) => {
    const held = heldBy(factor);
    const isKept = after.some(({ id }) => isSameId(id, factor.id));
    if (!held || isKept) return [];
    const { holderKey, factorId } = held;
    return [releaseWrite(table, userKey, held), ...(holderKey ? [freeWrite(table, userKey, holderKey, factorId)] : [])];
  });
}
