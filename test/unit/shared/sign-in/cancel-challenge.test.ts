import { beforeEach, describe, expect, it } from 'vitest';
import { makeSignInWorld, problemOf, wrongCode, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
beforeEach(async () => {
  world = await makeSignInWorld();
});

describe('cancelChallenge', () => {
  it('ends a pending challenge for good', async () => {
    const { challengeId } = await world.start();

    expect((await world.cancel(challengeId)).status).toBe('canceled');

    expect((await world.answer(challengeId, world.code())).status).toBe('canceled');
  });

  it('makes room for another', async () => {
    const first = await world.start();
    await world.start();
    await world.start();

    await world.cancel(first.challengeId);

    expect((await world.start()).status).toBe('pending');
  });

  it('leaves what is decided as it is', async () => {
    const { challengeId } = await world.start({ answer: world.code() });

    expect((await world.cancel(challengeId)).status).toBe('approved');
  });

  it('gives no guesses back (A6)', async () => {
    const { challengeId } = await world.start({ answer: wrongCode });
    await world.cancel(challengeId);

    expect((await world.state()).failures).toBe(1);
  });

  it('is for the client that started it', async () => {
    const { challengeId } = await world.start();

    expect(await problemOf(world.cancel(challengeId, { clientId: 'vpn4567890123456' }))).toBe('not-found');
  });

  it('is written down once for a request that comes twice', async () => {
    const { challengeId } = await world.start();

    const views = [await world.cancel(challengeId, { request: 'once' }), await world.cancel(challengeId, { request: 'once' })];

    expect(views.map(({ status }) => status)).toEqual(['canceled', 'canceled']);
    expect((await world.events()).filter(({ kind }) => kind === 'challenge-canceled')).toHaveLength(1);
  });
});
