import { beforeEach, describe, expect, it } from 'vitest';
import { second } from '../../../../../shared/platform/clock.ts';
import { spendWrites } from '../../../../../shared/spend/send-budget.ts';
import { makePhoneCallWorld, primaryNumber, ring, secondaryNumber, type PhoneCallWorld } from '../../../../support/phone-call-world.ts';

let world: PhoneCallWorld;
beforeEach(async () => {
  world = await makePhoneCallWorld({ numbers: [primaryNumber, secondaryNumber] });
});

/** Another organization sends to this number. */
async function spend(e164: string): Promise<boolean> {
  const { stage } = world;
  const { writes } = spendWrites(stage.table.name, stage.keys, { e164, country: 'US' }, stage.clock.now());
  return (await stage.table.transact(writes)).done;
}

/** Nobody answers, and the next leg is placed. */
async function goOn(challengeId: string): Promise<string> {
  await world.contact({ type: 'ended', wasConnected: false });
  await world.end(challengeId);
  return (await world.place(challengeId)).next;
}

const counts = async (prefix: string) =>
  (await world.stage.items()).filter(({ pk, sk }) => String(pk).startsWith(prefix) && String(sk).startsWith('HOUR')).map(({ sent }) => sent);

describe('the secondary number', () => {
  it('is charged to its own budget, once in a send, when its leg is placed (D20)', async () => {
    const challengeId = await ring(world);
    expect(await counts('NUMBER#')).toEqual([1]);

    for (let leg = 2; leg <= 4; leg += 1) await goOn(challengeId);

    expect(world.dialed.map(({ to }) => to)).toEqual([primaryNumber, secondaryNumber, primaryNumber, secondaryNumber]);
    expect(await counts('NUMBER#')).toEqual([1, 1]);
  });

  it('is left out where its budget is used up, and the call goes on with the first', async () => {
    for (let count = 0; count < 5; count += 1) {
      expect(await spend(secondaryNumber)).toBe(true);
      world.stage.clock.advance(31 * second);
    }
    const challengeId = await ring(world);

    expect(await goOn(challengeId)).toBe('again');
    expect(await world.place(challengeId)).toEqual({ next: 'wait', leg: 3 });

    expect(world.dialed.map(({ to, leg }) => [to, leg])).toEqual([
      [primaryNumber, 1],
      [primaryNumber, 3],
    ]);
    expect((await world.state()).failures).toBe(1);
  });

  it('ends with the fifth leg, also when it could not be paid for', async () => {
    for (let count = 0; count < 5; count += 1) {
      await spend(secondaryNumber);
      world.stage.clock.advance(31 * second);
    }
    const challengeId = await ring(world);
    const nexts: string[] = [];
    for (let leg = 2; leg <= 6; leg += 1) {
      const call = await world.call(challengeId);
      nexts.push(call?.legClosed ? (await world.place(challengeId)).next : await goOn(challengeId));
    }

    expect(nexts).toEqual(['again', 'wait', 'again', 'wait', 'done']);
    expect(world.dialed.map(({ to }) => to)).toEqual([primaryNumber, primaryNumber, primaryNumber]);
  });

  it('is not called in a country that the policy has taken away since', async () => {
    const challengeId = await ring(world);
    await world.setPolicy({ countries: ['GB'] });

    expect(await goOn(challengeId)).toBe('again');

    expect(world.dialed.map(({ to }) => to)).toEqual([primaryNumber]);
    expect(await counts('NUMBER#')).toEqual([1]);
  });

  it('is charged once, though the task that placed it is tried again (X10)', async () => {
    const challengeId = await ring(world);
    world.carrierAnswers = () => Promise.reject(new Error('killed'));
    await expect(goOn(challengeId)).rejects.toThrow('killed');
    world.carrierAnswers = ({ token }) => Promise.resolve({ outcome: 'placed', contactId: `contact-${token}` });

    expect(await world.place(challengeId)).toEqual({ next: 'wait', leg: 2 });

    expect(await counts('NUMBER#')).toEqual([1, 1]);
  });
});
