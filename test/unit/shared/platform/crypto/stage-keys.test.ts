import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { hour, minute } from '../../../../../shared/platform/clock.ts';
import { signJwt, verifyJwt } from '../../../../../shared/platform/crypto/jwt.ts';
import { createStageKeys, rotateSigningKey, stageKeyLoader, type RootKeyService } from '../../../../../shared/platform/crypto/stage-keys.ts';
import { freshTable, type TestTable } from '../../../../support/database.ts';
import { systemRandom } from '../../../../../shared/platform/random.ts';

const now = Date.UTC(2030, 0, 15);
const kmsKey = randomBytes(32);

/** KMS, as far as it is asked: what it wraps it unwraps, and it counts how often. */
function makeService() {
  const service = {
    asked: 0,
    isDown: false,
    create: () => {
      const plain = randomBytes(32);
      const cipher = createCipheriv('aes-256-ctr', kmsKey, Buffer.alloc(16));
      return Promise.resolve({ plain, wrapped: cipher.update(plain) });
    },
    unwrap: (wrapped: Uint8Array) => {
      service.asked += 1;
      if (service.isDown) return Promise.reject(new Error('KMS is down'));
      return Promise.resolve(createDecipheriv('aes-256-ctr', kmsKey, Buffer.alloc(16)).update(wrapped));
    },
  };
  return service satisfies RootKeyService;
}

let database: TestTable;
let service: ReturnType<typeof makeService>;
beforeEach(async () => {
  database = await freshTable();
  service = makeService();
});

const create = () => createStageKeys(database.table, service, now, systemRandom);
const rotate = (at = now) => rotateSigningKey(database.table, service, at, systemRandom);
const load = (at = now) => stageKeyLoader(database.table, service)(at);

describe('the keys of a stage', () => {
  it('are made once, however many try', async () => {
    expect((await Promise.all([create(), create(), create()])).filter(Boolean)).toHaveLength(1);
    expect(await create()).toBe(false);
  });

  it('are in the table wrapped and sealed only', async () => {
    await create();
    const { plain } = await service.create();

    const [item] = await database.scan();

    expect(JSON.stringify(item)).not.toContain('PRIVATE');
    expect(Object.keys(item ?? {}).sort()).toEqual(['pk', 'roots', 'schema', 'signingKeys', 'sk', 'version']);
    expect(plain).toHaveLength(32);
  });

  it('give every process the same ring', async () => {
    await create();

    const [one, other] = [await load(), await load()];

    expect(one.signing.kid).toBe(other.signing.kid);
    expect(one.index.equals(other.index)).toBe(true);
    const token = signJwt(one.signing, 'example+jwt', { n: 1 });
    expect(verifyJwt(other.published, 'example+jwt', token)).toEqual({ n: 1 });
  });

  it('are each their own: no two purposes share one', async () => {
    await create();
    const ring = await load();

    const keys = [ring.index, ring.ids, ring.receipts, ring.pins, ring.clientKeys, ring.answers].map((key) => key.export().toString('hex'));

    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are asked of KMS once in the life of a process, and looked at again now and then', async () => {
    await create();
    const keysAt = stageKeyLoader(database.table, service);

    for (let count = 0; count < 50; count += 1) await keysAt(now + count * minute);

    expect(service.asked).toBe(1);
  });

  it('go on serving while the table or KMS does not answer (X18)', async () => {
    await create();
    const keysAt = stageKeyLoader(database.table, service);
    const ring = await keysAt(now);
    Object.assign(database.table, { read: () => Promise.reject(new Error('down')) });

    expect(await keysAt(now + hour)).toBe(ring);
    await expect(load()).rejects.toMatchObject({ problem: 'unavailable' });
  });

  it('are a problem with a name where nobody has made them, and fail closed without KMS', async () => {
    await expect(load()).rejects.toMatchObject({ problem: 'not-bootstrapped' });
    await create();
    service.isDown = true;
    await expect(load()).rejects.toMatchObject({ problem: 'unavailable' });
  });
});

describe('a new signing key', () => {
  it('is published at once and signs an hour later, when every cache has seen it (X19)', async () => {
    await create();
    const old = (await load()).signing.kid;

    const kid = await rotate();

    expect((await load()).published.map((key) => key.kid)).toEqual([kid, old]);
    expect((await load(now + hour - 1)).signing.kid).toBe(old);
    expect((await load(now + hour)).signing.kid).toBe(kid);
  });

  it('leaves what the old one signed verifiable', async () => {
    await create();
    const token = signJwt((await load()).signing, 'example+jwt', { n: 1 });
    await rotate();

    expect(verifyJwt((await load(now + hour)).published, 'example+jwt', token)).toEqual({ n: 1 });
  });

  it('is the one that is waiting, when asked for again: the key that signs stays on the list', async () => {
    await create();
    const old = (await load()).signing.kid;

    const kids = [await rotate(), await rotate(now + 1), await rotate(now + 2), await rotate(now + 3)];

    expect(new Set(kids).size).toBe(1);
    expect((await load(now + 4)).signing.kid).toBe(old);
  });

  it('lets the oldest of three go', async () => {
    await create();
    const kids = [(await load()).signing.kid];
    for (let count = 1; count <= 3; count += 1) kids.unshift(await rotate(now + count * 2 * hour));

    expect((await load(now + 20 * hour)).published.map(({ kid }) => kid)).toEqual(kids.slice(0, 3));
  });
});
