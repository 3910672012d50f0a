/**
 * Rows of an organization by which users of one status, and those who are locked, are listed without reading the others.
 * They move in the transaction that changes the status, so they are never wrong; a sign-in that changes none writes none.
 */
import { toAttributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';
import { mfaOf, type MfaStatus } from './mfa-status.ts';
import type { UserState } from './user-state.ts';

export const mfaRowPrefix = (status: MfaStatus): string => `USER#MFA#${status}#`;

/** A lock that ended by time stands here until the user's next change: who reads the row judges the lock. */
export const lockRowPrefix = 'USER#LOCK#';

interface Home {
  readonly organizationKey: string;
  readonly userKey: string;
}

function rowsOf({ organizationKey }: Home, state: UserState | undefined): ItemKey[] {
  if (!state) return [];
  const pk = `ORG#${organizationKey}`;
  const status = { pk, sk: `${mfaRowPrefix(mfaOf(state))}${state.userId}` };
  return state.lock ? [status, { pk, sk: `${lockRowPrefix}${state.userId}` }] : [status];
}

/** What has to be written when a user's state becomes another; undefined is a user who is not there. */
export function statusRowWrites(table: string, home: Home, before: UserState | undefined, after: UserState | undefined): Write[] {
  const [old, wanted] = [rowsOf(home, before), rowsOf(home, after)];
  const isIn = (rows: readonly ItemKey[], { sk }: ItemKey): boolean => rows.some((row) => row.sk === sk);
  const item = { userId: after?.userId, userKey: home.userKey };
  return [
    ...wanted
      .filter((row) => !isIn(old, row))
      .map((row): Write => ({ Put: { TableName: table, Item: toAttributes({ ...row, ...item }) } })),
    ...old
      .filter((row) => !isIn(wanted, row))
      .map(({ pk, sk }): Write => ({ Delete: { TableName: table, Key: { pk: { S: pk }, sk: { S: sk } } } })),
  ];
}
