import { beforeEach, describe, expect, it } from 'vitest';
import { hour, minute, second } from '../../../../shared/platform/clock.ts';
import { resumeUser, suspendUser } from '../../../../shared/users/suspend-user.ts';
import { unlockUser } from '../../../../shared/users/unlock-user.ts';
import { makeSignInWorld, portal, problemOf, wrongCode, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
beforeEach(async () => {
  world = await makeSignInWorld();
});

const signIn = async (offset = 0): Promise<string> => (await world.start({ answer: world.code(offset) })).result ?? '';
/** The other signature of the same message, which every verifier of ECDSA takes: s becomes n - s. */
function malleated(token: string): string {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const raw = Buffer.from(signature, 'base64url');
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const other = order - BigInt(`0x${raw.subarray(32).toString('hex')}`);
  const bytes = Buffer.concat([raw.subarray(0, 32), Buffer.from(other.toString(16).padStart(64, '0'), 'hex')]);
  return `${header}.${claims}.${bytes.toString('base64url')}`;
}
const vpn = 'vpn4567890123456';

describe('redeemResult', () => {
  it('gives the claims once (A23)', async () => {
    const result = await signIn();

    expect(await world.redeem(result)).toMatchObject({ sub: 'u-1', org: 'acme', aud: [portal, 'portal'] });
    expect(await problemOf(world.redeem(result))).toBe('result-redeemed');
  });

  it('gives one of fifty at once the claims', async () => {
    const result = await signIn();

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => problemOf(world.redeem(result))));

    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['none', 'result-redeemed']));
  });

  it('gives the same request the claims again (X2)', async () => {
    const result = await signIn();
    const first = await world.redeem(result, { request: 'once' });

    expect(await world.redeem(result, { request: 'once' })).toEqual(first);
  });

  it('refuses another client', async () => {
    const result = await signIn();

    expect(await problemOf(world.redeem(result, { clientId: vpn }))).toBe('result-invalid');
    expect(await problemOf(world.redeem(result))).toBe('none');
  });

  it('refuses one that is a minute old', async () => {
    const result = await signIn();
    world.stage.clock.advance(minute - second);
    const later = await signIn(1);

    world.stage.clock.advance(second);

    expect(await problemOf(world.redeem(result))).toBe('result-expired');
    expect(await problemOf(world.redeem(later))).toBe('none');
  });

  it('refuses it once the user is locked or suspended, and it is worth nothing after the lock', async () => {
    const result = await signIn();
    for (let count = 0; count < 5; count += 1) await world.start({ answer: wrongCode });
    expect(await problemOf(world.redeem(result))).toBe('user-locked');

    await world.setState(({ lock: _lock, ...state }) => ({ ...state, suspendedAt: state.lastAt }));
    expect(await problemOf(world.redeem(result))).toBe('user-suspended');

    world.stage.clock.advance(hour);
    await world.setState(({ suspendedAt: _suspendedAt, ...state }) => state);
    expect(await problemOf(world.redeem(result))).toBe('result-expired');
  });

  it.each([
    ['suspended and resumed', suspendUser, resumeUser],
    ['locked and unlocked', undefined, unlockUser],
  ])('is worth nothing after the user was %s, all within its minute', async (_what, end, mend) => {
    const act = async (work: typeof suspendUser | typeof unlockUser) =>
      work(world.deps, { ...(await world.about({}, work.name)), reason: 'A test.', actor: undefined, userRole: 'member' });
    const { challengeId, result = '' } = await world.start({ answer: world.code() });
    const proof = (await world.start({ answer: world.code(1), purpose: 'change-factors' })).result ?? '';

    if (end) await act(end);
    else for (let count = 0; count < 5; count += 1) await world.start({ answer: wrongCode });
    expect((await world.get(challengeId)).result).toBeUndefined();
    await act(mend);

    expect(await problemOf(world.redeem(result))).toBe('result-expired');
    expect(await problemOf(world.redeem(proof))).toBe('result-expired');
    expect((await world.get(challengeId)).result).toBeUndefined();
  });

  it('gives the claims once, also to a signature that somebody has written in its other form', async () => {
    const result = await signIn();
    const twin = malleated(result);
    expect(twin).not.toBe(result);

    expect(await world.redeem(twin)).toMatchObject({ sub: 'u-1' });
    expect(await problemOf(world.redeem(result))).toBe('result-redeemed');
    expect(await problemOf(world.redeem(twin))).toBe('result-redeemed');
  });

  it('refuses what was approved before a restore: it may have been redeemed since the backup', async () => {
    const result = await signIn();
    world.stage.clock.advance(second);
    await world.setState((state) => ({ ...state, restoredAt: world.stage.clock.now() }));

    expect(await problemOf(world.redeem(result))).toBe('result-expired');
  });

  it('hands the result out no more once it was redeemed', async () => {
    const { challengeId, result } = await world.start({ answer: world.code() });
    await world.redeem(result ?? '');

    const view = await world.get(challengeId);

    expect(view.status).toBe('approved');
    expect(view.result).toBeUndefined();
  });

  it('keeps two results that nobody has used apart from what else is decided', async () => {
    const results = [await signIn(), await signIn(1)];
    for (let count = 0; count < 4; count += 1) await world.cancel((await world.start()).challengeId);

    expect(await Promise.all(results.map((result) => problemOf(world.redeem(result))))).toEqual(['none', 'none']);
  });
});
