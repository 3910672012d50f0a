/**
 * The token in the fragment of an invitation's link: the enrollment's id and generation, and a MAC of 256 bits (D14). Nothing of it is
 * stored: a reminder has the same link again, and a new invitation, which raises the generation, kills it.
 * docs/decisions/0013-invitation-links.md says why.
 */
import { keyedHash, sameBytes } from '../../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { randomLengths, type HomeKeys } from '../../platform/object-id.ts';

export interface InvitationToken {
  readonly home: HomeKeys;
  readonly enrollmentId: Uint8Array;
  readonly generation: number;
}

/** Another than that of a challenge's token. */
const format = 2;
const keyLength = 16;
const idAt = 1 + 2 * keyLength;
const bodyLength = idAt + randomLengths.enr + 1;
const macLength = 32;

const macOf = (keys: KeyRing, body: Uint8Array): Buffer => keyedHash(keys.ids, 'invitation token', body);

export function writeInvitationToken(keys: KeyRing, { home, enrollmentId, generation }: InvitationToken): string {
  const parts = [Buffer.from([format]), Buffer.from(home.organizationKey, 'base64url'), Buffer.from(home.userKey, 'base64url'), enrollmentId, Buffer.from([generation])];
  const body = Buffer.concat(parts);
  return Buffer.concat([body, macOf(keys, body)]).toString('base64url');
}

/** Undefined for anything that we did not write. */
export function readInvitationToken(keys: KeyRing, text: string): InvitationToken | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== bodyLength + macLength || bytes.toString('base64url') !== text) return undefined;
  const body = bytes.subarray(0, bodyLength);
  if (body[0] !== format || !sameBytes(macOf(keys, body), bytes.subarray(bodyLength))) return undefined;
  const keyAt = (position: number): string => body.toString('base64url', 1 + position * keyLength, 1 + (position + 1) * keyLength);
  const enrollmentId = new Uint8Array(body.subarray(idAt, idAt + randomLengths.enr));
  return { home: { organizationKey: keyAt(0), userKey: keyAt(1) }, enrollmentId, generation: body[bodyLength - 1] ?? 0 };
}

/** Made where the mail is written, and nowhere else. */
export const invitationUrl = (pagesUrl: string, token: string): string => `${pagesUrl}/registration#${token}`;
