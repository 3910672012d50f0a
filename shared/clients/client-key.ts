/** Client keys: made here, shown once, kept as a keyed hash. */
import { toBase32 } from '../platform/base32.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { Random } from '../platform/random.ts';
import { hashClientKey, type ClientKey } from './client.ts';

/** What the key's text begins with, so that nobody mistakes a key of one machine for one of a real stage. */
export type KeyMode = 'live' | 'test';

export const keyModeOf = (stage: string): KeyMode => (stage === 'local' ? 'test' : 'live');

/** At most two live at once, for rotation. */
export const mostKeys = 2;

const clientIdBytes = 10;
const keyIdBytes = 5;
const secretBytes = 33;
const secretLength = 52;

const base32 = (bytes: Uint8Array): string => toBase32(bytes).toLowerCase();

export const newClientId = (random: Random): string => base32(random.bytes(clientIdBytes));

export interface NewClientKey {
  readonly key: ClientKey;
  /** The only time that it is there to be seen. */
  readonly secretText: string;
}

export function newClientKey(
  keys: KeyRing,
  mode: KeyMode,
  clientId: string,
  now: number,
  random: Random,
): NewClientKey {
  const keyId = base32(random.bytes(keyIdBytes));
  const secret = base32(random.bytes(secretBytes)).slice(0, secretLength);
  const secretText = `cs_${mode}_${clientId}_${keyId}_${secret}`;
  return { key: { keyId, hash: hashClientKey(keys, secretText), createdAt: now }, secretText };
}
