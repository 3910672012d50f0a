import { describe, expect, it } from 'vitest';
import { hour } from '../../../../shared/platform/clock.ts';
import { organizationKeyOf } from '../../../../shared/platform/object-id.ts';
import { listUsers, type UserFilters } from '../../../../shared/users/list-users.ts';
import { manyUsers, type ManyUsers } from '../../../support/many-users.ts';
import { testClock, testKeyRing, testStart } from '../../../support/stage.ts';

/** All alike but one near the end. */
const withOne = (count: number): ManyUsers =>
  manyUsers(count, (number) =>
    number === count - 7
      ? { state: { lock: { until: testStart + hour, reason: 'failures' } }, profile: { displayName: 'Zoë Person' } }
      : { profile: { displayName: `Person Ordinary ${String(number)}` } },
  );

const [few, many] = [withOne(1_000), withOne(100_000)];
const keys = testKeyRing();

async function page({ table, takeCost }: ManyUsers, filters: UserFilters) {
  const deps = { table, keys, clock: testClock() };
  const { users } = await listUsers(deps, { organizationKey: organizationKeyOf(keys, 'acme'), filters, limit: 50 });
  return { ...takeCost(), found: users.length };
}

describe('listing users', () => {
  it.each([
    [{}],
    [{ query: 'person' }],
    [{ query: 'zoe' }],
    [{ query: 'zoe person' }],
    [{ query: 'person', lock: true }],
    [{ query: 'person ordinary', mfa: 'none' }],
    [{ query: 'ordinary', mfa: 'active' }],
    [{ query: 'nobody' }],
    [{ mfa: 'none', lock: true }],
    [{ mfa: 'none', lock: false }],
  ] satisfies [UserFilters][])('reads no more for a page of 100,000 users than of 1,000: %j', async (filters) => {
    const large = await page(many, filters);

    expect(large).toEqual(await page(few, filters));
    expect(large.calls).toBeLessThanOrEqual(6);
    expect(large.items).toBeLessThanOrEqual(900);
  });

  it.each([[{ query: 'zoe person' }], [{ query: 'person', lock: true }], [{ mfa: 'none', lock: true }]] satisfies [UserFilters][])(
    'finds one among them on the first page: %j',
    async (filters) => {
      expect(await page(many, filters)).toMatchObject({ found: 1 });
    },
  );

  it('finds by words that all have and one that only one has, whatever their order', async () => {
    const { table, takeCost } = many;
    const filters = { query: '99999 ordinary per', lock: false };
    const answer = await listUsers({ table, keys, clock: testClock() }, { organizationKey: organizationKeyOf(keys, 'acme'), filters, limit: 50 });

    expect(answer.users.map(({ userId }) => userId)).toEqual(['u-0099999']);
    expect(takeCost().calls).toBeLessThanOrEqual(6);
  });
});
