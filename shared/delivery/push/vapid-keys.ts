/** How push services know us (RFC 8292): a key pair made of the stage's root key, and so kept nowhere else, and what it signs. */
import { createECDH, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { hour, second } from '../../platform/clock.ts';
import { keyedHash } from '../../platform/crypto/keyed-hash.ts';

export interface VapidKeys {
  /** Uncompressed point, base64url: what a browser subscribes with. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

function keyObject(point: Buffer, scalar: Buffer): KeyObject {
  const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)];
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d: scalar.toString('base64url') }, format: 'jwk' });
}

/** One number in four thousand million is no key of the curve: then the next. */
export function vapidKeys(seed: KeyObject): VapidKeys {
  const pair = createECDH('prime256v1');
  for (let round = 0; ; round += 1) {
    const candidate = keyedHash(seed, 'vapid', String(round));
    try {
      pair.setPrivateKey(candidate);
      const point = pair.getPublicKey();
      return { publicKey: point.toString('base64url'), privateKey: keyObject(point, candidate) };
    } catch (error) {
      if (round > 3) throw error;
    }
  }
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** For one push service, an hour long. `subject` is whom it may complain to. */
export function vapidHeader({ publicKey, privateKey }: VapidKeys, endpoint: string, subject: string, now: number): string {
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor((now + hour) / second), sub: subject };
  const message = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(message), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `vapid t=${message}.${signature.toString('base64url')}, k=${publicKey}`;
}
