/** Creates a user, or changes one. The first of an organization is its administrator unless said otherwise. */
import type { Organization } from '../organizations/organization.ts';
import type { HomeKeys } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { commit, type CommitDependencies } from '../user-state/commit.ts';
import { eventWrites, type RequestContext } from '../user-state/event-item.ts';
import type { RequestMark } from '../user-state/receipts.ts';
import { statusRowWrites } from '../user-state/status-rows.ts';
import { toUserStateItem } from '../user-state/user-state-item.ts';
import { schemaVersion, type UserState } from '../user-state/user-state.ts';
import { changedNames, changedProfile, type UserFields } from './changed-profile.ts';
import { decideChangeUser } from './decide-change-user.ts';
import type { Profile } from './profile.ts';
import { newUserKey } from './user-keys.ts';
import {
  addProfileWrite,
  findUser,
  firstUserWrite,
  rowWrites,
  saveProfileWrite,
  type FoundUser,
} from './user-store.ts';

export type { UserFields } from './changed-profile.ts';

export interface PutUserInput {
  readonly organization: Organization;
  readonly home: HomeKeys;
  readonly userId: string;
  readonly found: FoundUser;
  readonly fields: UserFields;
  readonly context: RequestContext;
  readonly mark: RequestMark;
  /** The version of the profile that the caller has seen. */
  readonly ifVersion?: number;
}

export interface PutUserResult {
  readonly state: UserState;
  readonly profile: Profile;
  readonly isNew: boolean;
}

const mostTries = 12;

function newProfile({ organization, userId, fields, found }: PutUserInput, version: number, now: number): Profile {
  const { displayName, email, emailVerified = false, role, identity, locale = 'en', audiences } = fields;
  return {
    schema: 1,
    version,
    organizationId: organization.organizationId,
    userId,
    displayName,
    email,
    emailVerified,
    role: role ?? (found.hasFirst ? 'member' : 'administrator'),
    identity,
    locale,
    ...(audiences ? { audiences } : {}),
    createdAt: now,
  };
}

function newState({ organization, userId, found }: PutUserInput, profile: Profile, wrappedKey: Uint8Array): UserState {
  const { identity, audiences, createdAt, version } = profile;
  return {
    schema: schemaVersion,
    version,
    organizationId: organization.organizationId,
    userId,
    wrappedKey,
    identity,
    createdAt,
    lastAt: createdAt,
    ...(audiences ? { audiences } : {}),
    ...(found.tombstone?.invitedOnly ? { invitedOnly: true as const } : {}),
    factors: [],
    challenges: [],
    receipts: [],
  };
}

async function create(deps: CommitDependencies, input: PutUserInput): Promise<PutUserResult | 'again'> {
  const { organization, home, userId, found, context } = input;
  if (input.ifVersion !== undefined) throw new Problem('version-mismatch');
  const { name } = deps.table;
  const now = deps.clock.now();
  const left = found.tombstone?.version;
  const profile = newProfile(input, (left ?? 0) + 1, now);
  const state = newState(input, profile, newUserKey(deps.keys, organization, userId, deps.random));
  const eventHome = { ...home, organizationId: organization.organizationId, userId };
  const event = {
    kind: 'user-created',
    detail: { role: profile.role, identity: profile.identity, audiences: profile.audiences },
  };
  const { done } = await deps.table.transact([
    {
      Put: {
        TableName: name,
        Item: toUserStateItem(home.userKey, state),
        ConditionExpression:
          left === undefined ? 'attribute_not_exists(pk)' : 'version = :left AND attribute_exists(erasedAt)',
        ...(left === undefined ? {} : { ExpressionAttributeValues: { ':left': { N: String(left) } } }),
      },
    },
    addProfileWrite(name, home.userKey, profile),
    ...rowWrites(name, home, undefined, profile),
    ...statusRowWrites(name, home, undefined, state),
    ...(found.hasFirst ? [] : [firstUserWrite(name, home.organizationKey, userId)]),
    ...eventWrites(name, eventHome, state.version, [event], context, now),
  ]);
  return done ? { state, profile, isNew: true } : 'again';
}

/** Nothing that a caller hears of: whoever named no version means whichever there is, so it is read and tried again. */
const profileRaced = new Error('the profile was changed in between');

async function change(
  deps: CommitDependencies,
  input: PutUserInput,
  state: UserState,
  read: Profile,
): Promise<PutUserResult> {
  if (input.ifVersion !== undefined && input.ifVersion !== read.version) throw new Problem('version-mismatch');
  const { home, context, mark } = input;
  const { name } = deps.table;
  const next = { ...changedProfile(read, input.fields, deps.clock.now()), version: read.version + 1 };
  const changed = changedNames(read, next);
  if (changed.length === 0) return { state, profile: read, isNew: false };
  const { identity, audiences, role } = next;
  const committed = await commit(deps, {
    home,
    state,
    context,
    mark,
    decide: (found, now) => decideChangeUser(found, { identity, audiences, changed, role }, now),
    recall: () => 'changed',
    also: () => [saveProfileWrite(name, home.userKey, next), ...rowWrites(name, home, read, next)],
    refused: () => {
      throw input.ifVersion === undefined ? profileRaced : new Problem('version-mismatch');
    },
  });
  return { state: committed.state, profile: next, isNew: false };
}

/** Profile, state, rows and event in one transaction: none is ever there without the others. */
export async function putUser(deps: CommitDependencies, input: PutUserInput): Promise<PutUserResult> {
  let { found } = input;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { state, profile } = found;
    try {
      const result =
        state && profile ? await change(deps, input, state, profile) : await create(deps, { ...input, found });
      if (result !== 'again') return result;
    } catch (error) {
      if (error !== profileRaced) throw error;
    }
    await deps.pause(deps.random.integer(20 * (tries + 1)));
    found = await findUser(deps.table, input.home);
  }
  throw new Problem('unavailable', { retryAfterSeconds: 1 });
}
