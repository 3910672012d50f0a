import { beforeEach, describe, expect, it } from 'vitest';
import { minute, second } from '../../../../shared/platform/clock.ts';
import { codeOfKey, phoneInput, prove, withSetUp, type SetUpWorld } from '../../../support/set-up-world.ts';
import { makeSignInWorld, problemOf, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
let setUp: SetUpWorld;
beforeEach(async () => {
  world = await makeSignInWorld();
  setUp = withSetUp(world);
});

const addApp = (proofs: readonly string[], clientId?: string) => setUp.add({ kind: 'totp' }, { proofs, ...(clientId ? { clientId } : {}) });

describe('a proof', () => {
  it('lets another factor be added, once (D23)', async () => {
    const proof = await setUp.proof();

    expect(await addApp([proof])).toMatchObject({ status: 'proving' });
    expect(await problemOf(addApp([proof]))).toBe('proof-invalid');
  });

  it('is good for five minutes', async () => {
    const [one, other] = [await setUp.proof(), await setUp.proof()];
    world.stage.clock.advance(5 * minute - second);
    expect(await problemOf(addApp([other]))).toBe('none');

    expect(await problemOf(addApp([one]))).toBe('proof-invalid');
  });

  it('is no proof when it was made to sign in, by another user, or for another client', async () => {
    const stranger = await makeSignInWorld(world, 'u-2');
    const strangers = (await stranger.start({ answer: stranger.code(), purpose: 'change-factors' })).result ?? '';
    const signIn = (await world.start({ answer: world.code() })).result ?? '';
    const own = await setUp.proof();

    expect(await problemOf(addApp([signIn]))).toBe('proof-invalid');
    expect(await problemOf(addApp([strangers]))).toBe('proof-invalid');
    expect(await problemOf(addApp([own], 'vpn4567890123456'))).toBe('proof-invalid');
    expect(await problemOf(addApp(['not.a.token']))).toBe('proof-invalid');
    expect(await problemOf(addApp([own]))).toBe('none');
  });

  it('is spent by redeeming it, and cannot be redeemed once it was spent', async () => {
    const redeemed = await setUp.proof();
    await world.redeem(redeemed);
    expect(await problemOf(addApp([redeemed]))).toBe('proof-invalid');

    const spent = await setUp.proof();
    await addApp([spent]);
    expect(await problemOf(world.redeem(spent))).toBe('result-redeemed');
  });

  it('must be of the strongest factor in use (I13)', async () => {
    const added = await setUp.add(phoneInput, { proofs: [await setUp.proof()] });
    await prove(setUp, added['factorId']);
    world.stage.clock.advance(minute);
    const telephone = setUp.telephone(added['factorId']);
    const { challengeId } = await world.start({ purpose: 'change-factors' });
    await telephone.send(challengeId);
    await telephone.place(challengeId);
    await telephone.press(challengeId, '482913');
    const byPhone = (await world.get(challengeId)).result ?? '';

    expect(await problemOf(setUp.remove(world.factorId, { proofs: [byPhone] }))).toBe('proof-required');
    expect(await problemOf(setUp.remove(world.factorId, { proofs: [byPhone, await setUp.proof()] }))).toBe('none');
  });

  it('lets one of fifty changes at once through', async () => {
    const proof = await setUp.proof();

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => problemOf(addApp([proof]))));

    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(1);
    expect((await world.state()).factors.filter(({ status }) => status === 'proving')).toHaveLength(1);
  });

  it('gives the same request the same factor and the same key again', async () => {
    const right = { proofs: [await setUp.proof()], request: 'once' };
    const first = await setUp.add({ kind: 'totp' }, right);

    const again = await setUp.add({ kind: 'totp' }, right);

    expect([again['factorId'], again['secret']]).toEqual([first['factorId'], first['secret']]);
  });

  it('of an administrator is spent in his own item, and lets him change another’s', async () => {
    const admin = await makeSignInWorld(world, 'admin');
    const proof = (await admin.start({ answer: admin.code(), purpose: 'change-factors' })).result ?? '';
    const prover = async () => ({ home: admin.user.home, organization: admin.organization, state: await admin.state() });

    await setUp.remove(world.factorId, { proofs: [proof], prover: await prover() });

    expect((await world.state()).factors).toEqual([]);
    expect((await admin.events()).map(({ kind }) => kind)).toContain('proof-spent');
    expect(await problemOf(setUp.remove(world.factorId, { proofs: [proof], prover: await prover() }))).toBe('proof-invalid');
  });

  it('of an administrator who is suspended is none', async () => {
    const admin = await makeSignInWorld(world, 'admin');
    const proof = (await admin.start({ answer: admin.code(), purpose: 'change-factors' })).result ?? '';
    await admin.setState((state) => ({ ...state, suspendedAt: state.lastAt }));

    const prover = { home: admin.user.home, organization: admin.organization, state: await admin.state() };
    expect(await problemOf(setUp.remove(world.factorId, { proofs: [proof], prover }))).toBe('user-suspended');
  });

  it('holds two apps and one telephone at most', async () => {
    const added = await addApp([await setUp.proof()]);
    await setUp.confirm(added['factorId'], codeOfKey(added['secret'], world.stage.clock.now()));

    expect(await problemOf(addApp([await setUp.proof()]))).toBe('factor-exists');
    expect(await problemOf(setUp.add(phoneInput, { proofs: [await setUp.proof()] }))).toBe('none');
  });
});
