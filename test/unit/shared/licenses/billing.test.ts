import { beforeEach, describe, expect, it } from 'vitest';
import { writeBillCsv } from '../../../../shared/licenses/billing-csv.ts';
import { billFor, type Bill } from '../../../../shared/licenses/billing.ts';
import { toOrderItem, newOrderRandom, type Order } from '../../../../shared/licenses/order.ts';
import { discountOf } from '../../../../shared/licenses/promo-code.ts';
import { toAttributes } from '../../../../shared/platform/dynamo/attributes.ts';
import { organizationKeyOf } from '../../../../shared/platform/object-id.ts';
import type { Organization } from '../../../../shared/organizations/organization.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';

let stage: Stage;
let reseller: Organization;
beforeEach(async () => {
  stage = await makeStage();
  reseller = await stage.makeOrganization({ organizationId: 'r1', name: 'Reseller' });
});

const at = (text: string): number => Date.parse(text);

async function order(organizationId: string, orderedAt: string, more: Partial<Order> = {}): Promise<void> {
  const made: Order = {
    schema: 1, organizationKey: organizationKeyOf(stage.keys, organizationId), random: newOrderRandom(stage.deps.random, at(orderedAt)), item: 'phone', quantity: 2,
    monthlyFee: 300, currency: 'USD', agreementVersion: '1', orderedBy: 'portal', orderedAt: at(orderedAt), ...more,
  };
  await stage.put(toOrderItem(made));
}

async function company(organizationId: string, parentId = 'r1'): Promise<void> {
  await stage.makeOrganization({ organizationId, name: `Company ${organizationId}`, parentId });
  await stage.put(toAttributes({ pk: `ORG#${organizationKeyOf(stage.keys, 'r1')}`, sk: `CHILD#${organizationId}`, organizationId }));
}

const bill = (month: string, limit = 100, cursor?: string) => billFor(stage.deps, { organization: reseller, month, limit, ...(cursor === undefined ? {} : { cursor }) });

describe('a bill', () => {
  it.each([
    ['2029-12', 0], ['2030-01', 1], ['2030-02', 1], ['2030-03', 0],
  ])('charges whole months, from that of the order to that of its cancellation: %s', async (month, lines) => {
    await order('r1', '2030-01-31T23:59:59Z', { canceledAt: at('2030-02-28T23:59:59.999Z') });

    expect((await bill(month)).lines).toHaveLength(lines);
  });

  it('charges an order from the first moment of its month, by UTC', async () => {
    await order('r1', '2030-03-01T00:00:00Z');

    expect((await bill('2030-02')).lines).toEqual([]);
    expect((await bill('2030-03')).lines).toHaveLength(1);
    expect((await bill('2032-02')).lines).toHaveLength(1);
  });

  it('of a reseller holds its companies, and none that has left', async () => {
    await company('c1');
    await company('c2');
    await company('gone', 'r2');
    for (const id of ['r1', 'c1', 'c2', 'gone']) await order(id, '2030-01-02T00:00:00Z', { promo: { code: 'HALF', percentOff: 50 } });
    await order('c1', '2030-01-03T00:00:00Z', { currency: 'EUR', quantity: 1, userId: 'u-1' });

    const { lines, totals } = await bill('2030-01');

    expect(lines.map(({ organizationId, discount, total, currency, userId }) => [organizationId, discount, total, currency, userId])).toEqual([
      ['r1', 3, 3, 'USD', undefined], ['c1', 3, 3, 'USD', undefined], ['c1', 0, 3, 'EUR', 'u-1'], ['c2', 3, 3, 'USD', undefined],
    ]);
    expect(totals).toEqual([{ currency: 'USD', total: 9 }, { currency: 'EUR', total: 3 }]);
  });

  it.each([1, 2, 3, 7])('is whole when it is read in pages of %i, and its cursor goes with nothing else', async (limit) => {
    for (const id of ['c1', 'c2', 'c3']) await company(id);
    for (const id of ['r1', 'c1', 'c3']) for (const day of ['01', '02', '03']) await order(id, `2030-01-${day}T00:00:00Z`);
    const pages: Bill[] = [];
    do pages.push(await bill('2030-01', limit, pages.at(-1)?.cursor));
    while (pages.at(-1)?.cursor !== undefined);

    expect(pages.flatMap(({ lines }) => lines)).toEqual((await bill('2030-01')).lines);
    expect(new Set(pages.flatMap(({ lines }) => lines.map(({ orderId }) => orderId))).size).toBe(9);
    await expect(bill('2030-02', limit, pages[0]?.cursor)).rejects.toMatchObject({ problem: 'cursor-invalid' });
  });

  it('rounds what a promo code takes off to whole hundredths, half up', () => {
    expect([discountOf(250, 25), discountOf(1, 50), discountOf(333, 33), discountOf(0, 100)]).toEqual([63, 1, 110, 0]);
  });
});

describe('a bill as comma-separated values', () => {
  it('has a line for each order, and makes harmless what a spreadsheet would run', async () => {
    await company('=cmd|calc');
    await order('=cmd|calc', '2030-01-02T00:00:00Z', { userId: '  @SUM("1",2)', quantity: 1 });

    const [head, line, end] = writeBillCsv(await bill('2030-01')).split('\r\n');

    expect(head).toBe('month,organizationId,organizationName,orderId,orderedAt,endsAt,item,quantity,userId,monthlyFee,promoCode,discount,total,currency');
    expect(line).toMatch(/^2030-01,'=cmd\|calc,Company =cmd\|calc,ord_[A-Za-z0-9_-]+,2030-01-02T00:00:00Z,,phone,1,"' {2}@SUM\(""1"",2\)",3,,0,3,USD$/);
    expect(end).toBe('');
  });
});
