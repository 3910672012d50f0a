import { beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../../../shared/platform/clock.ts';
import { phoneInput, prove, withSetUp, type SetUpWorld } from '../../../support/set-up-world.ts';
import { makeSignInWorld, problemOf, wrongCode, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
let setUp: SetUpWorld;
let phoneId: unknown;
beforeEach(async () => {
  world = await makeSignInWorld();
  setUp = withSetUp(world);
  const added = await setUp.add(phoneInput, { proofs: [await setUp.proof()] });
  phoneId = added['factorId'];
  await prove(setUp, phoneId);
  world.stage.clock.advance(minute);
});

const other = '+12025550143';
const phone = async () => (await world.state()).factors.find(({ kind }) => kind === 'phone');
const numbers = async () => ((await setUp.read(phoneId))['numbers'] ?? {}) as Record<string, { hint: string; proved: boolean }>;
const kinds = async () => (await world.events()).map(({ kind }) => kind);

/** A sign-in that is calling the telephone. */
async function ringing() {
  const telephone = setUp.telephone(phoneId);
  const { challengeId } = await world.start();
  await telephone.send(challengeId);
  await telephone.place(challengeId);
  return { telephone, challengeId };
}

describe('changing a number', () => {
  it('takes a proof, calls the new number, and keeps the old until somebody confirms there (row 1.4, A66)', async () => {
    expect(await problemOf(setUp.change(phoneId, { numbers: { primary: other } }))).toBe('proof-required');

    const changed = await setUp.change(phoneId, { numbers: { primary: other } }, { proofs: [await setUp.proof()] });

    expect(changed).toMatchObject({ status: 'active', hint: '+1 ••• ••• ••42', progress: { state: 'queued' } });
    expect((await numbers())['primary']).toMatchObject({ hint: '+1 ••• ••• ••43', proved: false });
    expect(await prove(setUp, phoneId)).toBe('approved');
    expect(await setUp.read(phoneId)).toMatchObject({ hint: '+1 ••• ••• ••43', numbers: { primary: { proved: true } } });
    expect((await world.events()).filter(({ notice }) => notice === 'factor-changed')).toHaveLength(2);
  });

  it('hears nobody any more who is being called at the old one (X34)', async () => {
    const { telephone, challengeId } = await ringing();
    await setUp.change(phoneId, { numbers: { primary: other } }, { proofs: [await setUp.proof()] });
    await prove(setUp, phoneId);

    expect(await telephone.press(challengeId, '482913')).toBe('denied');

    expect((await world.get(challengeId)).status).toBe('pending');
    expect(await telephone.end(challengeId)).toBe('done');
    expect((await world.state()).failures).toBeUndefined();
  });

  it('lets whoever is called at the first of two new numbers confirm neither', async () => {
    await setUp.change(phoneId, { numbers: { primary: other } }, { proofs: [await setUp.proof()] });
    const [telephone, proving] = [setUp.telephone(phoneId), await setUp.provingId(phoneId)];
    await telephone.place(proving);
    await setUp.change(phoneId, { numbers: { primary: '+12025550144' } }, { proofs: [await setUp.proof()] });

    expect(await telephone.press(proving, '482913')).toBe('denied');

    expect((await numbers())['primary']).toMatchObject({ hint: '+1 ••• ••• ••44', proved: false });
  });

  it('adds a second number beside the first, to be proved by its own call', async () => {
    await setUp.change(phoneId, { numbers: { secondary: other } }, { proofs: [await setUp.proof()] });
    expect(Object.entries(await numbers()).map(([slot, { proved }]) => [slot, proved])).toEqual([['primary', true], ['secondary', false]]);

    expect(await prove(setUp, phoneId)).toBe('approved');

    expect(await setUp.read(phoneId)).toMatchObject({ hint: '+1 ••• ••• ••42', numbers: { secondary: { proved: true } } });
  });

  it('forgets one that nobody confirmed in a quarter of an hour', async () => {
    await setUp.change(phoneId, { numbers: { primary: other } }, { proofs: [await setUp.proof()] });
    world.stage.clock.advance(15 * minute);

    expect(await problemOf(setUp.callAgain(phoneId))).toBe('factor-not-proving');
    expect((await numbers())['primary']).toMatchObject({ hint: '+1 ••• ••• ••42', proved: true });
  });

  it('is called again when it was not answered, on the same challenge or a new one', async () => {
    await setUp.change(phoneId, { numbers: { primary: other } }, { proofs: [await setUp.proof()] });
    const before = await setUp.provingId(phoneId);
    expect(await setUp.callAgain(phoneId)).toMatchObject({ progress: { state: 'queued' } });
    expect(await setUp.provingId(phoneId)).toBe(before);

    world.stage.clock.advance(10 * minute);
    await setUp.callAgain(phoneId);

    expect(await setUp.provingId(phoneId)).not.toBe(before);
    expect(await prove(setUp, phoneId)).toBe('approved');
  });

  it('changes one at a time, and none with a method that cannot dial it', async () => {
    const [one, another] = [await setUp.proof(), await setUp.proof()];
    const extension = { country: 'US/CA', phoneNumber: '202 555 0144', extension: '12' } as const;

    expect(await problemOf(setUp.change(phoneId, { numbers: { primary: other, secondary: extension } }, { proofs: [one] }))).toBe('request-invalid');
    expect(await problemOf(setUp.change(phoneId, { method: 'call', numbers: { primary: extension } }, { proofs: [another] }))).toBe('number-refused');
  });
});

describe('changing a PIN or a method', () => {
  it('takes a proof, holds at once, and is told', async () => {
    expect(await problemOf(setUp.change(phoneId, { pin: '918274' }))).toBe('proof-required');
    await setUp.change(phoneId, { pin: '918274' }, { proofs: [await setUp.proof()] });
    const { telephone, challengeId } = await ringing();

    expect(await telephone.press(challengeId, '482913')).toBe('again');
    expect(await telephone.press(challengeId, '918274', { attempt: '2' })).toBe('approved');
    expect((await world.events()).at(-1)).toBeDefined();
  });

  it('asks nobody by the old method who is on the line', async () => {
    const { telephone, challengeId } = await ringing();
    await setUp.change(phoneId, { method: 'call' }, { proofs: [await setUp.proof()] });

    expect(await telephone.press(challengeId, '482913')).toBe('denied');
    expect((await world.state()).failures).toBeUndefined();
  });

  it.each(['1234', '0000', '202555', '5550142', '151280'])('refuses the PIN %s', async (pin) => {
    expect(await problemOf(setUp.change(phoneId, { pin }, { proofs: [await setUp.proof()] }))).toBe('pin-refused');
  });

  it('resets no counter (D7)', async () => {
    const { telephone, challengeId } = await ringing();
    await telephone.press(challengeId, '111222');
    const proof = await setUp.proof();
    await setUp.change(phoneId, { pin: '918274' }, { proofs: [proof] });

    expect(await phone()).toMatchObject({ failures: 1, pinFailures: 1 });
  });

  it('refuses a method that the policy does not allow', async () => {
    await world.setPolicy({ methods: ['totp', 'phone:call-pin'] });

    expect(await problemOf(setUp.change(phoneId, { method: 'call' }, { proofs: [await setUp.proof()] }))).toBe('policy-forbids');
  });
});

describe('names, ranks and status', () => {
  it('takes no proof to name a factor, and tells nobody', async () => {
    expect(await setUp.change(phoneId, { label: 'Desk', rank: 2 })).toMatchObject({ label: 'Desk', rank: 2 });

    expect((await world.events()).filter(({ kind }) => kind === 'factor-renamed').map(({ notice }) => notice)).toEqual([undefined]);
  });

  it('moves nothing by a name that it has already, and counts the others like starts', async () => {
    await setUp.change(phoneId, { label: 'Desk' });
    const { version } = await world.state();
    await setUp.change(phoneId, { label: 'Desk' });
    await setUp.change(phoneId, {});
    expect((await world.state()).version).toBe(version);

    for (let count = 0; count < 9; count += 1) await setUp.change(phoneId, { label: `Desk ${String(count)}` });
    expect(await problemOf(setUp.change(phoneId, { label: 'One more' }))).toBe('too-many-challenges');
  });

  it('takes a proof to put one out of use, and to put it back beside another', async () => {
    expect(await problemOf(setUp.change(phoneId, { status: 'inactive' }))).toBe('proof-required');
    await setUp.change(phoneId, { status: 'inactive' }, { proofs: [await setUp.proof()] });

    expect(await problemOf(setUp.change(phoneId, { status: 'active' }))).toBe('proof-required');
    await setUp.change(phoneId, { status: 'active' }, { proofs: [await setUp.proof()] });
    expect((await phone())?.status).toBe('active');
  });

  it('takes none to put one back where nothing is in use', async () => {
    await setUp.change(phoneId, { status: 'inactive' }, { proofs: [await setUp.proof()] });
    await setUp.change(world.factorId, { status: 'inactive' }, { proofs: [await setUp.proof()] });

    expect(await setUp.change(world.factorId, { status: 'active' })).toMatchObject({ status: 'active' });
  });

  it('never brings a disabled factor back, by no way round (I4)', async () => {
    await world.setState((state) => ({ ...state, factors: state.factors.map((factor) => (factor.kind === 'phone' ? { ...factor, status: 'disabled' } : factor)) }));

    for (const status of ['inactive', 'active'] as const) {
      expect(await problemOf(setUp.change(phoneId, { status }, { proofs: [await setUp.proof()] }))).toBe('factor-not-usable');
    }
    expect(await problemOf(setUp.change(phoneId, { numbers: { primary: other } }, { proofs: [await setUp.proof()] }))).toBe('factor-not-usable');
    expect(await problemOf(setUp.callAgain(phoneId))).toBe('factor-not-usable');
  });

  it('leaves the last one where confirmation is required (row 1.7)', async () => {
    await world.setPolicy({ enforcement: 'required' });
    await setUp.change(phoneId, { status: 'inactive' }, { proofs: [await setUp.proof()] });

    expect(await problemOf(setUp.change(world.factorId, { status: 'inactive' }, { proofs: [await setUp.proof()] }))).toBe('policy-forbids');
  });
});

describe('removing a factor', () => {
  it('takes a proof, is told, and is over for a call under way (X33)', async () => {
    const { telephone, challengeId } = await ringing();
    expect(await problemOf(setUp.remove(phoneId))).toBe('proof-required');

    await setUp.remove(phoneId, { proofs: [await setUp.proof()] });

    expect(await telephone.press(challengeId, '482913')).toBe('denied');
    expect((await telephone.place(challengeId)).next).toBe('done');
    expect(await kinds()).toContain('factor-removed');
    expect(await problemOf(setUp.read(phoneId))).toBe('not-found');
  });

  it('is refused while the user is locked or suspended (A72a)', async () => {
    const proof = await setUp.proof();
    for (let count = 0; count < 5; count += 1) await world.start({ answer: wrongCode, factorId: world.factorId });
    expect(await problemOf(setUp.remove(phoneId, { proofs: [proof] }))).toBe('user-locked');

    await world.setState(({ lock: _lock, ...state }) => ({ ...state, suspendedAt: state.lastAt }));
    expect(await problemOf(setUp.remove(phoneId, { proofs: [proof] }))).toBe('user-suspended');
  });
});
