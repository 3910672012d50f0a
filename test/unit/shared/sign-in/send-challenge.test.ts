import { beforeEach, describe, expect, it } from 'vitest';
import { hour, minute, second } from '../../../../shared/platform/clock.ts';
import { makePhoneCallWorld, rightPin, ring, type PhoneCallWorld } from '../../../support/phone-call-world.ts';
import { problemOf } from '../../../support/sign-in-world.ts';

let world: PhoneCallWorld;
beforeEach(async () => {
  world = await makePhoneCallWorld();
});

const hang = async (challengeId: string): Promise<void> => {
  world.carrierAnswers = () => Promise.resolve({ outcome: 'refused', reason: 'busy elsewhere' });
  await world.place(challengeId);
  await world.end(challengeId);
};

describe('sendChallenge', () => {
  it('starts the call under a name made of challenge and send', async () => {
    const { challengeId } = await world.start();

    const view = await world.send(challengeId);

    expect(view).toMatchObject({ status: 'pending', progress: { factorId: world.phoneId, attempt: 1, of: 5, state: 'queued' } });
    expect(world.executions).toHaveLength(1);
    expect(world.executions[0]).toMatch(/^[0-9a-f]{32}-1$/);
  });

  it('places no second call while one is under way, and starts the first again under its own name (A74)', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);

    const again = await world.send(challengeId);

    expect(again.progress).toMatchObject({ state: 'queued', attempt: 1 });
    expect(new Set(world.executions).size).toBe(1);
    expect((await world.state()).sends?.count).toBe(1);
  });

  it('sends once for a request that comes twice', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId, { request: 'once' });
    await hang(challengeId);

    await world.send(challengeId, { request: 'once' });

    expect(new Set(world.executions).size).toBe(1);
    expect((await world.state()).sends?.count).toBe(1);
  });

  it('allows one call to a number in 30 seconds (D20)', async () => {
    const { challengeId } = await world.start();
    await world.send(challengeId);
    await hang(challengeId);

    await expect(world.send(challengeId)).rejects.toMatchObject({ problem: 'too-many-sends', members: { retryAfterSeconds: 30 } });

    world.stage.clock.advance(30 * second);
    expect((await world.send(challengeId)).progress?.state).toBe('queued');
  });

  it('allows the first and three more on a challenge', async () => {
    const { challengeId } = await world.start();
    for (let count = 0; count < 4; count += 1) {
      await world.send(challengeId);
      await hang(challengeId);
      world.stage.clock.advance(31 * second);
    }

    expect(await problemOf(world.send(challengeId))).toBe('too-many-sends');
  });

  it('allows five an hour to a user', async () => {
    for (let count = 0; count < 5; count += 1) {
      const { challengeId } = await world.start();
      await world.send(challengeId);
      await hang(challengeId);
      await world.cancel(challengeId);
      world.stage.clock.advance(minute);
    }
    const { challengeId } = await world.start();

    expect(await problemOf(world.send(challengeId))).toBe('too-many-sends');

    world.stage.clock.advance(hour);
    const later = await world.start();
    expect((await world.send(later.challengeId)).progress?.state).toBe('queued');
  });

  it('writes down why a call was not paid for', async () => {
    await world.setPolicy({ spend: { sendsPerDay: 0 } });
    const { challengeId } = await world.start();

    expect(await problemOf(world.send(challengeId))).toBe('spend-limit');

    expect((await world.events()).map(({ kind }) => kind)).toContain('refused-spend-limit');
    expect(world.executions).toEqual([]);
    expect(await world.call(challengeId)).toBeUndefined();
  });

  it.each([
    ['that is decided', async (id: string) => void (await world.cancel(id)), 'canceled'],
    ['of a user who is suspended', () => world.setState((state) => ({ ...state, suspendedAt: state.lastAt })), 'pending'],
  ])('calls nobody for a challenge %s', async (_what, happens: (id: string) => Promise<void>, status) => {
    const { challengeId } = await world.start();
    await happens(challengeId);

    expect((await world.send(challengeId)).status).toBe(status);
    expect(world.executions).toEqual([]);
  });

  it('sends no call that could not be answered: a method that the policy allowed only later (X32)', async () => {
    await world.setPolicy({ methods: ['totp'] });
    const { challengeId } = await world.start();
    await world.setPolicy({ methods: ['totp', 'phone:call-pin'] });

    expect(await problemOf(world.send(challengeId))).toBe('factor-not-usable');
    expect((await world.get(challengeId)).factors.map(({ kind }) => kind)).toEqual(['totp']);
  });

  it('takes a second call of a challenge for its own, and hears nobody on the first', async () => {
    const challengeId = await ring(world);
    const first = world.dialed[0]?.token ?? '';
    for (let leg = 1; leg < 4; leg += 1) await world.end(challengeId);
    await world.setState((state) => ({ ...state, challenges: state.challenges.map(({ sending: _sending, ...rest }) => rest) }));
    await world.place(challengeId);
    world.stage.clock.advance(minute);
    await world.send(challengeId);
    await world.place(challengeId);

    expect(await world.press(challengeId, rightPin, { contactId: `contact-${first}` })).toBe('denied');
    expect(await world.press(challengeId, rightPin)).toBe('approved');
  });
});
