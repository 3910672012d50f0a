import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppAnswer } from '../../shared/sign-in/app/answer-request.ts';
import { makeAppWorld, push, type AppWorld } from '../support/app-world.ts';
import { count, startRace, type Race } from './race.ts';
import type { Task } from './tasks.ts';

let race: Race;
let world: AppWorld;
beforeAll(() => {
  race = startRace();
});
afterAll(() => race.stop());
beforeEach(async () => {
  world = await makeAppWorld({ devices: 2 });
  const { stage, user } = world;
  const root = Buffer.alloc(32, 7).toString('base64');
  await race.stand({ endpoint: stage.endpoint, table: stage.table.name, root, at: stage.clock.now(), ...user.home });
});

/** Each is signed anew: no two signatures of one text are the same. */
function signedTimes(many: number, answer: AppAnswer, position = 0): Task[] {
  return Array.from({ length: many }, () => {
    const { factorId, time, signature, body } = world.signed('/app/answer', answer, position);
    return { do: 'decide', factorId, time, signature: Buffer.from(signature).toString('base64'), body: Buffer.from(body).toString() };
  });
}

const eventsOf = async (kind: string) => (await world.events()).filter((event) => event['kind'] === kind);

describe('200 signed answers at once, through four processes', () => {
  it('that approve make one approval, and every one hears of it (I1, I2)', async () => {
    const challengeId = await push(world);

    const counts = count(await race.run(signedTimes(200, { challengeId, send: 1, decision: 'approve' })));

    expect(counts).toEqual({ approved: 200 });
    expect(await eventsOf('challenge-approved')).toHaveLength(1);
    expect((await world.state()).version).toBe(4);
  });

  it('that approve and decline come to one of the two', async () => {
    const challengeId = await push(world);
    const both = [...signedTimes(100, { challengeId, send: 1, decision: 'approve' }), ...signedTimes(100, { challengeId, send: 1, decision: 'decline' })];

    const counts = count(await race.run(both));

    const decided = [...(await eventsOf('challenge-approved')), ...(await eventsOf('challenge-declined'))];
    expect(decided).toHaveLength(1);
    expect(Object.keys(counts).sort()).toEqual([decided[0]?.['kind'] === 'challenge-approved' ? 'approved' : 'declined', 'over'].sort());
  });

  it('from two devices count only from the one that was asked (I7)', async () => {
    const challengeId = await push(world, 1);
    const both = [...signedTimes(100, { challengeId, send: 1, decision: 'decline' }), ...signedTimes(100, { challengeId, send: 1, decision: 'approve' }, 1)];

    const counts = count(await race.run(both));

    expect(counts).toEqual({ approved: 100, over: 100 });
    expect((await world.get(challengeId)).status).toBe('approved');
  });
});
