/** A token becomes somebody's: for the transaction that makes the factor active, so that of any number that try at once one succeeds. */
import { toAttributes } from '../../platform/dynamo/attributes.ts';
import type { Table, Write } from '../../platform/dynamo/table.ts';
import { tokenItemKey } from '../../user-state/held-tokens.ts';
import type { StockToken } from './stock-item.ts';

export interface NewOwner {
  readonly organizationId: string;
  readonly userKey: string;
  readonly userId: string;
  readonly factorId: Uint8Array;
}

/** As it was read when its codes were judged: had it been used since, by whoever held it meanwhile, they would be judged by too little (I2). */
export function claimStockWrite(table: string, tokenKey: Uint8Array, read: StockToken | undefined, { organizationId, userKey, userId, factorId }: NewOwner): Write {
  const { pk, sk } = tokenItemKey(tokenKey);
  const { reading = '', lastStep } = read ?? {};
  const isUnused = lastStep === undefined ? 'attribute_not_exists(lastStep)' : 'lastStep = :lastStep';
  return {
    Update: {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'SET ownerKey = :key, ownerId = :id, factor = :factor',
      ConditionExpression: `organizationId = :organization AND attribute_not_exists(factor) AND reading = :reading AND ${isUnused}`,
      ExpressionAttributeValues: toAttributes({
        ':key': userKey, ':id': userId, ':factor': factorId, ':organization': organizationId, ':reading': reading, ':lastStep': lastStep,
      }),
    },
  };
}

/** One of this name is one person's, in the whole installation: the item is made by whoever takes it first. VIP's own have no other. */
export function holdWrite(table: string, holderKey: Uint8Array, { organizationId, userKey, userId, factorId }: NewOwner): Write {
  const item = { ...tokenItemKey(holderKey), schema: 1, organizationId, ownerKey: userKey, ownerId: userId, factor: factorId };
  return { Put: { TableName: table, Item: toAttributes(item), ConditionExpression: 'attribute_not_exists(factor)' } };
}

/** In which organization somebody has it; undefined when nobody does. */
export async function heldIn(table: Table, holderKey: Uint8Array): Promise<string | undefined> {
  const [item] = await table.read([tokenItemKey(holderKey)]);
  return item?.['factor'] === undefined ? undefined : item['organizationId']?.S;
}
