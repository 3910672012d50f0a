import { beforeAll, describe, expect, it } from 'vitest';
import { hour } from '../../../../shared/platform/clock.ts';
import { organizationKeyOf } from '../../../../shared/platform/object-id.ts';
import { statusRowWrites } from '../../../../shared/user-state/status-rows.ts';
import { toUserStateItem } from '../../../../shared/user-state/user-state-item.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { homeKeys } from '../../../../shared/platform/object-id.ts';
import { listUsers, type UserFilters } from '../../../../shared/users/list-users.ts';
import { putUser } from '../../../../shared/users/put-user.ts';
import { makeStage, testStart, type Stage } from '../../../support/stage.ts';

const ids = Array.from({ length: 25 }, (_, number) => `u-${String(number).padStart(2, '0')}`);

let stage: Stage;
let organizationKey: string;
beforeAll(async () => {
  stage = await makeStage();
  const organization = await stage.makeOrganization();
  organizationKey = organizationKeyOf(stage.keys, 'acme');
  for (const userId of ids) {
    const fields = { displayName: `Person ${userId}`, email: `${userId}@example.com`, identity: 'local' } as const;
    const mark = markRequest(stage.keys, 'client', userId, []);
    const home = homeKeys(stage.keys, 'acme', userId);
    const { state } = await putUser(stage.deps, {
      organization,
      home,
      userId,
      found: { hasFirst: true },
      fields,
      context: { requestId: 'r', door: 'api' },
      mark,
    });
    if (userId === 'u-07') {
      const locked = { ...state, lock: { until: testStart + hour, reason: 'failures' } } as const;
      await stage.table.transact([
        { Put: { TableName: stage.table.name, Item: toUserStateItem(home.userKey, locked) } },
        ...statusRowWrites(stage.table.name, home, state, locked),
      ]);
    }
  }
  await stage.makeUser(await stage.makeOrganization({ organizationId: 'other' }), { userId: 'foreign' });
});

async function list(filters: UserFilters = {}, limit = 50) {
  const found: string[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await listUsers(stage.deps, {
      organizationKey,
      filters,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.users.map(({ userId }) => userId));
    pages += 1;
    ({ cursor } = page);
  } while (cursor !== undefined);
  return { found, pages };
}

describe('listUsers', () => {
  it('lists every user once, in the order of their ids, whatever the size of a page', async () => {
    for (const limit of [1, 7, 50]) expect((await list({}, limit)).found).toEqual(ids);
  });

  it('shows no factors and no numbers', async () => {
    const { users } = await listUsers(stage.deps, { organizationKey, filters: {}, limit: 1 });

    expect(users).toEqual([
      {
        userId: 'u-00',
        organizationId: 'acme',
        displayName: 'Person u-00',
        email: 'u-00@example.com',
        emailVerified: false,
        role: 'member',
        identity: 'local',
        locale: 'en',
        mfa: 'none',
        suspended: false,
        createdAt: '2030-01-15T12:00:00Z',
      },
    ]);
  });

  it('finds by the beginnings of id, words of the name or address, in any case, each user once', async () => {
    expect((await list({ query: 'PERSON u-1' }, 3)).found).toEqual(ids.filter((id) => id.startsWith('u-1')));
    expect((await list({ query: 'u-03@EX' })).found).toEqual(['u-03']);
    expect((await list({ query: 'erson' })).found).toEqual([]);
    expect((await list({ query: 'person nobody' })).found).toEqual([]);
    expect((await list({ query: '\u0301' })).found).toEqual([]);
  });

  it('finds those who are locked', async () => {
    expect((await list({ lock: true }, 4)).found).toEqual(['u-07']);
    expect((await list({ lock: false, mfa: 'none' })).found).toHaveLength(24);
    expect((await list({ lock: true, mfa: 'active' })).found).toEqual([]);
    expect((await list({ lock: true, mfa: 'none', query: 'person' })).found).toEqual(['u-07']);
    expect((await list({ lock: true, query: 'u-08' })).found).toEqual([]);
  });

  it('does not show one whose lock has ended by time, though the row is still there', async () => {
    const later = { ...stage.deps, clock: { now: () => testStart + 2 * hour } };

    expect(await listUsers(later, { organizationKey, filters: { lock: true }, limit: 5 })).toEqual({ users: [] });
  });

  it('refuses a cursor of another organization, of other filters, or of its own making', async () => {
    const { cursor = '' } = await listUsers(stage.deps, { organizationKey, filters: {}, limit: 2 });
    const ask = (changes: object) =>
      listUsers(stage.deps, { organizationKey, filters: {}, limit: 2, cursor, ...changes });

    await expect(ask({})).resolves.toMatchObject({ users: [{ userId: 'u-02' }, { userId: 'u-03' }] });
    await expect(ask({ organizationKey: organizationKeyOf(stage.keys, 'other') })).rejects.toThrow('cursor-invalid');
    await expect(ask({ filters: { lock: true } })).rejects.toThrow('cursor-invalid');
    for (const bad of ['', 'x', 'A'.repeat(5000), `${cursor.slice(0, -2)}AA`]) {
      await expect(ask({ cursor: bad })).rejects.toThrow('cursor-invalid');
    }
  });
});
