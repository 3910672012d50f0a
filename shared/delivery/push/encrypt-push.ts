/** What a push says, encrypted for one browser (RFC 8291, over RFC 8188): the push service that carries it cannot read it. */
import { createCipheriv, createECDH, hkdfSync } from 'node:crypto';
import type { Random } from '../../platform/random.ts';
import type { WebTarget } from './push-carrier.ts';

const curve = 'prime256v1';
/** One record holds all of it, so that its size is only a bound. */
const recordSize = 4096;
const lastRecord = 2;

function derive(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}

const label = (name: string): Buffer => Buffer.from(`Content-Encoding: ${name}\0`);

/** Throws for a key that is no point of the curve. */
export function encryptPush({ p256dh, auth }: Pick<WebTarget, 'p256dh' | 'auth'>, plain: Uint8Array, random: Random): Buffer {
  const theirs = Buffer.from(p256dh, 'base64url');
  const pair = createECDH(curve);
  pair.setPrivateKey(random.bytes(32));
  const [ours, salt] = [pair.getPublicKey(), random.bytes(16)];
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]);
  const secret = derive(pair.computeSecret(theirs), Buffer.from(auth, 'base64url'), info, 32);
  const [key, nonce] = [derive(secret, salt, label('aes128gcm'), 16), derive(secret, salt, label('nonce'), 12)];
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(plain), cipher.update(Buffer.from([lastRecord])), cipher.final(), cipher.getAuthTag()]);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(recordSize);
  head.writeUInt8(ours.length, 4);
  return Buffer.concat([salt, head, ours, sealed]);
}
