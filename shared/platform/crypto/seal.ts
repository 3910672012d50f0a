/**
 * AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D §8.2.2). A key of ours is a user's or an organization's
 * own, so it never comes near 2^32 uses. Sealed bytes: format 1 | key version | nonce 12 | ciphertext | tag 16.
 */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { Random } from '../random.ts';

const format = 1;
const nonceLength = 12;
const tagLength = 16;
const headLength = 2 + nonceLength;

/** `binding` names whose secret this is and what for; a sealed value opens under the same binding only. */
export function seal(key: KeyObject, keyVersion: number, plain: Uint8Array, binding: string, random: Random): Buffer {
  const nonce = random.bytes(nonceLength);
  const head = Buffer.from([format, keyVersion, ...nonce]);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.concat([head.subarray(0, 2), Buffer.from(binding, 'utf8')]));
  return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function sealedKeyVersion(sealed: Uint8Array): number {
  if (sealed[0] !== format || sealed.length < headLength + tagLength) throw new Error('sealed value of unknown format');
  return sealed[1] ?? 0;
}

/** Throws when the key, the binding or a single bit is not the one that was sealed. */
export function open(key: KeyObject, sealed: Uint8Array, binding: string): Buffer {
  sealedKeyVersion(sealed);
  const body = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(2, headLength));
  decipher.setAAD(Buffer.concat([body.subarray(0, 2), Buffer.from(binding, 'utf8')]));
  decipher.setAuthTag(body.subarray(body.length - tagLength));
  return Buffer.concat([decipher.update(body.subarray(headLength, body.length - tagLength)), decipher.final()]);
}
