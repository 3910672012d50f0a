import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passkeyChallenge } from '../../../../shared/factors/kinds/passkey.ts';
import { writeObjectId } from '../../../../shared/platform/object-id.ts';
import { makeAuthenticator } from '../../../support/authenticator.ts';
import { makeSignInWorld, problemOf, randomOf, type SignInWorld } from '../../../support/sign-in-world.ts';

const site = { rpId: 'id.example.com', origin: 'https://id.example.com' };
const id = new Uint8Array(8).fill(3);
const authenticator = makeAuthenticator();

let world: SignInWorld;
let factorId: string;
const before = process.env['COUNTERSIGN_PAGES'];
beforeAll(() => {
  process.env['COUNTERSIGN_PAGES'] = site.origin;
});
afterAll(() => {
  if (before === undefined) delete process.env['COUNTERSIGN_PAGES'];
  else process.env['COUNTERSIGN_PAGES'] = before;
});
beforeEach(async () => {
  world = await makeSignInWorld();
  factorId = writeObjectId(world.stage.keys, 'fac', { ...world.user.home, random: id });
  const { credentialId, publicKey } = authenticator;
  const passkey = { id, kind: 'passkey', status: 'active', createdAt: world.stage.clock.now(), credentialId, publicKey } as const;
  await world.setState((state) => ({ ...state, factors: [passkey] }));
});

/** A passkey that does not count, so that nothing but the challenge tells one answer from the next. */
const signed = (challengeId: string): string =>
  authenticator.assert(passkeyChallenge(world.stage.keys, randomOf(world.stage, challengeId)), site, { counter: 0 });
const answer = (challengeId: string, text: string, request?: string) => world.answer(challengeId, text, { factorId, ...(request ? { request } : {}) });

describe('an answer by passkey', () => {
  it('approves once, of any number at the same moment', async () => {
    const { challengeId } = await world.start();
    const text = signed(challengeId);

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => answer(challengeId, text).then(({ status }) => status, () => 'refused')));

    expect(outcomes.filter((status) => status === 'approved')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['approved', 'refused']));
  });

  it('is the same answer to the same request whose reply was lost', async () => {
    const { challengeId } = await world.start();
    const text = signed(challengeId);
    const first = await answer(challengeId, text, 'lost');

    expect(await answer(challengeId, text, 'lost')).toMatchObject({ status: 'approved', challengeId: first.challengeId });
  });

  it('serves the challenge that it was signed for, and counts as wrong for any other', async () => {
    const [one, other] = [await world.start(), await world.start()];

    expect(await answer(other.challengeId, signed(one.challengeId))).toMatchObject({ status: 'pending', reason: 'wrong-answer', answersLeft: 4 });
    expect(await answer(one.challengeId, signed(one.challengeId))).toMatchObject({ status: 'approved' });
  });

  it('approves nothing for a user who was locked, or whose passkey was removed, in between', async () => {
    const [one, other] = [await world.start(), await world.start()];
    await world.setState((state) => ({ ...state, lock: { until: state.lastAt + 3_600_000, reason: 'failures' } }));
    expect((await answer(one.challengeId, signed(one.challengeId))).status).not.toBe('approved');

    await world.setState(({ lock: _lock, ...state }) => ({ ...state, factors: [] }));
    expect(await problemOf(answer(other.challengeId, signed(other.challengeId)))).toBe('factor-not-usable');
  });
});
