import { beforeEach, describe, expect, it } from 'vitest';
import { renewRecoveryKey } from '../../../../shared/enrollment/renew-recovery-key.ts';
import { codeOfKey, phoneInput, prove, withSetUp, type SetUpWorld } from '../../../support/set-up-world.ts';
import { issuer, makeSignInWorld, portal, problemOf, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
let setUp: SetUpWorld;
beforeEach(async () => {
  world = await makeSignInWorld();
  setUp = withSetUp(world);
});

const kinds = async () => (await world.state()).factors.map(({ kind, status }) => `${kind} ${status}`);

async function addSpare() {
  const added = await setUp.add({ kind: 'totp' }, { proofs: [await setUp.proof()] });
  return setUp.confirm(added['factorId'], codeOfKey(added['secret'], world.stage.clock.now()));
}

const renew = async (proofs: readonly string[]) =>
  renewRecoveryKey({ ...world.deps, issuer, senders: {} }, { ...(await world.about({}, 'renew')), clientId: portal, proofs });

describe('a recovery key', () => {
  it('comes with the next factor that is confirmed, for whoever has none; not with the one after that', async () => {
    expect(await addSpare()).toMatchObject({ status: 'active', recoveryKey: expect.stringMatching(/^([0-9A-Z]{5}-){5}/) });
    expect(await kinds()).toEqual(['totp active', 'totp active', 'recovery-key active']);
    await setUp.remove(world.factorId, { proofs: [await setUp.proof()] });
    expect(await kinds()).toEqual(['totp active', 'recovery-key active']);
  });

  it('is not handed out where the policy does not allow it', async () => {
    await world.setPolicy({ methods: ['totp'] });

    expect(await addSpare()).not.toHaveProperty('recoveryKey');
    expect(await problemOf(renew([await setUp.proof()]))).toBe('policy-forbids');
  });

  it('asks nobody for anything by itself: with the last factor it is gone', async () => {
    await renew([await setUp.proof()]);
    expect(await kinds()).toEqual(['totp active', 'recovery-key active']);

    await setUp.remove(world.factorId, { proofs: [await setUp.proof()] });

    expect(await kinds()).toEqual([]);
    expect((await world.start()).status).toBe('not-required');
  });

  it('covers nobody: where confirmation is required, the last other factor stays', async () => {
    await renew([await setUp.proof()]);
    await world.setPolicy({ enforcement: 'required', appliesTo: 'all-users' });

    expect(await problemOf(setUp.remove(world.factorId, { proofs: [await setUp.proof()] }))).toBe('policy-forbids');
  });

  it('is kept as a keyed hash, another for each, and needs a proof', async () => {
    expect(await problemOf(renew([]))).toBe('proof-required');
    const { recoveryKey } = await renew([await setUp.proof()]);

    const [, kept] = (await world.state()).factors;
    expect(kept).toMatchObject({ kind: 'recovery-key', verifier: expect.any(Uint8Array) });
    expect(JSON.stringify(await world.stage.scan())).not.toContain(recoveryKey.slice(0, 11));
  });
});

describe('a sign-in by recovery key', () => {
  /** The challenge that the key opened, for whoever lost the app. */
  async function recovered(): Promise<string> {
    const { recoveryKey } = await renew([await setUp.proof()]);
    const factorId = (await world.start()).factors.find(({ kind }) => kind === 'recovery-key')?.factorId ?? '';
    world.stage.clock.advance(600_000);
    const started = await world.start({ answer: recoveryKey, factorId });
    expect(started.status).toBe('enrollment-required');
    return started.challengeId;
  }

  it('adds a factor, and neither removes nor changes one that is there (I13, A73a)', async () => {
    const challengeId = await recovered();

    expect(await problemOf(setUp.remove(world.factorId, { challengeId }))).toBe('proof-required');
    expect(await problemOf(setUp.change(world.factorId, { status: 'inactive' }, { challengeId }))).toBe('proof-required');
    expect(await kinds()).toEqual(['totp active']);
    expect(await setUp.add({ kind: 'totp' }, { challengeId })).toMatchObject({ status: 'proving' });
  });

  it('adds one: what was begun before with the same challenge is given up, and is over with it', async () => {
    const challengeId = await recovered();
    const first = await setUp.add({ kind: 'totp' }, { challengeId });
    await setUp.add(phoneInput, { challengeId });
    expect(await kinds()).toEqual(['totp active', 'phone proving']);
    expect(await problemOf(setUp.confirm(first['factorId'], '123456'))).toBe('not-found');

    await world.cancel(challengeId);

    expect(await kinds()).toEqual(['totp active']);
    expect((await world.state()).challenges.filter(({ status }) => status === 'pending')).toEqual([]);
  });
});

describe('a recovery key and what goes wrong in between', () => {
  it('is the same answer to the same request whose reply was lost, and used up once', async () => {
    const { recoveryKey } = await renew([await setUp.proof()]);
    world.stage.clock.advance(600_000);
    const { challengeId, factors } = await world.start();
    const named = { factorId: factors.find(({ kind }) => kind === 'recovery-key')?.factorId ?? '', request: 'lost' };

    expect((await world.answer(challengeId, recoveryKey, named)).status).toBe('enrollment-required');
    expect((await world.answer(challengeId, recoveryKey, named)).status).toBe('enrollment-required');

    expect((await world.events()).filter(({ kind }) => kind === 'recovery-key-used')).toHaveLength(1);
  });

  it('comes once with a confirmation whose reply was lost: the same request again finds it done, and no key', async () => {
    const added = await setUp.add({ kind: 'totp' }, { proofs: [await setUp.proof()] });
    const code = codeOfKey(added['secret'], world.stage.clock.now());

    expect(await setUp.confirm(added['factorId'], code, { request: 'lost' })).toHaveProperty('recoveryKey');
    expect(await setUp.confirm(added['factorId'], code, { request: 'lost' })).not.toHaveProperty('recoveryKey');

    expect((await kinds()).filter((each) => each.startsWith('recovery-key'))).toHaveLength(1);
  });

  it('sets nothing up for a user who was locked since', async () => {
    const { recoveryKey } = await renew([await setUp.proof()]);
    world.stage.clock.advance(600_000);
    const { challengeId, factors } = await world.start();
    await world.answer(challengeId, recoveryKey, { factorId: factors.find(({ kind }) => kind === 'recovery-key')?.factorId ?? '' });
    await world.setState((state) => ({ ...state, lock: { until: state.lastAt + 3_600_000, reason: 'failures' } }));

    expect(await problemOf(setUp.add({ kind: 'totp' }, { challengeId }))).toBe('user-locked');
  });
});

describe('the strength that a change takes', () => {
  it('is that of a factor that was shut after too many wrong answers, too: nobody guesses a weak one into being enough', async () => {
    const added = await setUp.add(phoneInput, { proofs: [await setUp.proof()] });
    await prove(setUp, added['factorId']);
    await world.setState((state) => ({ ...state, factors: state.factors.map((factor) => (factor.kind === 'totp' ? { ...factor, status: 'disabled' } : factor)) }));
    const telephone = setUp.telephone(added['factorId']);
    world.stage.clock.advance(600_000);
    const { challengeId } = await world.start({ purpose: 'change-factors' });
    await telephone.send(challengeId);
    await telephone.place(challengeId);
    await telephone.press(challengeId, '482913');
    const { result = '' } = await world.get(challengeId);

    expect(await problemOf(setUp.remove(added['factorId'], { proofs: [result] }))).toBe('proof-required');
  });
});
