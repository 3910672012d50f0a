/** The users of an organization, page by page, in the order of their ids; filters look at what was read. */
import type { Clock } from '../platform/clock.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { Table } from '../platform/dynamo/table.ts';
import { organizationItemKey } from '../organizations/organization.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import { fromProfileItem, profileKey } from './profile.ts';
import { userRowPrefix } from './user-store.ts';
import { summarizeUser, type MfaStatus, type UserSummary } from './user-view.ts';

export interface ListUsersDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

export interface UserFilters {
  /** Found in the id, the name or the address, in any case. */
  readonly query?: string;
  readonly mfa?: MfaStatus;
  readonly lock?: boolean;
}

export interface ListUsersInput {
  readonly organizationKey: string;
  readonly filters: UserFilters;
  readonly cursor?: string;
  readonly limit: number;
}

export interface UserPage {
  readonly users: readonly UserSummary[];
  readonly cursor?: string;
}

/** A filtered page may be short, even empty, while there is more: so many are looked at for one answer. */
const mostPages = 10;

function matches(user: UserSummary, { query, mfa, lock }: UserFilters): boolean {
  const wanted = query?.normalize('NFKC').toLowerCase();
  const texts = [user.userId, user.displayName, user.email].map((text) => text.normalize('NFKC').toLowerCase());
  return (
    (wanted === undefined || texts.some((text) => text.includes(wanted))) &&
    (mfa === undefined || user.mfa === mfa) &&
    (lock === undefined || (user.lock !== undefined) === lock)
  );
}

async function readUsers(deps: ListUsersDependencies, userKeys: readonly string[]): Promise<UserSummary[]> {
  if (userKeys.length === 0) return [];
  const items = await deps.table.read(userKeys.flatMap((key) => [profileKey(key), userStateKey(key)]));
  return userKeys.flatMap((_, position) => {
    const [profile, state] = [items[2 * position], items[2 * position + 1]];
    // Erased between the row and the item: no longer there.
    if (!profile || !state || isTombstone(state)) return [];
    return [summarizeUser(fromProfileItem(profile), fromUserStateItem(state), deps.clock.now())];
  });
}

export async function listUsers(deps: ListUsersDependencies, input: ListUsersInput): Promise<UserPage> {
  const { organizationKey, filters, limit } = input;
  const list = ['users', organizationKey, JSON.stringify([filters.query, filters.mfa, filters.lock])];
  const partition = organizationItemKey(organizationKey).pk;
  const users: UserSummary[] = [];
  let after: Attributes | undefined = readCursor(deps.keys, list, input.cursor);
  for (let page = 0; page < mostPages && users.length < limit; page += 1) {
    const rows = await deps.table.query({ partition, prefix: userRowPrefix, after, limit: limit - users.length });
    const found = await readUsers(
      deps,
      rows.items.flatMap((row) => row['userKey']?.S ?? []),
    );
    users.push(...found.filter((user) => matches(user, filters)));
    after = rows.last;
    if (!after) break;
  }
  return { users, ...(after ? { cursor: writeCursor(deps.keys, list, after) } : {}) };
}
