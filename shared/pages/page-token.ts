/**
 * The one-time token in the fragment of a page's address. For a challenge it is made of the challenge's id and a MAC of 256 bits: the
 * same start gives the same address again, nothing is stored until it is used, and then only its SHA-256. For what has no challenge
 * it is 256 random bits, stored as their SHA-256 from the beginning. docs/decisions/0008-page-tokens.md says why.
 */
import { createHash } from 'node:crypto';
import { pageNames, type PageName } from '../contract/page-routes.ts';
import { keyedHash, sameBytes } from '../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { ItemKey } from '../platform/dynamo/table.ts';
import { randomLengths, type HomeKeys } from '../platform/object-id.ts';
import type { Random } from '../platform/random.ts';

export interface ChallengeToken {
  readonly page: PageName;
  readonly home: HomeKeys;
  readonly challengeId: Uint8Array;
}

const format = 1;
const keyLength = 16;
const headLength = 2;
const bodyLength = headLength + 2 * keyLength + randomLengths.chl;
const macLength = 32;

const macOf = (keys: KeyRing, body: Uint8Array): Buffer => keyedHash(keys.ids, 'page token', body);

export function writeChallengeToken(keys: KeyRing, { page, home, challengeId }: ChallengeToken): string {
  const head = Buffer.from([format, pageNames.indexOf(page)]);
  const body = Buffer.concat([head, Buffer.from(home.organizationKey, 'base64url'), Buffer.from(home.userKey, 'base64url'), challengeId]);
  return Buffer.concat([body, macOf(keys, body)]).toString('base64url');
}

/** Undefined for anything that we did not write. */
export function readChallengeToken(keys: KeyRing, text: string): ChallengeToken | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== bodyLength + macLength || bytes.toString('base64url') !== text) return undefined;
  const body = bytes.subarray(0, bodyLength);
  const page = pageNames[body[1] ?? pageNames.length];
  if (body[0] !== format || !page || !sameBytes(macOf(keys, body), bytes.subarray(bodyLength))) return undefined;
  const keyAt = (position: number): string => body.toString('base64url', headLength + position * keyLength, headLength + (position + 1) * keyLength);
  return { page, home: { organizationKey: keyAt(0), userKey: keyAt(1) }, challengeId: new Uint8Array(body.subarray(headLength + 2 * keyLength)) };
}

/** D14, D16: 256 bits. */
export const newStoredToken = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64url');

export const isStoredToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Where a token is kept, or marked as spent: by its hash alone. */
export const tokenKey = (token: string): ItemKey => ({ pk: `PAGE#${sha256(token)}`, sk: 'PAGE' });
