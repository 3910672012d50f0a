import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeIn, makeTextWorld, mobile, not, text, type TextWorld } from '../support/text-world.ts';
import { problemOf } from '../support/sign-in-world.ts';
import { count, startRace, type Race } from './race.ts';
import type { Task } from './tasks.ts';

let race: Race;
let world: TextWorld;
beforeAll(() => {
  race = startRace();
});
afterAll(() => race.stop());
beforeEach(async () => {
  world = await makeTextWorld();
  const { stage, user } = world;
  const root = Buffer.alloc(32, 7).toString('base64');
  await race.stand({ endpoint: stage.endpoint, table: stage.table.name, root, at: stage.clock.now(), ...user.home });
});

const times = (many: number, task: Task): Task[] => Array.from({ length: many }, () => task);
const eventsOf = async (kind: string) => (await world.events()).filter((event) => event['kind'] === kind);

describe('200 texts at once, through four processes', () => {
  it('that are right approve once, and the number is free afterwards (I1, I2)', async () => {
    const challengeId = await text(world);

    const counts = count(await race.run(times(200, { do: 'reply', from: mobile, text: codeIn(world.texts) })));

    expect(counts['approved']).toBe(1);
    expect((counts['over'] ?? 0) + (counts['unknown'] ?? 0)).toBe(199);
    expect(await eventsOf('challenge-approved')).toHaveLength(1);
    expect((await world.get(challengeId)).status).toBe('approved');
    expect((await world.stage.items()).filter(({ pk }) => String(pk).startsWith('REPLY#'))).toEqual([]);
  });

  it('that are one wrong text delivered 200 times cost one attempt (X8)', async () => {
    await text(world);

    const counts = count(await race.run(times(200, { do: 'reply', from: mobile, text: not(codeIn(world.texts)), messageId: 'the same' })));

    expect(counts).toEqual({ pending: 200 });
    expect((await world.state()).failures).toBe(1);
    expect(await eventsOf('answer-wrong')).toHaveLength(1);
  });

  it('that are wrong are five, and then the person is locked (I3, A3)', async () => {
    await text(world);

    const counts = count(await race.run(times(200, { do: 'reply', from: mobile, text: not(codeIn(world.texts)) })));

    expect(counts['pending']).toBe(4);
    expect(await eventsOf('answer-wrong')).toHaveLength(5);
    expect(await eventsOf('user-locked')).toHaveLength(1);
  });

  it('beside answers typed on the page: one of both approves', async () => {
    const challengeId = await text(world);
    const tasks = [
      ...times(100, { do: 'reply', from: mobile, text: codeIn(world.texts) }),
      ...times(100, { do: 'answer', challengeId, answer: world.code(), factorId: world.factorId }),
    ];

    const counts = count(await race.run(tasks));

    expect(counts['approved']).toBe(1);
    expect(await eventsOf('challenge-approved')).toHaveLength(1);
  });
});

describe('two people who share a number, at the same moment', () => {
  it('are texted once, and one waits', async () => {
    const others = await Promise.all(['u-2', 'u-3', 'u-4'].map((userId) => makeTextWorld({ beside: world, userId })));
    const challenges = await Promise.all(others.map((other) => other.start()));

    const outcomes = await Promise.all(others.map((other, position) => problemOf(other.sendText(challenges[position]?.challengeId ?? ''))));

    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(1);
    expect(others.flatMap(({ texts }) => texts)).toHaveLength(1);
    expect((await world.stage.items()).filter(({ pk }) => String(pk).startsWith('REPLY#'))).toHaveLength(1);
  });
});
