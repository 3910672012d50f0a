import { beforeEach, describe, expect, it } from 'vitest';
import { day, minute } from '../../../../shared/platform/clock.ts';
import { readResult } from '../../../../shared/results/result.ts';
import { issuer, makeSignInWorld, problemOf, wrongCode, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
beforeEach(async () => {
  world = await makeSignInWorld();
});

const withoutFactors = async (): Promise<void> => world.setState((state) => ({ ...state, factors: [] }));
const pendingIn = async (): Promise<number> => (await world.state()).challenges.filter(({ status }) => status === 'pending').length;

describe('startChallenge', () => {
  it('offers the factors that can confirm, by hints only', async () => {
    const view = await world.start();

    expect(view).toMatchObject({ status: 'pending', expiresAt: '2030-01-15T12:05:00Z' });
    expect(view.factors).toEqual([{ factorId: world.factorId, kind: 'totp', answeredBy: 'api' }]);
  });

  it('approves at once with a right code, and repeats what it was asked to in the result', async () => {
    const view = await world.start({ answer: world.code(), nonce: 'n-1', protects: ['infrastructure'], audience: 'vpn', purpose: 'administer' });

    const claims = readResult(world.stage.keys, issuer, view.result ?? '');

    expect(view.status).toBe('approved');
    expect(claims).toMatchObject({
      iss: issuer, aud: ['portal1234567890', 'vpn'], sub: 'u-1', org: 'acme', nonce: 'n-1', protects: ['infrastructure'],
      purpose: 'administer', acr: 'otp', amr: ['otp', 'pwd', 'mfa'], txn: view.challengeId, exp: (claims?.iat ?? 0) + 60,
    });
  });

  it('leaves a challenge to go on with when the code was wrong', async () => {
    const view = await world.start({ answer: wrongCode });

    expect(view).toMatchObject({ status: 'pending', reason: 'wrong-answer', answersLeft: 4 });
    expect((await world.answer(view.challengeId, world.code())).status).toBe('approved');
  });

  it('takes the code of a named factor, and of no foreign one', async () => {
    expect((await world.start({ answer: world.code(), factorId: world.factorId })).status).toBe('approved');

    const other = await makeSignInWorld(world, 'u-2');
    expect(await problemOf(world.start({ answer: world.code(1), factorId: other.factorId }))).toBe('factor-not-usable');
  });

  it('keeps three pending; a fourth is refused and evicts nothing (A102, A103)', async () => {
    const first = await world.start();
    await world.start();
    await world.start();

    await expect(world.start()).rejects.toMatchObject({ problem: 'too-many-challenges', members: { retryAfterSeconds: 300 } });

    expect(await pendingIn()).toBe(3);
    expect((await world.answer(first.challengeId, world.code())).status).toBe('approved');
  });

  it('lets the owner in past a flood, with a code in the start', async () => {
    for (let count = 0; count < 3; count += 1) await world.start();

    expect((await world.start({ answer: world.code() })).status).toBe('approved');
  });

  it('counts a wrong code that found no room, and says so', async () => {
    for (let count = 0; count < 3; count += 1) await world.start();

    const view = await world.start({ answer: wrongCode }, { request: 'once' });
    const again = await world.start({ answer: wrongCode }, { request: 'once' });

    expect([view.status, view.reason]).toEqual(['denied', 'wrong-answer']);
    expect([again.status, again.reason]).toEqual(['denied', 'wrong-answer']);
    expect((await world.state()).failures).toBe(1);
  });

  it('allows ten starts and cancels a minute', async () => {
    for (let count = 0; count < 5; count += 1) await world.cancel((await world.start()).challengeId);

    expect(await problemOf(world.start())).toBe('too-many-challenges');

    world.stage.clock.advance(minute);
    expect((await world.start()).status).toBe('pending');
  });

  it('gives a start that comes twice under one name one challenge', async () => {
    const first = await world.start({ nonce: 'n-1' }, { request: 'once' });
    const again = await world.start({ nonce: 'n-1' }, { request: 'once' });

    expect(again).toEqual(first);
    expect(await pendingIn()).toBe(1);
  });

  it('gives a start with its code the same result again', async () => {
    const input = { answer: world.code() };
    const first = await world.start(input, { request: 'once' });

    const again = await world.start(input, { request: 'once' });

    expect(again.status).toBe('approved');
    expect(again.result?.split('.')[1]).toBe(first.result?.split('.')[1]);
  });

  it('says that nothing is required of a user without factors, and offers a set-up', async () => {
    await withoutFactors();

    expect(await world.start()).toMatchObject({ status: 'not-required', factors: [] });
  });

  it.each([
    ['within the window', 13 * day, 'enrollment-required', undefined],
    ['after it', 15 * day, 'denied', 'invitation-needed'],
  ])('asks for a set-up where confirmation is required, %s (D26, A56)', async (_when, passed, status, reason) => {
    await withoutFactors();
    await world.setPolicy({ enforcement: 'required', enforcedAt: world.stage.clock.now() });
    world.stage.clock.advance(passed);

    const view = await world.start();

    expect([view.status, view.reason]).toEqual([status, reason]);
  });

  it('never turns confirmation off because a factor is disabled or no longer allowed (I15)', async () => {
    await world.setState((state) => ({ ...state, factors: state.factors.map((factor) => ({ ...factor, status: 'disabled' })) }));
    expect(await world.start()).toMatchObject({ status: 'denied', reason: 'no-usable-factor' });

    await world.setPolicy({ methods: ['phone:call'] });
    await world.setState((state) => ({ ...state, factors: state.factors.map((factor) => ({ ...factor, status: 'active' })) }));
    expect(await world.start()).toMatchObject({ status: 'denied', reason: 'no-usable-factor' });
  });

  it('asks only for the audiences that the user confirms for, unless confirmation is required (row 1.8)', async () => {
    await world.setState((state) => ({ ...state, audiences: ['vpn'] }));

    expect((await world.start({ audience: 'portal' })).status).toBe('not-required');
    expect((await world.start({ audience: 'vpn' })).status).toBe('pending');

    await world.setPolicy({ enforcement: 'required' });
    expect((await world.start({ audience: 'portal' })).status).toBe('pending');
  });

  it('denies a suspended user', async () => {
    await world.setState((state) => ({ ...state, suspendedAt: state.lastAt }));

    expect(await world.start({ answer: world.code() })).toMatchObject({ status: 'denied', reason: 'suspended' });
  });

  it('refuses to protect what the policy does not list (row 1.9)', async () => {
    await world.setPolicy({ protects: ['billing'] });

    expect(await problemOf(world.start({ protects: ['infrastructure'] }))).toBe('policy-forbids');
    expect((await world.start({ protects: ['billing'] })).status).toBe('pending');
  });

  it('asks for the factor’s name when several could take the code', async () => {
    await world.setState((state) => ({ ...state, factors: [...state.factors, { ...state.factors[0]!, id: new Uint8Array(8) }] }));

    expect(await problemOf(world.start({ answer: world.code() }))).toBe('factor-ambiguous');
    expect((await world.events()).map(({ kind }) => kind)).toEqual(['refused-factor-ambiguous']);
  });

  it('writes down who was seen, cut, in the event and not in the item', async () => {
    await world.start({ seen: { ipAddress: '192.0.2.7', userAgent: 'a'.repeat(500) } });

    const [event] = await world.events();

    expect(event?.['detail']).toMatchObject({ ipAddress: '192.0.2.7', userAgent: 'a'.repeat(120), audience: 'portal' });
    expect(JSON.stringify(await world.state())).not.toContain('192.0.2.7');
  });
});
