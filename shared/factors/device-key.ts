/** The key of a paired device: P-256, of which the private half never leaves the browser or the phone. */
import { createPublicKey, ECDH, verify } from 'node:crypto';

const curve = 'prime256v1';
/** As WebCrypto exports it: 4, then both coordinates (SEC 1 §2.3.3). */
const rawLength = 65;
const signatureLength = 64;

/** Half as long, for the item; undefined for what is no point of the curve. */
export function compressKey(raw: Uint8Array): Uint8Array | undefined {
  if (raw.length !== rawLength || raw[0] !== 4) return undefined;
  try {
    return new Uint8Array(ECDH.convertKey(raw, curve, undefined, undefined, 'compressed') as Buffer);
  } catch {
    return undefined;
  }
}

/** ECDSA with SHA-256; the signature as WebCrypto gives it, r then s. */
export function isSignedBy(compressed: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== signatureLength) return false;
  const raw = ECDH.convertKey(compressed, curve, undefined, undefined, 'uncompressed') as Buffer;
  const jwk = { kty: 'EC', crv: 'P-256', x: raw.toString('base64url', 1, 33), y: raw.toString('base64url', 33) };
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
}
