/**
 * The stage's keys, all derived from root keys that only KMS can unwrap. Roots rotate; the keys that make keys of
 * items and ids come from the first root for ever, so that an id made today leads home in ten years.
 */
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { open, seal, sealedKeyVersion } from './seal.ts';
import type { Random } from '../random.ts';

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

export interface PublicKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

export interface KeyRing {
  /** Makes keys of items from names; never rotates. */
  readonly index: KeyObject;
  /** Authenticates ids and cursors; never rotates. */
  readonly ids: KeyObject;
  /** Recognizes a repeated request. */
  readonly receipts: KeyObject;
  /** Verifies codes that were sent; not in the table either. */
  readonly codes: KeyObject;
  /** Verifies recovery keys. */
  readonly recoveryKeys: KeyObject;
  /** Verifies PINs; not in the table, so a copied table cannot be searched for them. */
  readonly pins: KeyObject;
  readonly clientKeys: KeyObject;
  /** Makes the key pair by which push services know us. */
  readonly pushes: KeyObject;
  /** Seals answers that are remembered for their idempotency key. */
  readonly answers: KeyObject;
  /** The newest root's version: what new wrappings are made under. */
  readonly version: number;
  readonly signing: SigningKey;
  /** Every key whose results may still be valid, the signing one included. */
  readonly published: readonly PublicKey[];
  wrap(key: Uint8Array, binding: string, random: Random): Buffer;
  unwrap(wrapped: Uint8Array, binding: string): KeyObject;
}

export type Roots = ReadonlyMap<number, Uint8Array>;

function derive(root: Uint8Array, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', root, 'countersign', purpose, 32)));
}

export function makeKeyRing(roots: Roots, signing: SigningKey, published: readonly PublicKey[]): KeyRing {
  const first = roots.get(1);
  if (!first) throw new Error('the first root key is missing');
  const version = Math.max(...roots.keys());
  const wrapping = new Map([...roots].map(([number, root]) => [number, derive(root, 'wrapping')]));
  const wrappingKey = (number: number): KeyObject => {
    const key = wrapping.get(number);
    if (!key) throw new Error(`root key version ${number} is not loaded`);
    return key;
  };
  return {
    index: derive(first, 'index'),
    ids: derive(first, 'ids'),
    receipts: derive(first, 'receipts'),
    codes: derive(first, 'codes'),
    pins: derive(first, 'pins'),
    recoveryKeys: derive(first, 'recovery-keys'),
    clientKeys: derive(first, 'client-keys'),
    pushes: derive(first, 'pushes'),
    answers: derive(first, 'answers'),
    version,
    signing,
    published,
    wrap: (key, binding, random) => seal(wrappingKey(version), version, key, binding, random),
    unwrap: (wrapped, binding) => createSecretKey(open(wrappingKey(sealedKeyVersion(wrapped)), wrapped, binding)),
  };
}
