/** Every user of an organization in the order of their ids, a hundred states at a time: for reports, which decide nothing. */
import { organizationItemKey } from '../organizations/organization.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { Table } from '../platform/dynamo/table.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import type { UserState } from '../user-state/user-state.ts';
import { userRowPrefix } from './user-store.ts';

export interface ListedUser {
  readonly userKey: string;
  readonly state: UserState;
}

export interface UserBatch {
  readonly users: readonly ListedUser[];
  /** Where the next begins. */
  readonly last?: Attributes;
}

const perRead = 100;
const rowsPerQuery = 800;

async function readStates(table: Table, userKeys: readonly string[]): Promise<ListedUser[]> {
  if (userKeys.length === 0) return [];
  const items = await table.read(userKeys.map(userStateKey));
  return userKeys.flatMap((userKey, position) => {
    const item = items[position];
    return item && !isTombstone(item) ? [{ userKey, state: fromUserStateItem(item) }] : [];
  });
}

/** The rows of one query; their states are read side by side. */
export async function readUserBatch(table: Table, organizationKey: string, after: Attributes | undefined): Promise<UserBatch> {
  const partition = organizationItemKey(organizationKey).pk;
  const { items, last } = await table.query({ partition, prefix: userRowPrefix, after, limit: rowsPerQuery });
  const userKeys = items.flatMap((row) => row['userKey']?.S ?? []);
  const parts = Array.from({ length: Math.ceil(userKeys.length / perRead) }, (_, part) => userKeys.slice(part * perRead, (part + 1) * perRead));
  const users = (await Promise.all(parts.map((part) => readStates(table, part)))).flat();
  return { users, ...(last ? { last } : {}) };
}
