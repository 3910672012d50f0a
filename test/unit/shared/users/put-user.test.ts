import { beforeEach, describe, expect, it } from 'vitest';
import type { Organization } from '../../../../shared/organizations/organization.ts';
import { homeKeys } from '../../../../shared/platform/object-id.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { putUser, type UserFields } from '../../../../shared/users/put-user.ts';
import { openUserKey } from '../../../../shared/users/user-keys.ts';
import { findUser } from '../../../../shared/users/user-store.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';

const context = { requestId: 'request-1', door: 'api', clientId: 'client-1' } as const;
const ada = { displayName: 'Ada Example', email: 'ada@example.com', identity: 'local' } as const;

let stage: Stage;
let organization: Organization;
let requests = 0;
beforeEach(async () => {
  stage = await makeStage();
  organization = await stage.makeOrganization();
});

const home = (userId: string) => homeKeys(stage.keys, 'acme', userId);
const find = (userId: string) => findUser(stage.table, home(userId));

async function put(userId: string, fields: UserFields = ada, ifVersion?: number) {
  requests += 1;
  const mark = markRequest(stage.keys, 'client-1', `r/${String(requests)}`, []);
  const input = { organization, home: home(userId), userId, found: await find(userId), fields, context, mark };
  return putUser(stage.deps, ifVersion === undefined ? input : { ...input, ifVersion });
}

const rows = async () => (await stage.items()).map(({ sk }) => String(sk)).filter((sk) => sk.startsWith('USER#'));
const events = async () => (await stage.items()).filter(({ sk }) => String(sk).startsWith('EVENT#'));

describe('putUser', () => {
  it('creates a user with a key of their own, a profile, and rows to be found by', async () => {
    const { state, profile, isNew } = await put('u-1');

    expect(isNew).toBe(true);
    expect(profile).toMatchObject({ ...ada, emailVerified: false, role: 'administrator', locale: 'en' });
    expect(openUserKey(stage.keys, organization, state).export()).toHaveLength(32);
    expect(await find('u-1')).toEqual({
      state: { ...state, wrappedKey: new Uint8Array(state.wrappedKey) },
      profile,
      hasFirst: true,
    });
    const { userKey } = home('u-1');
    expect((await rows()).sort()).toEqual([
      `USER#ADMIN#${userKey}`,
      'USER#ID#u-1',
      'USER#MFA#none#u-1',
      `USER#TEXT#ada example#${userKey}`,
      `USER#TEXT#ada@example.com#${userKey}`,
      `USER#TEXT#example#${userKey}`,
      `USER#TEXT#u-1#${userKey}`,
    ]);
    expect(await events()).toMatchObject([
      { kind: 'user-created', sk: 'EVENT#000000000001', detail: { role: 'administrator' } },
    ]);
  });

  it('makes the first user of an organization its administrator, unless said otherwise', async () => {
    const first = await put('u-1');
    const second = await put('u-2');

    expect([first.profile.role, second.profile.role]).toEqual(['administrator', 'member']);
  });

  it('makes no later user an administrator because the first was said to be a member', async () => {
    const first = await put('u-1', { ...ada, role: 'member' });
    const second = await put('u-2');

    expect([first.profile.role, second.profile.role]).toEqual(['member', 'member']);
  });

  it('makes exactly one administrator of many that come first', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, (_, number) => put(`u-${String(number)}`)));

    expect(made.filter(({ profile }) => profile.role === 'administrator')).toHaveLength(1);
    expect(made.every(({ isNew }) => isNew)).toBe(true);
  });

  it('creates one user, however many ask for the same at once', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => put('u-1')));

    expect(made.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await events()).toHaveLength(1);
  });

  it('changes profile, state and rows together, and tells the user', async () => {
    await put('u-1');

    const { state, profile } = await put('u-1', {
      displayName: 'Ada B. Example',
      email: 'ada@b.example',
      identity: 'sso',
      audiences: ['vpn'],
    });

    expect(state).toMatchObject({ identity: 'sso', audiences: ['vpn'] });
    expect(profile).toMatchObject({
      version: 2,
      email: 'ada@b.example',
      role: 'administrator',
      formerEmail: { address: 'ada@example.com' },
    });
    expect(await find('u-1')).toMatchObject({ state: { version: 2 }, profile });
    expect(await rows()).toHaveLength(8);
    expect((await events()).at(-1)).toMatchObject({
      kind: 'user-changed',
      notice: 'user-changed',
      detail: { changed: ['displayName', 'email', 'identity', 'audiences'] },
    });
  });

  it('takes the verification away from a new address, and the limit on audiences for null', async () => {
    await put('u-1', { ...ada, emailVerified: true, audiences: ['vpn'] });

    const kept = await put('u-1', { ...ada, displayName: 'Ada' });
    const moved = await put('u-1', { ...ada, email: 'other@example.com', audiences: null });

    expect(kept.profile).toMatchObject({ emailVerified: true, audiences: ['vpn'] });
    expect(moved.profile.emailVerified).toBe(false);
    expect(moved.profile.audiences).toBeUndefined();
    expect(moved.state.audiences).toBeUndefined();
  });

  it('goes on telling the first address when the address is moved twice', async () => {
    await put('u-1');
    await put('u-1', { ...ada, email: 'second@example.com' });

    const { profile } = await put('u-1', { ...ada, email: 'third@example.com' });

    expect(profile).toMatchObject({ email: 'third@example.com', formerEmail: { address: 'ada@example.com' } });
  });

  it('writes nothing when nothing changes', async () => {
    await put('u-1');

    const again = await put('u-1');

    expect(again).toMatchObject({ isNew: false, state: { version: 1 }, profile: { version: 1 } });
    expect(await events()).toHaveLength(1);
  });

  it('refuses a change of what somebody else has changed since, and only then', async () => {
    await put('u-1');
    await put('u-1', { ...ada, displayName: 'Ada' }, 1);

    await expect(put('u-1', { ...ada, displayName: 'A.' }, 1)).rejects.toThrow('version-mismatch');
    await expect(put('u-2', ada, 1)).rejects.toThrow('version-mismatch');
  });

  it('lets no row of an old name stay behind, however many rename at once', async () => {
    await put('u-1');

    await Promise.all(['Anna', 'Berta', 'Carla', 'Dora'].map((displayName) => put('u-1', { ...ada, displayName })));

    const { profile } = await find('u-1');
    expect((await rows()).filter((sk) => /^USER#TEXT#(?!ada@|u-1)/.test(sk))).toEqual([
      `USER#TEXT#${String(profile?.displayName.toLowerCase())}#${home('u-1').userKey}`,
    ]);
    expect(profile?.version).toBe(5);
  });
});
