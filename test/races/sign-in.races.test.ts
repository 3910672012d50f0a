import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeSignInWorld, wrongCode, type SignInWorld } from '../support/sign-in-world.ts';
import { count, startRace, type Race } from './race.ts';
import type { Task } from './tasks.ts';

let race: Race;
let world: SignInWorld;
beforeAll(() => {
  race = startRace();
});
afterAll(() => race.stop());
beforeEach(async () => {
  world = await makeSignInWorld();
  const { stage, user } = world;
  const root = Buffer.alloc(32, 7).toString('base64');
  await race.stand({ endpoint: stage.endpoint, table: stage.table.name, root, at: stage.clock.now(), ...user.home });
});

const vpn = 'vpn4567890123456';
const times = (many: number, task: Task): Task[] => Array.from({ length: many }, () => task);
const shuffled = (tasks: Task[]): Task[] => tasks.map((task, position) => ({ task, at: (position * 7919) % tasks.length })).sort((a, b) => a.at - b.at).map(({ task }) => task);
const eventsOf = async (kind: string) => (await world.events()).filter((event) => event['kind'] === kind);

/** A word about the guess was told to somebody. */
const revealed = (counts: Record<string, number>): number => (counts['pending/wrong-answer'] ?? 0) + (counts['denied/wrong-answer'] ?? 0);

describe('200 answers at once, through four processes', () => {
  it('that are right approve once (I1, I2, A28)', async () => {
    const { challengeId } = await world.start();

    const counts = count(await race.run(times(200, { do: 'answer', challengeId, answer: world.code() })));

    expect(counts).toEqual({ approved: 1, 'challenge-decided': 199 });
    expect(await eventsOf('challenge-approved')).toHaveLength(1);
    expect((await world.state()).version).toBe(3);
  });

  it('that are wrong tell four times that they are, and lock with the fifth (I3, A3)', async () => {
    const { challengeId } = await world.start();

    const counts = count(await race.run(times(200, { do: 'answer', challengeId, answer: wrongCode })));

    expect(revealed(counts)).toBe(4);
    expect(counts['locked']).toBe(196);
    expect(await eventsOf('answer-wrong')).toHaveLength(5);
    expect(await eventsOf('user-locked')).toHaveLength(1);
    expect((await world.state()).failures).toBe(5);
  });

  it('that are wrong are five in all, over challenges, clients and starts together', async () => {
    const [one, other, third] = [await world.start(), await world.start({}, { clientId: vpn }), await world.start()];
    const tasks = [
      ...times(50, { do: 'answer', challengeId: one.challengeId, answer: wrongCode }),
      ...times(50, { do: 'answer', challengeId: other.challengeId, answer: wrongCode, clientId: vpn }),
      ...times(50, { do: 'answer', challengeId: third.challengeId, answer: wrongCode }),
      ...times(50, { do: 'start', answer: wrongCode }),
    ];

    const counts = count(await race.run(shuffled(tasks)));

    expect(revealed(counts)).toBe(4);
    expect(await eventsOf('answer-wrong')).toHaveLength(5);
    expect((await world.state()).lock).toBeDefined();
    expect(revealed(counts) + (counts['locked'] ?? 0) + (counts['locked/wrong-answer'] ?? 0)).toBe(200);
  });

  it('with one code on two challenges approve one of them (I2, A19)', async () => {
    const [one, other] = [await world.start(), await world.start({}, { clientId: vpn })];
    const tasks = [
      ...times(20, { do: 'answer', challengeId: one.challengeId, answer: world.code() }),
      ...times(20, { do: 'answer', challengeId: other.challengeId, answer: world.code(), clientId: vpn }),
      ...times(20, { do: 'start', answer: world.code() }),
    ];

    const counts = count(await race.run(shuffled(tasks)));

    expect(counts['approved']).toBe(1);
    expect(Object.keys(counts).sort()).toEqual(expect.arrayContaining(['answer-used', 'approved']));
    expect(await eventsOf('challenge-approved')).toHaveLength(1);
  });
});

describe('the owner, while somebody else who knows the password floods', () => {
  it.each([1, 2, 3])('gets in with the right code (try %i)', async () => {
    const { challengeId } = await world.start();
    const flood = [
      ...times(60, { do: 'start-and-cancel' }),
      ...times(60, { do: 'start' }),
      ...times(4, { do: 'start', answer: wrongCode }),
      ...times(60, { do: 'cancel', challengeId: 'chl_none' }),
    ];
    const owner: Task = { do: 'answer', challengeId, answer: world.code() };

    const counts = count(await race.run([...shuffled(flood).slice(0, 90), owner, ...shuffled(flood).slice(90)]));

    expect(counts['approved']).toBe(1);
    expect(counts['unavailable']).toBeUndefined();
    expect((await world.get(challengeId)).status).toBe('approved');
    expect((await world.state()).starts?.count).toBeLessThanOrEqual(10);
  });
});
