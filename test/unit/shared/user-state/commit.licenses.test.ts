import { beforeEach, describe, expect, it } from 'vitest';
import { commit, type Change } from '../../../../shared/user-state/commit.ts';
import type { Decision } from '../../../../shared/user-state/decision.ts';
import type { Factor, FactorStatus } from '../../../../shared/user-state/factor.ts';
import { heldLicenses, releaseLicense, reserveLicense } from '../../../../shared/user-state/held-licenses.ts';
import { licenseItemKey, type LicenseItem } from '../../../../shared/user-state/license-count.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { fromUserStateItem, userStateKey } from '../../../../shared/user-state/user-state-item.ts';
import type { UserState } from '../../../../shared/user-state/user-state.ts';
import { eraseUser } from '../../../../shared/users/erase-user.ts';
import { findUser } from '../../../../shared/users/user-store.ts';
import type { Organization } from '../../../../shared/organizations/organization.ts';
import { makeStage, type Stage, type TestUser } from '../../../support/stage.ts';

let stage: Stage;
let organization: Organization;
beforeEach(async () => {
  stage = await makeStage();
  organization = await stage.makeOrganization();
});

const read = async ({ home }: TestUser) => fromUserStateItem((await stage.table.read([userStateKey(home.userKey)]))[0] ?? {});
const count = async (user: TestUser, item: LicenseItem = 'phone') => (await stage.table.read([licenseItemKey(user.home.organizationKey, item)]))[0];
const used = async (user: TestUser, item?: LicenseItem) => Number((await count(user, item))?.['used']?.N ?? 0);
const people = async (number: number): Promise<TestUser[]> => {
  const made: TestUser[] = [];
  for (let each = 0; each < number; each += 1) made.push(await stage.makeUser(organization, { userId: `u-${String(each)}` }));
  return made;
};
const buy = async (user: TestUser, limit: number, already = 0) =>
  stage.put({ ...Object.fromEntries(Object.entries(licenseItemKey(user.home.organizationKey, 'phone')).map(([name, value]) => [name, { S: value }])), limit: { N: String(limit) }, used: { N: String(already) } });

let requests = 0;
async function change(user: TestUser, next: (state: UserState) => UserState): Promise<Change<undefined>> {
  requests += 1;
  const requestId = `r-${String(requests)}`;
  const decide = (state: UserState, now: number): Decision<undefined> => ({
    outcome: undefined, next: { ...next(state), lastAt: now }, events: [{ kind: 'changed' }], receipt: { outcome: 'changed', about: new Uint8Array(16) },
  });
  return { home: user.home, state: await read(user), context: { requestId, door: 'api' }, mark: markRequest(stage.keys, 'client', requestId, []), decide, recall: () => undefined };
}
const act = async (user: TestUser, next: (state: UserState) => UserState) => commit(stage.deps, await change(user, next));
const telephone = (status: FactorStatus) => (state: UserState): UserState =>
  ({ ...state, factors: [{ id: new Uint8Array(8).fill(1), kind: 'phone', status, createdAt: state.lastAt, method: 'call', numbers: [] } satisfies Factor] });
const none = (state: UserState): UserState => ({ ...state, factors: [] });

describe('the count of licenses', () => {
  it('goes up when a telephone is confirmed, down when it is removed, and not in between', async () => {
    const [user] = (await people(1)) as [TestUser];
    const seen: number[] = [];

    for (const step of [telephone('proving'), telephone('active'), telephone('inactive'), telephone('active'), none]) {
      await act(user, step);
      seen.push(await used(user));
    }

    expect(seen).toEqual([0, 1, 1, 1, 0]);
  });

  it('counts a reservation once, and keeps the license when the telephone takes its place', async () => {
    const [user] = (await people(1)) as [TestUser];
    await buy(user, 1);

    await act(user, (state) => reserveLicense(state, 'phone'));
    await act(user, telephone('active'));
    await act(user, (state) => releaseLicense(state, 'phone'));
    expect(await used(user)).toBe(1);
    await act(user, none);

    expect(await used(user)).toBe(0);
  });

  it('refuses the one too many, whether reserved, confirmed or only begun, and says how many there are', async () => {
    const [first, second] = (await people(2)) as [TestUser, TestUser];
    await buy(first, 1);
    await act(first, telephone('active'));

    for (const step of [(state: UserState) => reserveLicense(state, 'phone'), telephone('active'), telephone('proving')]) {
      await expect(act(second, step)).rejects.toMatchObject({ problem: 'no-license', members: { detail: 'No license for "phone" is free: 1 bought, 1 used.' } });
    }

    expect(await used(first)).toBe(1);
    expect(heldLicenses(await read(second))).toEqual([]);
    expect((await stage.items()).filter(({ kind }) => kind === 'refused-no-license')).toMatchObject([{ times: 3, userId: 'u-1' }]);
  });

  it('lets people of an organization that never ordered set up their own, and refuses to reserve for them', async () => {
    const [user] = (await people(1)) as [TestUser];

    await expect(act(user, (state) => reserveLicense(state, 'phone'))).rejects.toMatchObject({ problem: 'no-license' });
    await act(user, telephone('active'));

    expect(await used(user)).toBe(1);
  });

  it('is given back by erasing, and by nothing twice', async () => {
    const [user] = (await people(1)) as [TestUser];
    await buy(user, 2);
    await act(user, (state) => reserveLicense(telephone('active')(state), 'token')).catch(() => undefined);
    await act(user, telephone('active'));
    const input = { home: user.home, context: { requestId: 'erase', door: 'api' } } as const;

    await eraseUser(stage.deps, { ...input, found: await findUser(stage.table, user.home) });
    await expect(eraseUser(stage.deps, { ...input, found: await findUser(stage.table, user.home) })).rejects.toMatchObject({ problem: 'not-found' });

    expect(await used(user)).toBe(0);
  });

  it('is exact when many people race for a few', async () => {
    const users = await people(12);
    const [one] = users as [TestUser];
    await buy(one, 5);
    const changes = await Promise.all(users.map((user) => change(user, telephone('active'))));

    const done = await Promise.allSettled(changes.map((each) => commit(stage.deps, each)));

    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(done.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Error).message] : []))).toEqual(Array(7).fill('no-license'));
    expect(await used(one)).toBe(5);
  });
});
