/** A stage in memory: a key ring, a clock that tests move, seeded randomness, and builders that write real items. */
import { generateKeyPairSync } from 'node:crypto';
import { scopes } from '../../shared/contract/routes.ts';
import { hashClientKey, toClientItem, type Client } from '../../shared/clients/client.ts';
import { newOrganizationKey } from '../../shared/organizations/organization-keys.ts';
import { toOrganizationItem, type Organization } from '../../shared/organizations/organization.ts';
import { makeKeyRing, type KeyRing } from '../../shared/platform/crypto/key-ring.ts';
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';
import { homeKeys, organizationKeyOf, type HomeKeys } from '../../shared/platform/object-id.ts';
import type { Random } from '../../shared/platform/random.ts';
import { toBase32 } from '../../shared/platform/base32.ts';
import { defaultRules } from '../../shared/policy/policy.ts';
import { toUserStateItem } from '../../shared/user-state/user-state-item.ts';
import { schemaVersion, type UserState } from '../../shared/user-state/user-state.ts';
import { toProfileItem, type Profile } from '../../shared/users/profile.ts';
import { newUserKey } from '../../shared/users/user-keys.ts';
import { freshTable, type TestTable } from './database.ts';
import { seededRandom } from './seeded-random.ts';

/** Where every test's clock starts: a whole minute, so that windows and time steps are easy to count. */
export const testStart = Date.UTC(2030, 0, 15, 12, 0, 0);

export interface TestClock {
  now(): number;
  advance(milliseconds: number): void;
}

export function testClock(at = testStart): TestClock {
  let time = at;
  return { now: () => time, advance: (milliseconds) => void (time += milliseconds) };
}

const signingPair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export function testKeyRing(root: Uint8Array = Buffer.alloc(32, 7)): KeyRing {
  const { kty = '', crv = '', x = '', y = '' } = signingPair.publicKey.export({ format: 'jwk' });
  const jwk = { kty, crv, x, y, kid: 'test-key', alg: 'ES256', use: 'sig' };
  const published = [{ kid: 'test-key', publicKey: signingPair.publicKey, jwk }];
  return makeKeyRing(new Map([[1, root]]), { kid: 'test-key', privateKey: signingPair.privateKey }, published);
}

export interface TestUser {
  readonly home: HomeKeys;
  readonly state: UserState;
  readonly profile: Profile;
}

export interface TestClient {
  readonly client: Client;
  /** The key, to send as `Bearer`. */
  readonly key: string;
}

export interface Stage extends TestTable {
  /** What operations take: table, keys, clock, random, pause. */
  readonly deps: {
    table: TestTable['table'];
    keys: KeyRing;
    clock: TestClock;
    random: Random;
    pause(milliseconds: number): Promise<void>;
  };
  readonly keys: KeyRing;
  readonly clock: TestClock;
  put(item: Attributes): Promise<void>;
  makeOrganization(changes?: Partial<Organization>): Promise<Organization>;
  makeUser(organization: Organization, changes?: Partial<UserState>, profile?: Partial<Profile>): Promise<TestUser>;
  makeClient(changes?: Partial<Client>): Promise<TestClient>;
}

export function buildOrganization(keys: KeyRing, random: Random, changes: Partial<Organization> = {}): Organization {
  const organizationId = changes.organizationId ?? 'acme';
  return {
    schema: 1,
    version: 1,
    organizationId,
    name: 'Acme Corporation',
    wrappedKey: newOrganizationKey(keys, organizationId, random),
    ownRules: {},
    rulesSetBy: {},
    policy: { ...defaultRules, version: 1 },
    createdAt: testStart,
    ...changes,
  };
}

export function buildUserState(
  keys: KeyRing,
  random: Random,
  organization: Organization,
  changes: Partial<UserState> = {},
): UserState {
  const userId = changes.userId ?? 'u-1';
  return {
    schema: schemaVersion,
    version: 1,
    organizationId: organization.organizationId,
    userId,
    wrappedKey: newUserKey(keys, organization, userId, random),
    identity: 'local',
    createdAt: testStart,
    lastAt: testStart,
    factors: [],
    challenges: [],
    receipts: [],
    ...changes,
  };
}

export function buildProfile(state: UserState, changes: Partial<Profile> = {}): Profile {
  const { organizationId, userId, identity, createdAt } = state;
  const named = {
    displayName: 'Ada Example',
    email: `${userId}@example.com`,
    emailVerified: true,
    role: 'member',
    locale: 'en',
  } as const;
  return { schema: 1, version: 1, organizationId, userId, identity, createdAt, ...named, ...changes };
}

const base32 = (random: Random, length: number): string =>
  toBase32(random.bytes(length)).toLowerCase().slice(0, length);

function buildClient(keys: KeyRing, random: Random, changes: Partial<Client>): TestClient {
  const clientId = changes.clientId ?? base32(random, 16);
  const keyId = base32(random, 8);
  const key = `cs_test_${clientId}_${keyId}_${base32(random, 52)}`;
  const held = { keyId, hash: hashClientKey(keys, key), createdAt: testStart };
  const own = { name: 'Test portal', scopes, audiences: ['portal', 'vpn'], returnUrls: [], createdAt: testStart };
  return { client: { schema: 1, version: 1, clientId, ...own, keys: [held], ...changes }, key };
}

/** A new table with a new stage in it. */
export async function makeStage(): Promise<Stage> {
  const database = await freshTable();
  const { table } = database;
  const [keys, clock, random] = [testKeyRing(), testClock(), seededRandom()];
  const put = async (item: Attributes): Promise<void> => {
    const { done } = await table.transact([{ Put: { TableName: table.name, Item: item } }]);
    if (!done) throw new Error('an item of a test could not be written');
  };
  return {
    ...database,
    keys,
    clock,
    deps: { table, keys, clock, random, pause: () => Promise.resolve() },
    put,
    makeOrganization: async (changes) => {
      const organization = buildOrganization(keys, random, changes);
      await put(toOrganizationItem(organizationKeyOf(keys, organization.organizationId), organization));
      return organization;
    },
    makeUser: async (organization, changes, profileChanges) => {
      const state = buildUserState(keys, random, organization, changes);
      const profile = buildProfile(state, profileChanges);
      const home = homeKeys(keys, state.organizationId, state.userId);
      await put(toUserStateItem(home.userKey, state));
      await put(toProfileItem(home.userKey, profile));
      return { home, state, profile };
    },
    makeClient: async (changes = {}) => {
      const made = buildClient(keys, random, changes);
      await put(toClientItem(made.client));
      return made;
    },
  };
}
