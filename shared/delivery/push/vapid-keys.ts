/** The key pair by which push services know us (RFC 8292): made of the stage's root key, and so kept nowhere else. */
import { createECDH, type KeyObject } from 'node:crypto';
import { keyedHash } from '../../platform/crypto/keyed-hash.ts';

export interface VapidKeys {
  /** Uncompressed point, base64url: what a browser subscribes with. */
  readonly publicKey: string;
  readonly privateKey: string;
}

/** One number in four thousand million is no key of the curve: then the next. */
export function vapidKeys(seed: KeyObject): VapidKeys {
  const pair = createECDH('prime256v1');
  for (let round = 0; ; round += 1) {
    const candidate = keyedHash(seed, 'vapid', String(round));
    try {
      pair.setPrivateKey(candidate);
      return { publicKey: pair.getPublicKey('base64url'), privateKey: candidate.toString('base64url') };
    } catch (error) {
      if (round > 3) throw error;
    }
  }
}
