import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Organization } from '../../../../shared/organizations/organization.ts';
import { askBySoap } from '../../../../shared/tokens/vip/ask-by-soap.ts';
import { putVipAccount, removeVipAccount } from '../../../../shared/tokens/vip/vip-account.ts';
import type { VipAccount, VipCredentials } from '../../../../shared/tokens/vip/vip-credentials.ts';
import { minute } from '../../../../shared/platform/clock.ts';
import { Problem } from '../../../../shared/platform/problems/problem.ts';
import { problemOf } from '../../../support/sign-in-world.ts';
import { makeTokenUser, type TokenUser } from '../../../support/token-user.ts';
import { makeTokenWorld, type TokenWorld } from '../../../support/token-world.ts';
import { makeAuthority, startVipStandIn, type Authority, type VipStandIn } from '../../../support/vip-stand-in.ts';

let authority: Authority;
let account: VipAccount;
let standIn: VipStandIn;
let world: TokenWorld;
let vip: VipCredentials;
let frank: TokenUser;
const context = { requestId: 'r', door: 'api' } as const;

beforeAll(() => {
  authority = makeAuthority();
  account = authority.issue('acme');
});
beforeEach(async () => {
  standIn = await startVipStandIn(authority, ['acme']);
  world = await makeTokenWorld();
  vip = askBySoap(world.deps.random, { address: standIn.address, authority: authority.certificate });
  await putVipAccount(world.deps, world.acme, account, context);
  frank = await makeTokenUser(world, 'frank', world.acme, vip);
  return () => standIn.stop();
});
afterAll(() => standIn.stop().catch(() => undefined));

const id = 'VSHM12345678';
const pair = (credentialId = id, step = 0) => ({ answer: standIn.code(credentialId, step), nextAnswer: standIn.code(credentialId, step + 1) });
async function bind(user: TokenUser, credentialId = id, step = 0): Promise<string> {
  const { factorId } = await user.add(credentialId);
  await user.confirm(factorId, pair(credentialId, step));
  return String(factorId);
}

describe('a credential of Symantec VIP (against a stand-in, not the vendor)', () => {
  it('is a token like any other: bound by two codes, used once each', async () => {
    const added = await frank.add('vshm 1234 5678');
    expect(added).toMatchObject({ kind: 'token', status: 'proving', hint: '••••5678', acr: 'otp' });
    expect(await frank.confirm(added['factorId'], pair())).toMatchObject({ status: 'active' });

    expect((await frank.start({ answer: standIn.code(id, 2) })).status).toBe('approved');
    expect((await frank.start({ answer: standIn.code(id, 2) })).reason).toBe('wrong-answer');
    expect((await frank.state()).failures).toBe(1);
  });

  it.each([
    ['one code twice', () => ({ answer: standIn.code(id), nextAnswer: standIn.code(id) })],
    ['a wrong one and a right one', () => ({ answer: '000000', nextAnswer: standIn.code(id) })],
    ['a right one and a wrong one', () => ({ answer: standIn.code(id), nextAnswer: '000000' })],
    ['the later one first', () => ({ answer: standIn.code(id, 1), nextAnswer: standIn.code(id) })],
    ['what is no code', () => ({ answer: standIn.code(id), nextAnswer: 'abcdef' })],
  ])('is not bound by %s', async (_what, codes) => {
    const { factorId } = await frank.add(id);

    expect(await frank.confirm(factorId, codes())).toMatchObject({ status: 'proving', reason: 'wrong-answer', answersLeft: 4 });
  });

  it('is one person\'s in the whole installation, and free again when it was removed', async () => {
    const other = await world.stage.makeOrganization({ organizationId: 'other' });
    await putVipAccount(world.deps, other, account, context);
    const mallory = await makeTokenUser(world, 'mallory', other, vip);
    const factorId = await bind(frank);

    const named = await mallory.add(id);
    standIn.asked.length = 0;
    expect(await mallory.confirm(named['factorId'], pair(id, 2))).toMatchObject({ reason: 'wrong-answer' });
    expect(standIn.asked).toEqual([]);
    const proof = (await frank.start({ answer: standIn.code(id, 4), purpose: 'change-factors' })).result ?? '';
    await frank.remove(factorId, [proof]);
    standIn.asked.length = 0;
    const { factorId: own } = await mallory.add(id);
    expect(await mallory.confirm(own, { answer: standIn.code(id, 4), nextAnswer: standIn.code(id, 5) })).toMatchObject({ reason: 'wrong-answer' });
    expect(standIn.asked).toEqual([`acme ${id}`]);
  });

  it('is refused to a colleague of its holder like one of the stock, and never put to VIP for them (A64)', async () => {
    const mallory = await makeTokenUser(world, 'mallory', world.acme, vip);
    const { factorId } = await mallory.add(id);
    await bind(frank);
    standIn.asked.length = 0;

    expect(await mallory.confirm(factorId, pair(id, 2))).toMatchObject({ reason: 'wrong-answer' });
    expect(await problemOf(mallory.add(id))).toBe('token-unknown');
    expect(standIn.asked).toEqual([]);
  });

  it('approves once by one code, even were VIP to call it right twice', async () => {
    await bind(frank);
    const gullible = { isRight: () => Promise.resolve(true) };
    Object.assign(frank.deps, { vip: gullible });

    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => frank.start({ answer: '424242' })));

    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.status === 'approved')).toHaveLength(1);
    expect(await problemOf(frank.start({ answer: '424242' }))).toBe('answer-used');
  });

  it('puts no more codes of a burst to VIP than may still be wrong (I3)', async () => {
    await bind(frank);
    standIn.asked.length = 0;
    const guesses = Array.from({ length: 30 }, (_, number) => String(700_000 + number));

    const outcomes = await Promise.all(guesses.map((answer) => frank.start({ answer }).then(({ status, reason }) => reason ?? status, (error: unknown) => (error as { problem: string }).problem)));

    expect(standIn.asked.length).toBeLessThanOrEqual(5);
    expect(outcomes.filter((outcome) => outcome === 'wrong-answer').length).toBeLessThanOrEqual(5);
  });

  it('counts what VIP never answered for a few seconds only', async () => {
    await bind(frank);
    Object.assign(frank.deps, { vip: { isRight: () => Promise.reject(new Problem('unavailable')) } });
    for (let tries = 0; tries < 5; tries += 1) expect(await problemOf(frank.start({ answer: '424242' }))).toBe('unavailable');

    expect(await problemOf(frank.start({ answer: '424242' }))).toBe('too-many-challenges');
    world.stage.clock.advance(16_000);
    Object.assign(frank.deps, { vip });
    expect((await frank.start({ answer: standIn.code(id, 2) })).status).toBe('approved');
    expect((await frank.state()).failures).toBeUndefined();
  });

  it('confirms nothing, and counts nothing, while VIP cannot be heard', async () => {
    await bind(frank);
    const { challengeId } = await frank.start();
    standIn.trouble = (response) => void response.writeHead(503).end();

    expect(await problemOf(frank.start({ answer: standIn.code(id, 2) }))).toBe('unavailable');
    expect((await frank.state()).failures).toBeUndefined();
    expect(challengeId).toMatch(/^chl_/);
    standIn.trouble = undefined;
    expect((await frank.start({ answer: standIn.code(id, 2) })).status).toBe('approved');
  });

  it('confirms nothing without an account, or without anybody who asks', async () => {
    await bind(frank);
    const { vip: _vip, ...deaf } = frank.deps;
    const unheard = { ...frank.deps };
    Object.assign(frank.deps, { vip: undefined });
    expect(await problemOf(frank.start({ answer: standIn.code(id, 2) }))).toBe('unavailable');
    Object.assign(frank.deps, unheard);
    await removeVipAccount(world.deps, world.acme, context);

    expect(await problemOf(frank.start({ answer: standIn.code(id, 2) }))).toBe('unavailable');
    expect(deaf).not.toHaveProperty('vip');
    expect(await problemOf(frank.add('VSHM00000001', []))).toBe('token-unknown');
  });

  it('is not asked about when nothing could come of it: a locked user, a request that was answered', async () => {
    await bind(frank);
    const answer = standIn.code(id, 2);
    expect((await frank.start({ answer }, 'once')).status).toBe('approved');
    standIn.asked.length = 0;
    expect((await frank.start({ answer }, 'once')).status).toBe('approved');
    await frank.setState((state) => ({ ...state, lock: { until: world.stage.clock.now() + minute, reason: 'failures' } }));

    expect((await frank.start({ answer: standIn.code(id, 3) })).status).toBe('locked');
    expect(standIn.asked).toEqual([]);
  });

  it('needs the form of one: anything else is a token of the stock, or nothing', async () => {
    expect(await problemOf(frank.add('VSHM1234567'))).toBe('token-unknown');
    expect(standIn.asked).toEqual([]);
  });
});

describe('an account at VIP', () => {
  const put = (certificate: string, privateKey: string, of: Organization = world.acme) => putVipAccount(world.deps, of, { certificate, privateKey }, context);

  it('is kept with its key sealed', async () => {
    expect(JSON.stringify(await world.stage.items())).not.toContain(account.privateKey.slice(30, 90));
    expect(await put(account.certificate, account.privateKey)).toMatchObject({ subject: 'CN=acme' });
  });

  it.each([
    ['no certificate', () => put('x', account.privateKey)],
    ['no key', () => put(account.certificate, 'x')],
    ['the key of another certificate', () => put(account.certificate, authority.issue('b').privateKey)],
  ])('is refused with %s', async (_what, work) => {
    expect(await problemOf(work())).toBe('request-invalid');
  });

  it('is refused when its certificate has run out', async () => {
    world.stage.clock.advance(200 * 365 * 86_400_000);

    expect(await problemOf(put(account.certificate, account.privateKey))).toBe('request-invalid');
  });
});
