import { beforeEach, describe, expect, it } from 'vitest';
import { costWrite, monthCosts } from '../../../../shared/spend/month-costs.ts';
import { callCost, dollarsOf, legCost, mailCost, textCost } from '../../../../shared/spend/send-prices.ts';
import { spendWrites } from '../../../../shared/spend/send-budget.ts';
import { makePhoneCallWorld, ring, type PhoneCallWorld } from '../../../support/phone-call-world.ts';

let world: PhoneCallWorld;
beforeEach(async () => {
  world = await makePhoneCallWorld();
});

const organizationKey = (): string => world.user.home.organizationKey;
const january = () => monthCosts(world.stage.table, organizationKey(), '2030-01');

describe('what sends cost', () => {
  it('is added by the transaction that sends, by kind, and stands on its event', async () => {
    await ring(world);

    expect(await january()).toMatchObject({ currency: 'USD', total: dollarsOf(callCost('US').amount), items: [{ kind: 'call', count: 1 }, { count: 0 }, { count: 0 }, { count: 0 }] });
    const [sent] = (await world.events()).filter(({ kind }) => kind === 'challenge-sent');
    expect((sent?.detail as { cost: number }).cost).toBe(callCost('US').amount);
  });

  it('grows with each further leg of a call', async () => {
    const challengeId = await ring(world);
    expect(await world.end(challengeId)).toBe('again');
    await world.place(challengeId);

    const { items } = await january();

    expect(items[0]).toEqual({ kind: 'call', count: 2, cost: dollarsOf(callCost('US').amount + legCost('US').amount) });
  });

  it('is nothing for what was refused: budgets and costs are one write', async () => {
    const paid = { e164: '+12025550199', country: 'US', organizationKey: organizationKey(), organizationPerDay: 0, cost: textCost('US') };
    const { writes } = spendWrites(world.stage.table.name, world.stage.keys, paid, world.stage.clock.now());

    expect((await world.stage.table.transact([...writes])).done).toBe(false);
    expect((await january()).total).toBe(0);
  });

  it('is summed over the days of a month, and of no other', async () => {
    const now = world.stage.clock.now();
    const days = [0, 3, 16, 17].map((days) => now + days * 86_400_000);
    for (const at of days) await world.stage.table.transact([costWrite(world.stage.table.name, organizationKey(), mailCost, at)]);

    expect((await january()).items[2]).toEqual({ kind: 'mail', count: 3, cost: dollarsOf(3 * mailCost.amount) });
    expect((await monthCosts(world.stage.table, organizationKey(), '2030-02')).items[2]?.count).toBe(1);
  });

  it('reckons a country without a price as the dearest that has one', () => {
    expect(textCost('ZZ').amount).toBe(Math.max(...['US', 'CA', 'GB', 'JP'].map((country) => textCost(country).amount)));
    expect(legCost('ZZ').amount).toBe(legCost('GB').amount);
  });
});
