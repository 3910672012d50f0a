import { beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../../../shared/platform/clock.ts';
import { makeSignInWorld, problemOf, wrongCode, type SignInWorld } from '../../../support/sign-in-world.ts';

let world: SignInWorld;
beforeEach(async () => {
  world = await makeSignInWorld();
});

describe('getChallenge', () => {
  it('reads a pending challenge as its start showed it', async () => {
    const started = await world.start();

    expect(await world.get(started.challengeId)).toEqual(started);
  });

  it('shows what time has done, without writing it down', async () => {
    const { challengeId } = await world.start();
    const { version } = await world.state();
    world.stage.clock.advance(10 * minute);

    expect((await world.get(challengeId)).status).toBe('expired');
    expect((await world.state()).version).toBe(version);
  });

  it('answers for a foreign client as for a challenge that never was', async () => {
    const { challengeId } = await world.start();

    expect(await problemOf(world.get(challengeId, 0, 'vpn4567890123456'))).toBe('not-found');
    expect(await problemOf(world.get('chl_AAAA'))).toBe('not-found');
  });

  it('waits until it is decided, a look a second', async () => {
    const { challengeId } = await world.start();
    let looks = 0;
    world.deps.pause = async () => {
      looks += 1;
      if (looks === 3) await world.answer(challengeId, world.code());
    };

    const view = await world.get(challengeId, 20);

    expect(view.status).toBe('approved');
    expect(looks).toBe(3);
  });

  it('comes back when an answer was wrong, so that people see how many are left', async () => {
    const { challengeId } = await world.start();
    world.deps.pause = async () => void (await world.answer(challengeId, wrongCode));

    expect(await world.get(challengeId, 20)).toMatchObject({ status: 'pending', answersLeft: 4 });
  });

  it('waits no longer than it was asked to', async () => {
    const { challengeId } = await world.start();
    let looks = 0;
    world.deps.pause = () => Promise.resolve(void (looks += 1));

    await world.get(challengeId, 2);

    expect(looks).toBe(2);
  });

  it('gives the same result each time, until it has run out', async () => {
    const { challengeId, result } = await world.start({ answer: world.code() });
    const payload = (token: string | undefined) => token?.split('.')[1];

    expect(payload((await world.get(challengeId)).result)).toBe(payload(result));

    world.stage.clock.advance(minute);
    expect((await world.get(challengeId)).result).toBeUndefined();
  });

  it('offers only what could confirm when it started', async () => {
    await world.setPolicy({ methods: ['totp'] });
    const { challengeId } = await world.start();

    await world.setPolicy({ methods: [] });

    expect((await world.get(challengeId)).factors).toEqual([]);
  });
});
