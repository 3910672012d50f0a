import { beforeEach, describe, expect, it } from 'vitest';
import { renewRecoveryKey } from '../../../../shared/enrollment/renew-recovery-key.ts';
import { codeOfKey, withSetUp, type SetUpWorld } from '../../../support/set-up-world.ts';
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
