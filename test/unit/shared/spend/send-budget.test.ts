import { beforeEach, describe, expect, it } from 'vitest';
import { day, hour, second } from '../../../../shared/platform/clock.ts';
import type { Problem } from '../../../../shared/platform/problems/problem.ts';
import { spendWrites, type PaidSend } from '../../../../shared/spend/send-budget.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await makeStage();
});

const call: PaidSend = { e164: '+12025550142', country: 'US', organizationKey: 'acme', organizationPerDay: 100 };

/** `sent`, or the problem that the first budget refused with. */
async function send(paid: Partial<PaidSend> = {}): Promise<string | Problem> {
  const { writes, refusal } = spendWrites(stage.table.name, stage.keys, { ...call, ...paid }, stage.clock.now());
  const result = await stage.table.transact(writes);
  return result.done ? 'sent' : refusal(result.refused[0] ?? -1);
}

async function sendEvery(interval: number, times: number, paid: Partial<PaidSend> = {}): Promise<number> {
  let sent = 0;
  for (let count = 0; count < times; count += 1) {
    if ((await send(paid)) === 'sent') sent += 1;
    stage.clock.advance(interval);
  }
  return sent;
}

describe('the budgets of a send', () => {
  it('let one to a number in 30 seconds', async () => {
    expect(await send()).toBe('sent');
    stage.clock.advance(29 * second);
    expect(await send()).toMatchObject({ problem: 'too-many-sends', members: { retryAfterSeconds: 30 } });
    stage.clock.advance(second);
    expect(await send()).toBe('sent');
  });

  it('let five to a number in an hour, whoever asks, and ten in a day (A70)', async () => {
    expect(await sendEvery(31 * second, 20, { organizationKey: 'acme' })).toBe(5);
    expect(await send({ organizationKey: 'other' })).toMatchObject({ problem: 'too-many-sends' });
    stage.clock.advance(hour);
    expect(await sendEvery(31 * second, 20)).toBe(5);
    stage.clock.advance(hour);
    expect(await send()).toMatchObject({ problem: 'too-many-sends' });
    stage.clock.advance(day);
    expect(await send()).toBe('sent');
  });

  it('keep sign-ins apart from proving calls, whoever proves: neither uses up the other (A85)', async () => {
    expect(await sendEvery(31 * second, 20, { organizationKey: 'stranger', isProof: true })).toBe(4);
    expect(await send({ organizationKey: 'another', isProof: true })).toMatchObject({ problem: 'too-many-sends' });

    expect(await sendEvery(31 * second, 20)).toBe(5);

    stage.clock.advance(hour);
    expect(await sendEvery(31 * second, 20, { isProof: true })).toBe(4);
    stage.clock.advance(hour);
    expect(await send({ isProof: true })).toMatchObject({ problem: 'too-many-sends' });
    expect(await send()).toBe('sent');
  });

  it('charge no organization for a further number of the same send', async () => {
    const { e164, country } = call;
    const { writes } = spendWrites(stage.table.name, stage.keys, { e164, country }, stage.clock.now());

    expect((await stage.table.transact(writes)).done).toBe(true);
    expect((await stage.items()).map(({ pk }) => String(pk).split('#')[0]).sort()).toEqual(['COUNTRY', 'NUMBER', 'NUMBER', 'NUMBER']);
  });

  it('let an organization no more than it allows in a day', async () => {
    const outcomes: (string | undefined)[] = [];
    for (let count = 0; count < 4; count += 1) {
      const outcome = await send({ e164: `+1202555010${String(count)}`, organizationPerDay: 3 });
      outcomes.push(typeof outcome === 'string' ? outcome : outcome.problem);
    }

    expect(outcomes).toEqual(['sent', 'sent', 'sent', 'spend-limit']);
    expect(await send({ e164: '+12025550110', organizationKey: 'other' })).toBe('sent');
  });

  it('let nothing through where nothing is allowed: zero never means unlimited (X23)', async () => {
    expect(await send({ organizationPerDay: 0 })).toMatchObject({ problem: 'spend-limit' });
  });

  it('spend nothing for a send that one of them refused', async () => {
    await send();
    await send({ organizationPerDay: 100 });

    const counts = (await stage.items()).flatMap(({ sent }) => (sent === undefined ? [] : [sent]));

    expect(counts).toEqual([1, 1, 1, 1]);
  });

  it('let exactly the allowed number through when fifty come at once', async () => {
    const all = Array.from({ length: 50 }, (_, position) => send({ e164: `+120255501${String(position).padStart(2, '0')}`, organizationPerDay: 9 }));
    let outcomes = await Promise.all(all);
    for (let round = 0; round < 5; round += 1) {
      // A conflict is no refusal: whoever met one tries again, as the commit does.
      outcomes = [...outcomes.filter((outcome) => outcome === 'sent'), await send({ e164: `+1202555019${String(round)}`, organizationPerDay: 9 })];
    }

    expect(outcomes.filter((outcome) => outcome === 'sent').length).toBeLessThanOrEqual(9);
    expect((await stage.items()).find(({ pk }) => String(pk).startsWith('SPEND#'))?.['sent']).toBe(outcomes.filter((outcome) => outcome === 'sent').length);
  });

  it('keep no number in the clear, and are forgotten after a month', async () => {
    await send();

    const items = await stage.items();

    expect(JSON.stringify(items)).not.toContain('2025550142');
    expect(items.map(({ expiresAt }) => Number(expiresAt) * 1000 - stage.clock.now())).toEqual(items.map(() => 30 * day));
  });
});
