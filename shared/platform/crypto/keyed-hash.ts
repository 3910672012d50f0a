/** HMAC-SHA-256 over length-prefixed parts: no two lists of parts give the same message. */
import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

export type Part = string | Uint8Array;

export function keyedHash(key: KeyObject, ...parts: Part[]): Buffer {
  const hmac = createHmac('sha256', key);
  const length = Buffer.alloc(4);
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    length.writeUInt32BE(bytes.length);
    hmac.update(length).update(bytes);
  }
  return hmac.digest();
}

/** Constant in time for equal lengths; a length is never secret here. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
