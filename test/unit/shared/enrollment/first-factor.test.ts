import { beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../../../shared/platform/clock.ts';
import { readResult } from '../../../../shared/results/result.ts';
import { codeOfKey, phoneInput, prove, withSetUp, type SetUpWorld } from '../../../support/set-up-world.ts';
import { issuer, makeSignInWorld, problemOf, wrongCode, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
let setUp: SetUpWorld;
beforeEach(async () => {
  world = await makeSignInWorld();
  await world.setState((state) => ({ ...state, factors: [] }));
  await world.setPolicy({ enforcement: 'required', enforcedAt: world.stage.clock.now() });
  setUp = withSetUp(world);
});

const codeOf = (added: Record<string, unknown>): string => codeOfKey(added['secret'], world.stage.clock.now());
const statuses = async () => (await world.state()).factors.map(({ kind, status }) => [kind, status]);

describe('a first factor', () => {
  it('is an app, shown once and confirmed by a code, and signs the person in (rows 2.2, 3.1)', async () => {
    const { challengeId } = await world.start({ nonce: 'n-1' });
    const added = await setUp.add({ kind: 'totp' }, { challengeId });
    expect(added).toMatchObject({ kind: 'totp', status: 'proving', accountName: 'u-1', secret: expect.stringMatching(/^[A-Z2-7]{32}$/) });
    expect(added['otpauthUri']).toContain(`secret=${String(added['secret'])}`);
    expect(added['qrCode']).toMatch(/^data:image\/svg\+xml;base64,/);

    expect(await setUp.confirm(added['factorId'], codeOf(added))).toMatchObject({ status: 'active' });

    const view = await world.get(challengeId);
    expect(view.status).toBe('approved');
    expect(readResult(world.stage.keys, issuer, view.result ?? '')).toMatchObject({ nonce: 'n-1', acr: 'otp', amr: ['otp', 'pwd', 'mfa'] });
    expect(await setUp.read(added['factorId'])).not.toHaveProperty('secret');
  });

  it('is a telephone, confirmed by whoever answers it, and signs the person in', async () => {
    const { challengeId } = await world.start();
    const added = await setUp.add(phoneInput, { challengeId });
    expect(added).toMatchObject({ kind: 'phone', status: 'proving', hint: '+1 ••• ••• ••42', progress: { state: 'queued', attempt: 1 } });
    expect(setUp.executions).toHaveLength(1);

    expect(await prove(setUp, added['factorId'])).toBe('approved');

    expect(await statuses()).toEqual([['phone', 'active']]);
    const view = await world.get(challengeId);
    expect(readResult(world.stage.keys, issuer, view.result ?? '')).toMatchObject({ acr: 'pstn', amr: ['tel', 'pin', 'pwd', 'mfa'] });
  });

  it('needs the challenge that asked for it', async () => {
    const other = await makeSignInWorld(world, 'u-2');
    await other.setState((state) => ({ ...state, factors: [] }));
    const foreign = await other.start();

    expect(await problemOf(setUp.add({ kind: 'totp' }))).toBe('invitation-needed');
    expect(await problemOf(setUp.add({ kind: 'totp' }, { challengeId: foreign.challengeId }))).toBe('invitation-needed');
    expect(await problemOf(setUp.add({ kind: 'totp' }, { challengeId: 'chl_forged' }))).toBe('invitation-needed');
  });

  it('is worth nothing before it is confirmed, and forgotten after a quarter of an hour (A60)', async () => {
    const { challengeId } = await world.start();
    const added = await setUp.add({ kind: 'totp' }, { challengeId });
    expect((await world.start({ answer: codeOf(added) })).status).toBe('enrollment-required');

    world.stage.clock.advance(15 * minute);

    expect(await problemOf(setUp.confirm(added['factorId'], codeOf(added)))).toBe('not-found');
    expect(await problemOf(setUp.read(added['factorId']))).toBe('not-found');
  });

  it('counts wrong codes like every wrong answer, up to the lock', async () => {
    const { challengeId } = await world.start();
    const added = await setUp.add({ kind: 'totp' }, { challengeId });
    const views: unknown[] = [];
    for (let count = 0; count < 5; count += 1) views.push(await setUp.confirm(added['factorId'], wrongCode));

    expect(views.map((view) => (view as { reason: string; answersLeft: number }).answersLeft)).toEqual([4, 3, 2, 1, 0]);
    expect(await problemOf(setUp.confirm(added['factorId'], codeOf(added)))).toBe('user-locked');
    expect((await world.get(challengeId)).status).toBe('locked');
  });

  it('gives the same confirmation the same answer again, and uses its code up', async () => {
    const { challengeId } = await world.start();
    const added = await setUp.add({ kind: 'totp' }, { challengeId });
    const code = codeOf(added);

    const views = [await setUp.confirm(added['factorId'], code, { request: 'once' }), await setUp.confirm(added['factorId'], code, { request: 'once' })];

    expect(views.map(({ status }) => status)).toEqual(['active', 'active']);
    expect(await problemOf(world.start({ answer: code }))).toBe('answer-used');
  });

  it('takes the place of what else was proposed with the password alone (A56)', async () => {
    const [own, theirs] = [await world.start(), await world.start()];
    const telephone = await setUp.add(phoneInput, { challengeId: own.challengeId });
    const stolen = await setUp.add({ kind: 'totp' }, { challengeId: theirs.challengeId });
    await prove(setUp, telephone['factorId']);

    expect(await problemOf(setUp.confirm(stolen['factorId'], codeOf(stolen)))).toBe('not-found');
    expect(await problemOf(setUp.add({ kind: 'totp' }, { challengeId: theirs.challengeId }))).toBe('proof-required');
    expect(await world.get(theirs.challengeId)).toMatchObject({ status: 'pending' });
    expect(await statuses()).toEqual([['phone', 'active']]);
  });

  it('must be strong enough for the policy, when it is proposed and when it is confirmed (X32)', async () => {
    const { challengeId } = await world.start();
    const added = await setUp.add({ kind: 'totp' }, { challengeId });
    await world.setPolicy({ minimumAcr: 'app' });

    expect(await problemOf(setUp.confirm(added['factorId'], codeOf(added)))).toBe('policy-forbids');
    expect(await problemOf(setUp.add(phoneInput, { challengeId }))).toBe('policy-forbids');
    expect((await world.get(challengeId)).status).toBe('enrollment-required');
  });

  it('is replaced by a second try before it was confirmed, and its call is over', async () => {
    const { challengeId } = await world.start();
    const first = await setUp.add(phoneInput, { challengeId });
    const proving = await setUp.provingId(first['factorId']);
    const telephone = setUp.telephone(first['factorId']);
    await telephone.place(proving);
    world.stage.clock.advance(minute);

    const second = await setUp.add({ ...phoneInput, numbers: { primary: '+12025550143' } }, { challengeId });

    expect(await telephone.press(proving, '482913')).toBe('denied');
    expect(await prove(setUp, second['factorId'])).toBe('approved');
    expect(await statuses()).toEqual([['phone', 'active']]);
  });

  it('that nobody could be reached for is never disabled: the person has no other', async () => {
    await world.setPolicy({ lockout: { failures: 10, minutes: 60 } });
    const { challengeId } = await world.start();
    const added = await setUp.add(phoneInput, { challengeId });
    const [telephone, proving] = [setUp.telephone(added['factorId']), await setUp.provingId(added['factorId'])];
    await telephone.place(proving);
    await world.setState((state) => ({ ...state, factors: state.factors.map((factor) => ({ ...factor, failures: 60, pinFailures: 9 })) }));

    await telephone.press(proving, '918274');

    expect(await statuses()).toEqual([['phone', 'proving']]);
  });
});
