/**
 * The stage's key item: root keys wrapped by KMS and signing keys sealed under the first root. KMS is asked once per
 * process; a process keeps what it unwrapped for as long as it lives, and looks for newer signing keys now and then.
 */
import { createHash, createPrivateKey, createPublicKey, createSecretKey, generateKeyPairSync, hkdfSync } from 'node:crypto';
import { hour, minute } from '../clock.ts';
import { fromAttributes, toAttributes, type Attributes } from '../dynamo/attributes.ts';
import type { ItemKey, Table } from '../dynamo/table.ts';
import { Problem } from '../problems/problem.ts';
import type { Random } from '../random.ts';
import { makeKeyRing, type KeyRing } from './key-ring.ts';
import { open, seal } from './seal.ts';

/** KMS, as far as the product needs it. */
export interface RootKeyService {
  create(): Promise<{ plain: Uint8Array; wrapped: Uint8Array }>;
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

type StoredSigningKey = {
  readonly kid: string;
  readonly sealed: Uint8Array;
  readonly jwk: Readonly<Record<string, string>>;
  readonly signsFrom: number;
};

type StageKeys = {
  readonly version: number;
  readonly roots: readonly { readonly version: number; readonly wrapped: Uint8Array }[];
  readonly signingKeys: readonly StoredSigningKey[];
};

export const stageKeysKey: ItemKey = { pk: 'STAGE', sk: 'KEYS' };
const refreshAfter = 10 * minute;
/** Every process and every portal's cache has seen a new signing key before it signs. */
const publishedBefore = hour;
const keptSigningKeys = 3;
const binding = (kid: string): string => `signing-key|${kid}`;

const sealingKey = (root: Uint8Array) => createSecretKey(Buffer.from(hkdfSync('sha256', root, 'countersign', 'signing-keys', 32)));

function newSigningKey(root: Uint8Array, signsFrom: number, random: Random): StoredSigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty = '', crv = '', x = '', y = '' } = publicKey.export({ format: 'jwk' });
  // The key's own thumbprint (RFC 7638): the same key never goes by two names.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  const sealed = seal(sealingKey(root), 1, privateKey.export({ format: 'der', type: 'pkcs8' }), binding(kid), random);
  return { kid, sealed, jwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }, signsFrom };
}

async function readStageKeys(table: Table): Promise<StageKeys | undefined> {
  const [item] = await table.read([stageKeysKey]);
  return item === undefined ? undefined : (fromAttributes(item) as unknown as StageKeys);
}

const toItem = (keys: StageKeys): Attributes => toAttributes({ ...stageKeysKey, schema: 1, ...keys });

/** False when the stage had its keys already: they are never made twice. */
export async function createStageKeys(table: Table, service: RootKeyService, now: number, random: Random): Promise<boolean> {
  if (await readStageKeys(table)) return false;
  const { plain, wrapped } = await service.create();
  const keys: StageKeys = { version: 1, roots: [{ version: 1, wrapped }], signingKeys: [newSigningKey(plain, now, random)] };
  const write = { Put: { TableName: table.name, Item: toItem(keys), ConditionExpression: 'attribute_not_exists(pk)' } };
  return (await table.transact([write])).done;
}

/**
 * The new key is published at once and signs an hour later; the oldest leave the list. While one is waiting it is that
 * one: many in an hour would push the key that signs off the list, and with it what it has signed.
 */
export async function rotateSigningKey(table: Table, service: RootKeyService, now: number, random: Random): Promise<string> {
  const keys = await readStageKeys(table);
  const root = keys?.roots.find(({ version }) => version === 1);
  if (!keys || !root) throw new Problem('not-bootstrapped');
  const waiting = keys.signingKeys.find(({ signsFrom }) => signsFrom > now);
  if (waiting) return waiting.kid;
  const added = newSigningKey(await service.unwrap(root.wrapped), now + publishedBefore, random);
  const next = { ...keys, version: keys.version + 1, signingKeys: [added, ...keys.signingKeys].slice(0, keptSigningKeys) };
  const done = await table.transact([
    {
      Put: {
        TableName: table.name,
        Item: toItem(next),
        ConditionExpression: 'version = :read',
        ExpressionAttributeValues: { ':read': { N: String(keys.version) } },
      },
    },
  ]);
  if (!done.done) throw new Problem('unavailable');
  return added.kid;
}

async function unwrapRing(keys: StageKeys, service: RootKeyService, now: number): Promise<KeyRing> {
  const unwrapped = await Promise.all(keys.roots.map(async ({ version, wrapped }) => [version, await service.unwrap(wrapped)] as const));
  const roots = new Map(unwrapped);
  const first = roots.get(1);
  const newestFirst = [...keys.signingKeys].sort((a, b) => b.signsFrom - a.signsFrom);
  const stored = newestFirst.find(({ signsFrom }) => signsFrom <= now) ?? newestFirst.at(-1);
  if (!first || !stored) throw new Problem('not-bootstrapped');
  const der = open(sealingKey(first), stored.sealed, binding(stored.kid));
  const signing = { kid: stored.kid, privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
  const published = keys.signingKeys.map(({ kid, jwk }) => ({ kid, jwk, publicKey: createPublicKey({ key: { ...jwk }, format: 'jwk' }) }));
  return makeKeyRing(roots, signing, published);
}

/** A loader for one process: the first call asks KMS; later ones answer from memory, newer signing keys within minutes. */
export function stageKeyLoader(table: Table, service: RootKeyService): (now: number) => Promise<KeyRing> {
  const memory = new Map<string, Promise<Uint8Array>>();
  const remembering: RootKeyService = {
    ...service,
    unwrap: (wrapped) => {
      const name = Buffer.from(wrapped).toString('base64');
      const known = memory.get(name) ?? service.unwrap(wrapped);
      memory.set(name, known);
      known.catch(() => memory.delete(name));
      return known;
    },
  };
  let loaded: { readonly ring: KeyRing; readonly at: number } | undefined;
  return async (now) => {
    if (loaded && Math.abs(now - loaded.at) < refreshAfter) return loaded.ring;
    try {
      const keys = await readStageKeys(table);
      if (!keys) throw new Problem('not-bootstrapped');
      loaded = { ring: await unwrapRing(keys, remembering, now), at: now };
      return loaded.ring;
    } catch (error) {
      if (loaded) return loaded.ring;
      throw error instanceof Problem ? error : new Problem('unavailable', { retryAfterSeconds: 1 }, error);
    }
  };
}
