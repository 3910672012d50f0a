/** Where users are listed and looked for: rows of their organization, written with the profile; and who was the first. */
import { toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Table, Write } from '../platform/dynamo/table.ts';
import type { HomeKeys } from '../platform/object-id.ts';
import { organizationItemKey } from '../organizations/organization.ts';
import { fromUserStateItem, isTombstone, readTombstone, userStateKey, type Tombstone } from '../user-state/user-state-item.ts';
import type { UserState } from '../user-state/user-state.ts';
import { fromProfileItem, profileKey, toProfileItem, type Profile } from './profile.ts';
import { searchTexts } from './search-text.ts';

/** What was found of a user by one consistent read. */
export interface FoundUser {
  readonly state?: UserState;
  /** What an erased user left behind. */
  readonly tombstone?: Tombstone;
  readonly profile?: Profile;
  /** Whether the organization has had a user before. */
  readonly hasFirst: boolean;
}

const partitionOf = (organizationKey: string): string => organizationItemKey(organizationKey).pk;

export const userRowPrefix = 'USER#ID#';

/** Held by the first user of an organization, for ever. */
export const firstUserKey = (organizationKey: string): ItemKey => ({
  pk: partitionOf(organizationKey),
  sk: 'FIRST-USER',
});

/** By what is typed into a search: search-text.ts. */
export const textRowPrefix = 'USER#TEXT#';

/** Whom an organization's own notices go to. */
const administratorPrefix = 'USER#ADMIN#';

/** Rows that are searched hold all that the user is found by, so that most that do not match are never read further. */
function rowsOf({ organizationKey, userKey }: HomeKeys, profile: Profile): Attributes[] {
  const pk = partitionOf(organizationKey);
  const { userId, role } = profile;
  const texts = searchTexts(profile);
  return [
    ...(role === 'administrator' ? [{ pk, sk: `${administratorPrefix}${userKey}` }] : []),
    { pk, sk: `${userRowPrefix}${userId}` },
    ...texts.map((text) => ({ pk, sk: `${textRowPrefix}${text}#${userKey}`, text, texts })),
  ].map((row) => toAttributes({ ...row, userId, userKey }));
}

const removeWrite = (table: string, { pk, sk }: Attributes): Write => ({
  Delete: { TableName: table, Key: { pk: pk ?? { S: '' }, sk: sk ?? { S: '' } } },
});

/** The rows that `next` needs and `before` had not, and away with those that it no longer has. */
export function rowWrites(
  table: string,
  home: HomeKeys,
  before: Profile | undefined,
  next: Profile | undefined,
): Write[] {
  const old = before ? rowsOf(home, before) : [];
  const wanted = next ? rowsOf(home, next) : [];
  const isSame = (one: Attributes, other: Attributes): boolean => JSON.stringify(one) === JSON.stringify(other);
  const added = wanted.filter((row) => !old.some((each) => isSame(each, row)));
  const removed = old.filter((row) => !wanted.some((each) => each['sk']?.S === row['sk']?.S));
  return [
    ...added.map((row): Write => ({ Put: { TableName: table, Item: row } })),
    ...removed.map((row) => removeWrite(table, row)),
  ];
}

export function firstUserWrite(table: string, organizationKey: string, userId: string): Write {
  const Item = toAttributes({ ...firstUserKey(organizationKey), userId });
  return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

export function addProfileWrite(table: string, userKey: string, profile: Profile): Write {
  return {
    Put: { TableName: table, Item: toProfileItem(userKey, profile), ConditionExpression: 'attribute_not_exists(pk)' },
  };
}

export function saveProfileWrite(table: string, userKey: string, next: Profile): Write {
  return {
    Put: {
      TableName: table,
      Item: toProfileItem(userKey, next),
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': { N: String(next.version - 1) } },
    },
  };
}

/** Refused when it is not the profile that was read: its rows would stay behind. */
export function removeProfileWrite(table: string, userKey: string, read: Profile): Write {
  const { pk, sk } = profileKey(userKey);
  return {
    Delete: {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': { N: String(read.version) } },
    },
  };
}

/** Refused when it is not the profile that was read: for what rests on its address. */
export function sameProfileWrite(table: string, userKey: string, read: Profile): Write {
  const { pk, sk } = profileKey(userKey);
  return {
    ConditionCheck: {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': { N: String(read.version) } },
    },
  };
}

/** Whatever else the profile says at that moment, this it says too. */
export function markSuspendedWrite(table: string, userKey: string, isSuspended: boolean): Write {
  const { pk, sk } = profileKey(userKey);
  return {
    Update: {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'SET suspended = :is ADD version :one',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':is': { BOOL: isSuspended }, ':one': { N: '1' } },
    },
  };
}

/** Whoever read the code has the mailbox; refused when another address took its place meanwhile. */
export function verifyEmailWrite(table: string, userKey: string, email: string): Write {
  const { pk, sk } = profileKey(userKey);
  return {
    Update: {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: 'SET emailVerified = :is ADD version :one',
      ConditionExpression: 'email = :email',
      ExpressionAttributeValues: { ':is': { BOOL: true }, ':email': { S: email }, ':one': { N: '1' } },
    },
  };
}

/** So many of its administrators, as their profiles are now. */
export async function findAdministrators(table: Table, organizationKey: string, most: number): Promise<Profile[]> {
  const rows = await table.query({ partition: partitionOf(organizationKey), prefix: administratorPrefix, limit: most });
  const keys = rows.items.flatMap((row) => (row['userKey']?.S === undefined ? [] : [profileKey(row['userKey'].S)]));
  if (keys.length === 0) return [];
  const profiles = (await table.read(keys)).flatMap((item) => (item ? [fromProfileItem(item)] : []));
  return profiles.filter(({ role, suspended }) => role === 'administrator' && suspended !== true);
}

export async function findUser(table: Table, home: HomeKeys): Promise<FoundUser> {
  const [stateItem, profileItem, first] = await table.read([
    userStateKey(home.userKey),
    profileKey(home.userKey),
    firstUserKey(home.organizationKey),
  ]);
  const isErased = stateItem !== undefined && isTombstone(stateItem);
  return {
    ...(stateItem && !isErased ? { state: fromUserStateItem(stateItem) } : {}),
    ...(isErased ? { tombstone: readTombstone(stateItem) } : {}),
    ...(profileItem ? { profile: fromProfileItem(profileItem) } : {}),
    hasFirst: first !== undefined,
  };
}
