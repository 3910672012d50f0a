/**
 * Ids that lead home: a prefix, then the hashed organization and user, random bits and a MAC, in base64url. One read
 * fetches everything a request needs, and no id can be crafted that points into another organization.
 */
import type { KeyRing } from './crypto/key-ring.ts';
import { keyedHash, sameBytes } from './crypto/keyed-hash.ts';

export type IdPrefix = 'chl' | 'fac' | 'enr' | 'ord';

/** Of the random part, in bytes: a challenge's and an enrollment's are also an execution's name and an item's key; an order's begins with its time. */
export const randomLengths = { chl: 16, fac: 8, enr: 16, ord: 14 } as const satisfies Record<IdPrefix, number>;

const format = 1;
const keyLength = 16;
const macLength = 8;

export interface HomeKeys {
  /** Hashed organization: 16 bytes, base64url. */
  readonly organizationKey: string;
  /** Hashed organization and user: 16 bytes, base64url. */
  readonly userKey: string;
}

export interface ObjectId extends HomeKeys {
  readonly random: Uint8Array;
}

export function homeKeys(keys: KeyRing, organizationId: string, userId: string): HomeKeys {
  return { organizationKey: organizationKeyOf(keys, organizationId), userKey: userKeyOf(keys, organizationId, userId) };
}

export function organizationKeyOf(keys: KeyRing, organizationId: string): string {
  return keyedHash(keys.index, 'organization', organizationId).toString('base64url', 0, keyLength);
}

export function userKeyOf(keys: KeyRing, organizationId: string, userId: string): string {
  return keyedHash(keys.index, 'user', organizationId, userId).toString('base64url', 0, keyLength);
}

export function writeObjectId(keys: KeyRing, prefix: IdPrefix, id: ObjectId): string {
  const body = Buffer.concat([
    Buffer.from([format]),
    Buffer.from(id.organizationKey, 'base64url'),
    Buffer.from(id.userKey, 'base64url'),
    id.random,
  ]);
  const mac = keyedHash(keys.ids, prefix, body).subarray(0, macLength);
  return `${prefix}_${Buffer.concat([body, mac]).toString('base64url')}`;
}

/** Undefined for anything that we did not write, however small the difference. */
export function readObjectId(keys: KeyRing, prefix: IdPrefix, text: string): ObjectId | undefined {
  if (!text.startsWith(`${prefix}_`) || text.length > 100) return undefined;
  const bytes = Buffer.from(text.slice(prefix.length + 1), 'base64url');
  const bodyLength = 1 + 2 * keyLength + randomLengths[prefix];
  if (bytes.length !== bodyLength + macLength || bytes[0] !== format) return undefined;
  const body = bytes.subarray(0, bodyLength);
  if (!sameBytes(keyedHash(keys.ids, prefix, body).subarray(0, macLength), bytes.subarray(bodyLength))) return undefined;
  if (bytes.toString('base64url') !== text.slice(prefix.length + 1)) return undefined;
  return {
    organizationKey: bytes.toString('base64url', 1, 1 + keyLength),
    userKey: bytes.toString('base64url', 1 + keyLength, 1 + 2 * keyLength),
    random: new Uint8Array(body.subarray(1 + 2 * keyLength)),
  };
}

/** The random part of a challenge id that we stored ourselves, for doors that have no keys to check it with. */
export function challengeRandomOf(challengeId: string): Uint8Array {
  const bytes = Buffer.from(challengeId.slice('chl_'.length), 'base64url');
  return new Uint8Array(bytes.subarray(1 + 2 * keyLength, 1 + 2 * keyLength + randomLengths.chl));
}
