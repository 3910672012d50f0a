import { beforeEach, describe, expect, it } from 'vitest';
import { decideReset } from '../../../../shared/enrollment/invitations/decide-reset.ts';
import { resetUser } from '../../../../shared/enrollment/invitations/reset-user.ts';
import { fromOrganizationItem, organizationItemKey } from '../../../../shared/organizations/organization.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { fromProfileItem, profileKey } from '../../../../shared/users/profile.ts';
import { eraseUser } from '../../../../shared/users/erase-user.ts';
import { findUser } from '../../../../shared/users/user-store.ts';
import { homeKeys, organizationKeyOf } from '../../../../shared/platform/object-id.ts';
import { minute } from '../../../../shared/platform/clock.ts';
import { removeToken } from '../../../../shared/tokens/remove-token.ts';
import { problemOf } from '../../../support/sign-in-world.ts';
import { makeTokenUser, type TokenUser } from '../../../support/token-user.ts';
import { csvOf, hotpCode, makeTokenWorld, totpCode, type TokenWorld } from '../../../support/token-world.ts';

let world: TokenWorld;
let frank: TokenUser;
let mallory: TokenUser;
beforeEach(async () => {
  world = await makeTokenWorld();
  await world.start(csvOf([1, 2], 'hotp'));
  await world.start(csvOf([11, 12], 'totp'));
  frank = await makeTokenUser(world, 'frank');
  mallory = await makeTokenUser(world, 'mallory');
});

const pair = (number: number, counter: number) => ({ answer: hotpCode(number, counter), nextAnswer: hotpCode(number, counter + 1) });
const ownerOf = async (credentialId: string) => (await world.list({ filters: { credentialId } })).tokens[0]?.owner?.userId;

describe('adding a token', () => {
  it('takes its credential ID and two codes in a row, and approves the sign-in that asked for it', async () => {
    const { challengeId } = await frank.start();
    const added = await frank.add('ab 0001');
    expect(added).toMatchObject({ kind: 'token', status: 'proving', hint: '••••0001', acr: 'otp' });
    expect(JSON.stringify(added)).not.toContain('AB0001');

    expect(await frank.confirm(added['factorId'], pair(1, 3))).toMatchObject({ status: 'active' });

    expect((await frank.state()).challenges.map(({ status }) => status)).toContain('approved');
    expect(challengeId).toMatch(/^chl_/);
    expect(await ownerOf('AB0001')).toBe('frank');
    expect((await frank.factor()).lastStep).toBe(4);
  });

  it.each([
    ['one code', { answer: hotpCode(1, 0) }, 'request-invalid'],
    ['two codes with one between them', { answer: hotpCode(1, 0), nextAnswer: hotpCode(1, 2) }, 'wrong-answer'],
    ['two codes the wrong way round', { answer: hotpCode(1, 1), nextAnswer: hotpCode(1, 0) }, 'wrong-answer'],
    ['one code twice', { answer: hotpCode(1, 0), nextAnswer: hotpCode(1, 0) }, 'wrong-answer'],
    ['codes of another token', pair(2, 0), 'wrong-answer'],
    ['codes beyond the wider window', pair(1, 100), 'wrong-answer'],
  ])('is not done by %s (A64)', async (_what, codes, outcome) => {
    const { factorId } = await frank.add('AB0001');
    const answer = await frank.confirm(factorId, codes).catch((error: unknown) => ({ reason: (error as Error).message }));

    expect(answer).toMatchObject({ reason: outcome });
    expect(await ownerOf('AB0001')).toBeUndefined();
  });

  it('counts wrong codes like every wrong answer', async () => {
    const { factorId } = await frank.add('AB0001');
    for (let tries = 0; tries < 4; tries += 1) await frank.confirm(factorId, pair(2, tries));

    expect(await frank.confirm(factorId, pair(2, 9))).toMatchObject({ reason: 'locked', answersLeft: 0 });
    expect(await problemOf(frank.confirm(factorId, pair(1, 0)))).toBe('user-locked');
  });

  it('answers the same for one that is held, one of another organization, one not yet imported and none', async () => {
    const other = await world.stage.makeOrganization({ organizationId: 'other' });
    await world.start(csvOf([51]), {}, other);
    await world.start(csvOf([61]), { hasMore: true });
    await frank.bindHotp(1);

    const tell = (credentialId: string) => mallory.add(credentialId).then(() => 'added', (error: unknown) => JSON.stringify((error as { toBody(id: string): unknown }).toBody('r')));
    const answers = await Promise.all(['AB0001', 'AB0051', 'AB0061', 'AB9999', '../../x', '='].map(tell));

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('token-unknown');
  });

  it('by two users at once gives the token to one of them', async () => {
    const [one, two] = [await frank.add('AB0001'), await mallory.add('AB0001')];

    const outcomes = await Promise.allSettled([frank.confirm(one['factorId'], pair(1, 0)), mallory.confirm(two['factorId'], pair(1, 0))]);

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { problem: 'token-taken' } });
    const holders = (await Promise.all([frank.state(), mallory.state()])).filter(({ factors }) => factors.some(({ status }) => status === 'active'));
    expect(holders.map(({ userId }) => userId)).toEqual([await ownerOf('AB0001')]);
  });

  it('is forgotten when nobody confirms it, and the token was never anybody else than nobody\'s', async () => {
    const { factorId } = await frank.add('AB0001');
    world.stage.clock.advance(16 * minute);

    expect(await problemOf(frank.confirm(factorId, pair(1, 0)))).toBe('not-found');
    await mallory.bindHotp(1);
    expect(await ownerOf('AB0001')).toBe('mallory');
  });

  it('by a request that comes again is answered as before', async () => {
    const { factorId } = await frank.add('AB0001');
    const first = await frank.confirm(factorId, pair(1, 0), 'once');

    expect(await frank.confirm(factorId, pair(1, 0), 'once')).toEqual(first);
  });
});

describe('signing in with a token', () => {
  it('takes each code once, the next ten counters and no lower one', async () => {
    await frank.bindHotp(1);

    expect(await problemOf(frank.start({ answer: hotpCode(1, 1) }))).toBe('answer-used');
    expect((await frank.start({ answer: hotpCode(1, 0) })).reason).toBe('wrong-answer');
    expect((await frank.start({ answer: hotpCode(1, 11) })).status).toBe('approved');
    expect((await frank.start({ answer: hotpCode(1, 8) })).reason).toBe('wrong-answer');
    expect((await frank.start({ answer: hotpCode(1, 22) })).reason).toBe('wrong-answer');
    expect((await frank.start({ answer: hotpCode(1, 12) })).status).toBe('approved');
  });

  it('by one code sent twice at once approves once', async () => {
    await frank.bindHotp(1);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => frank.start({ answer: hotpCode(1, 2) })));

    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.status === 'approved')).toHaveLength(1);
    expect((await frank.state()).failures).toBeUndefined();
  });

  it('by the clock follows its drift', async () => {
    await frank.bindTotp(11);
    world.stage.clock.advance(10 * minute);
    const now = () => world.stage.clock.now();

    expect((await frank.start({ answer: totpCode(11, now() + 60_000) })).status).toBe('approved');
    expect((await frank.factor()).drift).toBe(2);
    world.stage.clock.advance(10 * minute);
    expect((await frank.start({ answer: totpCode(11, now() + 120_000) })).status).toBe('approved');
    expect((await frank.factor()).drift).toBe(4);
  });

  it('takes none of one that is not confirmed yet', async () => {
    await frank.bindHotp(1);
    const proof = (await frank.start({ answer: hotpCode(1, 2), purpose: 'change-factors' })).result ?? '';
    const { factorId } = await frank.add('AB0011', [proof]);

    expect(await problemOf(frank.start({ answer: totpCode(11, world.stage.clock.now()), factorId: String(factorId) }))).toBe('factor-not-usable');
  });
});

describe('resynchronizing a token', () => {
  it('finds a counter that ran away, once, and uses up both codes', async () => {
    const factorId = await frank.bindHotp(1);
    expect((await frank.start({ answer: hotpCode(1, 60) })).reason).toBe('wrong-answer');

    expect(await frank.resync(factorId, pair(1, 60))).toMatchObject({ status: 'active' });

    expect(await frank.resync(factorId, pair(1, 60))).toMatchObject({ reason: 'wrong-answer' });
    expect(await problemOf(frank.start({ answer: hotpCode(1, 61) }))).toBe('answer-used');
    expect((await frank.start({ answer: hotpCode(1, 60) })).reason).toBe('wrong-answer');
    expect((await frank.state()).failures).toBe(3);
    expect((await frank.start({ answer: hotpCode(1, 62) })).status).toBe('approved');
  });

  it('is for tokens in use only, and not for a locked user', async () => {
    const { factorId } = await frank.add('AB0001');
    expect(await problemOf(frank.resync(factorId, pair(1, 0)))).toBe('factor-not-usable');
    await frank.confirm(factorId, pair(1, 0));
    await frank.setState((state) => ({ ...state, lock: { until: world.stage.clock.now() + minute, reason: 'failures' } }));

    expect(await problemOf(frank.resync(factorId, pair(1, 9)))).toBe('user-locked');
  });
});

describe('a token that is given back', () => {
  const removeBy = async (user: TokenUser, factorId: string, code: string): Promise<void> => {
    const proof = (await user.start({ answer: code, purpose: 'change-factors' })).result ?? '';
    await user.remove(factorId, [proof]);
  };

  it('is in the stock again by the same write, and its codes stay used for whoever has it next (I2)', async () => {
    const factorId = await frank.bindHotp(1, 5);
    await removeBy(frank, factorId, hotpCode(1, 8));

    expect(await ownerOf('AB0001')).toBeUndefined();
    const { factorId: next } = await mallory.add('AB0001');
    expect(await mallory.confirm(next, pair(1, 5))).toMatchObject({ reason: 'wrong-answer' });
    expect(await mallory.confirm(next, pair(1, 8))).toMatchObject({ reason: 'wrong-answer' });
    expect(await mallory.confirm(next, pair(1, 9))).toMatchObject({ status: 'active' });
  });

  it('by the clock keeps its last step and its drift', async () => {
    const factorId = await frank.bindTotp(11);
    world.stage.clock.advance(minute);
    const code = totpCode(11, world.stage.clock.now() + 30_000);
    await removeBy(frank, factorId, code);

    const { factorId: next } = await mallory.add('AB0011');
    const now = world.stage.clock.now();
    expect(await mallory.confirm(next, { answer: code, nextAnswer: totpCode(11, now + 60_000) })).toMatchObject({ reason: 'wrong-answer' });
    expect((await mallory.factor()).drift).toBe(1);
    expect(await mallory.confirm(next, { answer: totpCode(11, now + 60_000), nextAnswer: totpCode(11, now + 90_000) })).toMatchObject({ status: 'active' });
  });

  it('comes back when its user is erased, without the name of the user', async () => {
    await frank.bindHotp(1);
    const home = homeKeys(world.stage.keys, 'acme', 'frank');

    await eraseUser(world.deps, { home, found: await findUser(world.stage.table, home), context: { requestId: 'r', door: 'api' } });

    expect(await ownerOf('AB0001')).toBeUndefined();
    const item = (await world.stage.items()).find(({ credentialId }) => credentialId === 'AB0001');
    expect(JSON.stringify(item)).not.toContain('frank');
    await mallory.bindHotp(1, 2);
    expect(await ownerOf('AB0001')).toBe('mallory');
  });

  it('was never taken by whoever only proposed it', async () => {
    await frank.bindHotp(1);
    const proposed = await mallory.add('AB0002');
    await mallory.remove(proposed['factorId'], []);

    expect([await ownerOf('AB0001'), await ownerOf('AB0002')]).toEqual(['frank', undefined]);
  });

  it('is in the stock again when its holder is reset by an administrator', async () => {
    await frank.bindHotp(1);
    const read = decideReset(await frank.state(), { enrollmentId: new Uint8Array(16), invites: true, reason: 'lost' }, world.stage.clock.now());
    expect('next' in read && read.next.factors).toEqual([]);
    const about = await world.stage.table.read([profileKey(frank.userKey), organizationItemKey(organizationKeyOf(world.stage.keys, 'acme'))]);
    const { client } = await world.stage.makeClient();
    const [profile, organization] = [fromProfileItem(about[0] ?? {}), fromOrganizationItem(about[1] ?? {})];
    const request = { home: homeKeys(world.stage.keys, 'acme', 'frank'), organization, state: await frank.state(), profile, context: { requestId: 'r', door: 'api' } as const, mark: markRequest(world.stage.keys, 'c', 'r', []) };

    await resetUser(frank.deps, request, { reason: 'lost', actor: undefined, client, canMail: true });

    expect(await ownerOf('AB0001')).toBeUndefined();
    expect((await frank.state()).licenses).toEqual(['token']);
  });

  it('leaves the stock only then', async () => {
    const remove = () => removeToken(world.deps, { organizationId: 'acme', credentialId: 'AB0001', context: { requestId: 'r', door: 'api' } });
    const factorId = await frank.bindHotp(1);
    expect(await problemOf(remove())).toBe('token-assigned');
    expect((await world.start(csvOf([1], 'hotp'))).report).toMatchObject([{ problem: 'credential-taken' }]);
    await removeBy(frank, factorId, hotpCode(1, 2));

    await remove();

    expect(await problemOf(frank.add('AB0001'))).toBe('token-unknown');
  });
});
