/** An organization of any number of users in memory, with the rows that the product writes for them: too many for an engine in a unit test. */
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';
import type { Table, Write } from '../../shared/platform/dynamo/table.ts';
import { homeKeys } from '../../shared/platform/object-id.ts';
import { statusRowWrites } from '../../shared/user-state/status-rows.ts';
import { toUserStateItem } from '../../shared/user-state/user-state-item.ts';
import type { UserState } from '../../shared/user-state/user-state.ts';
import { toProfileItem, type Profile } from '../../shared/users/profile.ts';
import { rowWrites } from '../../shared/users/user-store.ts';
import { buildOrganization, buildProfile, buildUserState, testKeyRing } from './stage.ts';
import { seededRandom } from './seeded-random.ts';

export interface ManyUsers {
  readonly table: Table;
  /** Calls and items since it was last asked. */
  takeCost(): { calls: number; items: number };
}

const keys = testKeyRing();
const random = seededRandom();
const organization = buildOrganization(keys, random);
const template = buildUserState(keys, random, organization);
const itemOf = ({ Put }: Write): Attributes[] => (Put?.Item ? [Put.Item] : []);
const sortOf = (item: Attributes): string => item['sk']?.S ?? '';

export function manyUsers(count: number, describe: (number: number) => { state?: Partial<UserState>; profile?: Partial<Profile> }): ManyUsers {
  const rows: Attributes[] = [];
  const users = new Map<string, { state: UserState; profile: Profile }>();
  for (let number = 0; number < count; number += 1) {
    const described = describe(number);
    const userId = `u-${String(number).padStart(7, '0')}`;
    const state = { ...template, userId, ...described.state };
    const profile = buildProfile(state, described.profile);
    const home = homeKeys(keys, organization.organizationId, userId);
    users.set(home.userKey, { state, profile });
    rows.push(...[...rowWrites('t', home, undefined, profile), ...statusRowWrites('t', home, undefined, state)].flatMap(itemOf));
  }
  rows.sort((a, b) => (sortOf(a) < sortOf(b) ? -1 : 1));
  let cost = { calls: 0, items: 0 };
  const counted = (items: number): void => void (cost = { calls: cost.calls + 1, items: cost.items + items });
  /** The first row that does not come before. */
  const seek = (isBefore: (sort: string) => boolean): number => {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(sortOf(rows[middle] ?? {}))) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const table: Table = {
    name: 't',
    read: (wanted) => {
      counted(wanted.length);
      return Promise.resolve(
        wanted.map(({ pk, sk }) => {
          const userKey = pk.slice('USER#'.length);
          const user = users.get(userKey);
          return user && (sk === 'PROFILE' ? toProfileItem(userKey, user.profile) : toUserStateItem(userKey, user.state));
        }),
      );
    },
    query: ({ prefix = '', after, limit }) => {
      const from = after ? seek((sort) => sort <= sortOf(after)) : seek((sort) => sort < prefix);
      const items = rows.slice(from, from + limit).filter((row) => sortOf(row).startsWith(prefix));
      counted(items.length);
      const last = items.at(-1);
      return Promise.resolve({ items, ...(items.length === limit && last ? { last: { pk: last['pk'] ?? { S: '' }, sk: last['sk'] ?? { S: '' } } } : {}) });
    },
    transact: () => Promise.reject(new Error('nothing is written here')),
    update: () => Promise.reject(new Error('nothing is written here')),
  };
  return {
    table,
    takeCost: () => {
      const taken = cost;
      cost = { calls: 0, items: 0 };
      return taken;
    },
  };
}
