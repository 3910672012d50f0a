/**
 * A token of an organization's stock: its own item, under a key made of organization and credential id. Whose it is, is said by a
 * second item under the credential id alone: two organizations may have one of a name, and one person in the installation holds it.
 */
import { open, seal } from '../../platform/crypto/seal.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { fromAttributes, toAttributes, type Attributes, type Value } from '../../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../../platform/dynamo/table.ts';
import type { Random } from '../../platform/random.ts';
import { openOrganizationKey } from '../../organizations/organization-keys.ts';
import type { Organization } from '../../organizations/organization.ts';
import { tokenItemKey } from '../../user-state/held-tokens.ts';
import { stockHash } from '../credential-id.ts';
import type { Algorithm, FileToken } from '../files/file-row.ts';

export interface StockToken {
  readonly schema: number;
  readonly credentialId: string;
  readonly organizationId: string;
  /** Which import brought it, and which reading of which of its parts: it counts only when both were finished. */
  readonly importId: string;
  readonly reading: string;
  readonly type: 'totp' | 'hotp';
  readonly algorithm: Algorithm;
  readonly digits: number;
  readonly period: number;
  /** The last counter or time step that was used; absent for a TOTP token that was never. */
  readonly lastStep?: number;
  readonly drift?: number;
  /** Sealed under the organization's key. */
  readonly secret: Uint8Array;
  readonly createdAt: number;
  readonly ownerKey?: string;
  readonly ownerId?: string;
  /** The factor that holds it: while there is one, nobody else can. */
  readonly factor?: Uint8Array;
}

/** Organizations have one key for as long as they live. */
const keyVersion = 1;

const binding = (organizationId: string, credentialId: string): string => JSON.stringify(['stock', organizationId, credentialId]);

export const stockKey = (keys: KeyRing, organizationId: string, credentialId: string): ItemKey => tokenItemKey(stockHash(keys, organizationId, credentialId));

export interface StockPlace {
  readonly organization: Organization;
  readonly importId: string;
  readonly reading: string;
  readonly now: number;
}

export function toStockToken(keys: KeyRing, random: Random, place: StockPlace, token: FileToken): StockToken {
  const { organization, importId, reading, now } = place;
  const { credentialId, type, algorithm, digits, period, counter, drift, seed } = token;
  const { organizationId } = organization;
  const sealed = seal(openOrganizationKey(keys, organization), keyVersion, seed, binding(organizationId, credentialId), random);
  return {
    schema: 1,
    credentialId,
    organizationId,
    importId,
    reading,
    type,
    algorithm,
    digits,
    period,
    ...(type === 'hotp' ? { lastStep: counter - 1 } : {}),
    ...(drift === 0 ? {} : { drift }),
    secret: new Uint8Array(sealed),
    createdAt: now,
  };
}

export function openSeed(keys: KeyRing, organization: Organization, { organizationId, credentialId, secret }: StockToken): Uint8Array {
  return open(openOrganizationKey(keys, organization), secret, binding(organizationId, credentialId));
}

export function toStockItem(keys: KeyRing, token: StockToken): Attributes {
  return toAttributes({ ...stockKey(keys, token.organizationId, token.credentialId), ...(token as unknown as Record<string, Value>) });
}

export function fromStockItem(item: Attributes): StockToken {
  const { pk: _pk, sk: _sk, ...token } = fromAttributes(item);
  return token as unknown as StockToken;
}

/** Puts it in place of nothing, or of one that never counted and that nobody holds. */
export function stageWrite(table: string, keys: KeyRing, token: StockToken, inPlaceOf: StockToken | undefined): Write {
  const Item = toStockItem(keys, token);
  if (!inPlaceOf) return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      TableName: table,
      Item,
      ConditionExpression: 'reading = :before AND attribute_not_exists(factor)',
      ExpressionAttributeValues: { ':before': { S: inPlaceOf.reading } },
    },
  };
}

/** Only while nobody holds it, and only the one that was read. */
export function removeStockWrite(table: string, keys: KeyRing, token: StockToken): Write {
  const { pk, sk } = stockKey(keys, token.organizationId, token.credentialId);
  return {
    Delete: {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConditionExpression: 'reading = :reading AND attribute_not_exists(factor)',
      ExpressionAttributeValues: { ':reading': { S: token.reading } },
    },
  };
}
