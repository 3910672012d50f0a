import { beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../../../../shared/platform/clock.ts';
import { eraseUser } from '../../../../../shared/users/erase-user.ts';
import { findUser } from '../../../../../shared/users/user-store.ts';
import { makePhoneCallWorld, rightPin, ring, type PhoneCallWorld } from '../../../../support/phone-call-world.ts';
import { problemOf, wrongCode } from '../../../../support/sign-in-world.ts';

let world: PhoneCallWorld;
beforeEach(async () => {
  world = await makePhoneCallWorld();
});

const erase = async (): Promise<void> => {
  const { home } = world.user;
  const found = await findUser(world.stage.table, home);
  await eraseUser(world.stage.deps, { home, found, context: { requestId: 'erase', door: 'api' } });
};

const lock = async (): Promise<void> => {
  for (let count = 0; count < 5; count += 1) await world.start({ answer: wrongCode });
};

describe('between the ringing and the keys', () => {
  it('the user is erased: the caller hears goodbye, and the workflow ends (X31)', async () => {
    const challengeId = await ring(world);
    await erase();

    expect(await world.press(challengeId, rightPin)).toBe('denied');
    expect(await world.end(challengeId)).toBe('done');
    expect((await world.place(challengeId)).next).toBe('done');
  });

  it('the user is erased and made again: nothing of before counts', async () => {
    const challengeId = await ring(world);
    await erase();
    const again = await world.stage.makeUser(world.organization, { userId: 'u-1', version: 50 });

    expect(await world.press(challengeId, rightPin)).toBe('denied');
    expect(await world.end(challengeId)).toBe('done');
    expect((await world.state()).version).toBe(again.state.version);
  });

  it.each([
    ['locked', lock],
    ['suspended', () => world.setState((state) => ({ ...state, suspendedAt: state.lastAt }))],
  ])('the user is %s: the right PIN is denied, and nobody is called again (I4)', async (_what, happens) => {
    const challengeId = await ring(world);
    await happens();

    expect(await world.press(challengeId, rightPin)).toBe('denied');
    expect(['again', 'done']).toContain(await world.end(challengeId));
    expect((await world.place(challengeId)).next).toBe('done');
    expect((await world.get(challengeId)).result).toBeUndefined();
  });

  it('the policy is tightened: the right PIN is refused, and not counted (X32)', async () => {
    const challengeId = await ring(world);
    await world.setPolicy({ methods: ['totp'] });

    expect(await world.press(challengeId, rightPin)).toBe('denied');
    expect((await world.state()).failures).toBeUndefined();
    expect((await world.place(challengeId)).next).toBe('done');
  });

  it('the challenge runs out', async () => {
    const challengeId = await ring(world);
    world.stage.clock.advance(10 * minute);

    expect(await world.press(challengeId, rightPin)).toBe('denied');
    expect(await world.end(challengeId)).toBe('done');
    expect((await world.state()).failures).toBeUndefined();
  });

  it('the wait of the workflow ends: whoever is first decides, and the leg is counted once', async () => {
    for (let count = 0; count < 5; count += 1) {
      const own = await makePhoneCallWorld({ beside: world, userId: `u-${String(count + 10)}`, numbers: [`+1202555010${String(count)}`] });
      const challengeId = await ring(own);

      const [said, next] = await Promise.all([own.press(challengeId, rightPin).catch(() => 'error'), own.end(challengeId)]);

      const { status } = await own.get(challengeId);
      expect(status).toBe(said === 'approved' ? 'approved' : 'pending');
      if (said === 'approved') expect((await own.place(challengeId)).next).toBe('done');
      else expect([next, (await own.state()).failures]).toEqual(['again', 1]);
    }
  });
});

describe('many sends at once (I12)', () => {
  it('place one call for one challenge', async () => {
    const { challengeId } = await world.start();

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => problemOf(world.send(challengeId))));

    expect(new Set(outcomes)).toEqual(new Set(['none']));
    expect(new Set(world.executions).size).toBe(1);
    expect((await world.state()).sends?.count).toBe(1);
  });

  it('ring a number that several people share once in 30 seconds', async () => {
    const people = await Promise.all(['a', 'b', 'c', 'd'].map((userId) => makePhoneCallWorld({ beside: world, userId })));
    const challenges = await Promise.all(people.map((each) => each.start()));

    const outcomes = await Promise.all(people.map((each, position) => problemOf(each.send(challenges[position]?.challengeId ?? ''))));

    expect(outcomes.sort()).toEqual(['none', 'too-many-sends', 'too-many-sends', 'too-many-sends']);
  });

  it('stay within what the organization allows a day, to the last one', async () => {
    await world.setPolicy({ spend: { sendsPerDay: 7 } });
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, position) =>
        makePhoneCallWorld({ beside: world, userId: `p-${String(position)}`, numbers: [`+12025550${String(100 + position)}`] }),
      ),
    );
    const challenges = await Promise.all(people.map((each) => each.start()));

    const sends = people.flatMap((each, position) => [each, each].map(() => problemOf(each.send(challenges[position]?.challengeId ?? ''))));
    const outcomes = await Promise.all(sends);

    expect(people.filter(({ executions }) => executions.length > 0)).toHaveLength(7);
    expect(outcomes.filter((outcome) => outcome === 'spend-limit').length).toBeGreaterThanOrEqual(13);
    const spent = (await world.stage.items()).find(({ pk }) => String(pk).startsWith('SPEND#'));
    expect(spent?.['sent']).toBe(7);
  });
});
