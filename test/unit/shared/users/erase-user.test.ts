import { beforeEach, describe, expect, it } from 'vitest';
import type { Organization } from '../../../../shared/organizations/organization.ts';
import { homeKeys } from '../../../../shared/platform/object-id.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { eraseUser } from '../../../../shared/users/erase-user.ts';
import { putUser, type UserFields } from '../../../../shared/users/put-user.ts';
import { findUser } from '../../../../shared/users/user-store.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';

const context = { requestId: 'request-1', door: 'api', clientId: 'client-1' } as const;
const ada = { displayName: 'Ada Example', email: 'ada@example.com', identity: 'local' } as const;

let stage: Stage;
let organization: Organization;
let requests = 0;
beforeEach(async () => {
  stage = await makeStage();
  organization = await stage.makeOrganization();
});

const home = (userId: string) => homeKeys(stage.keys, 'acme', userId);
const find = (userId: string) => findUser(stage.table, home(userId));

async function put(userId: string, fields: UserFields = ada, ifVersion?: number) {
  requests += 1;
  const mark = markRequest(stage.keys, 'client-1', `r/${String(requests)}`, []);
  const input = { organization, home: home(userId), userId, found: await find(userId), fields, context, mark };
  return putUser(stage.deps, ifVersion === undefined ? input : { ...input, ifVersion });
}

const erase = async (userId: string) =>
  eraseUser(stage.deps, { home: home(userId), found: await find(userId), context });
const rows = async () => (await stage.items()).map(({ sk }) => String(sk)).filter((sk) => sk.startsWith('USER#'));
const events = async () => (await stage.items()).filter(({ sk }) => String(sk).startsWith('EVENT#'));

describe('eraseUser', () => {
  it('leaves a tombstone with a version and a time, and nothing to be found by', async () => {
    await put('u-1');
    const before = (await stage.items()).find(({ sk }) => sk === 'STATE');

    const certificate = await erase('u-1');

    const items = await stage.items();
    expect(items.find(({ sk }) => sk === 'STATE')).toEqual({
      pk: before?.['pk'],
      sk: 'STATE',
      schema: 1,
      version: 2,
      erasedAt: stage.clock.now(),
    });
    expect(items.some(({ sk }) => sk === 'PROFILE')).toBe(false);
    expect(await rows()).toEqual([]);
    expect(JSON.stringify(items)).not.toContain('ada@example.com');
    expect(certificate).toMatchObject({ userId: 'u-1', erasedAt: '2030-01-15T12:00:00Z' });
    expect((await events()).map(({ kind }) => kind)).toEqual(['user-created', 'user-erased']);
  });

  it('lets a user be made again, from where the tombstone stopped, with another key', async () => {
    const first = await put('u-1');
    await erase('u-1');

    const again = await put('u-1');

    expect(again).toMatchObject({
      isNew: true,
      state: { version: 3, factors: [] },
      profile: { version: 3, role: 'member' },
    });
    expect(Buffer.from(again.state.wrappedKey).equals(Buffer.from(first.state.wrappedKey))).toBe(false);
    expect((await events()).map(({ sk }) => sk)).toEqual([
      'EVENT#000000000001',
      'EVENT#000000000002',
      'EVENT#000000000003',
    ]);
  });

  it('finds nobody to erase a second time', async () => {
    await put('u-1');

    const results = await Promise.allSettled([erase('u-1'), erase('u-1')]);

    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(erase('u-1')).rejects.toThrow('not-found');
  });

  it('erases wholly, or comes after a change that was first', async () => {
    await put('u-1');

    await Promise.allSettled([erase('u-1'), put('u-1', { ...ada, displayName: 'Zoe' })]);

    const { state, profile } = await find('u-1');
    expect(state === undefined).toBe(profile === undefined);
    expect(await rows()).toHaveLength(state ? 5 : 0);
  });
});
