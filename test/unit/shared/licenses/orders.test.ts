import { beforeEach, describe, expect, it } from 'vitest';
import { billFor } from '../../../../shared/licenses/billing.ts';
import { orderIdOf, readOrderId, viewOrder } from '../../../../shared/licenses/order.ts';
import { toPriceListItem } from '../../../../shared/licenses/price-list.ts';
import { setPrices } from '../../../../shared/licenses/set-prices.ts';
import { listOrders } from '../../../../shared/licenses/list-orders.ts';
import { day } from '../../../../shared/platform/clock.ts';
import type { TestUser } from '../../../support/stage.ts';
import { cleared, confirmed, makeLicenseWorld, prices, type LicenseWorld } from '../../../support/license-world.ts';
import { problemOf } from '../../../support/sign-in-world.ts';

let world: LicenseWorld;
beforeEach(async () => {
  world = await makeLicenseWorld();
});

const events = async (kind: string) => (await world.stage.items()).filter((item) => item['kind'] === kind);

describe('an order for the organization', () => {
  it('buys as many licenses, at the fee of the list, with what the promo code takes off (row 1.2)', async () => {
    const order = await world.order({ quantity: 10, promoCode: ' welcome25 ' });

    expect(viewOrder(world.stage.keys, order, world.stage.clock.now())).toMatchObject({
      status: 'active', item: 'phone', quantity: 10, monthlyFee: 3, monthlyDiscount: 7.5, monthlyTotal: 22.5, currency: 'USD',
      promo: { code: 'WELCOME25', percentOff: 25 }, agreementVersion: '2026-11', orderedBy: 'acme/admin', orderedAt: '2030-01-15T12:00:00Z',
    });
    expect(await world.count()).toEqual({ bought: 10, used: 0, free: 10, ending: 0, metered: true });
    expect(await world.count('token')).toMatchObject({ bought: 0, metered: false });
    expect(await events('order-placed')).toMatchObject([{ organizationId: world.organization.organizationId, detail: { item: 'phone', quantity: 10, promoCode: 'WELCOME25' } }]);
  });

  it('has an id that leads home, and that nobody can make up', async () => {
    const order = await world.order({ quantity: 1 });
    const id = orderIdOf(world.stage.keys, order);

    expect(readOrderId(world.stage.keys, id)).toMatchObject({ organizationKey: order.organizationKey, random: order.random });
    expect(readOrderId(world.stage.keys, `${id.slice(0, -1)}${id.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined();
  });

  it('is refused under another agreement than the current one', async () => {
    expect(await problemOf(world.order({ agreementVersion: '2025-01' }))).toBe('agreement-changed');
    expect(await world.orders()).toEqual([]);
  });

  it('the first covers what people use already', async () => {
    for (const user of await world.makePeople(3)) await world.change(user, confirmed);

    await expect(world.order({ quantity: 2 })).rejects.toMatchObject({
      problem: 'order-too-small', members: { detail: 'The first order covers what is in use already: 0 bought, 3 used of "phone".' },
    });
    await world.order({ quantity: 3 });
    await world.order({ quantity: 1 });

    expect(await world.count()).toMatchObject({ bought: 4, used: 3, free: 1 });
  });

  it('is refused when the list was changed since it was read', async () => {
    const late = world.order({}, undefined, { priceList: toPriceListItem({ ...prices, version: 7, promoCodes: [] }) });

    expect(await problemOf(late)).toBe('unavailable');
    expect(await world.orders()).toEqual([]);
  });
});

describe('a promo code', () => {
  it('is used as often as it may be, however many order at once (I8)', async () => {
    const done = await Promise.allSettled(Array.from({ length: 8 }, () => world.order({ quantity: 1, promoCode: 'WELCOME25' })));

    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await world.count()).toMatchObject({ bought: 2 });
    expect((await setPrices(world.stage.table, prices)).promoCodes).toEqual([{ code: 'WELCOME25', percentOff: 25, mostUses: 2, uses: 2 }]);
  });

  it('is refused when it is over, withdrawn or unknown, in the same words', async () => {
    const until = world.stage.clock.now() + day;
    await setPrices(world.stage.table, { ...prices, promoCodes: [{ code: 'SHORT', percentOff: 10, until }] });
    await world.order({ promoCode: 'short' });
    world.stage.clock.advance(day);

    for (const promoCode of ['SHORT', 'WELCOME25', 'NEVER']) expect(await problemOf(world.order({ promoCode }))).toBe('promo-code-refused');
  });

  it('keeps its count when the operator changes it, and when it comes back', async () => {
    await world.order({ promoCode: 'WELCOME25' });
    await setPrices(world.stage.table, { ...prices, promoCodes: [] });
    const back = await setPrices(world.stage.table, { ...prices, promoCodes: [{ code: 'WELCOME25', percentOff: 50 }] });

    expect(back.promoCodes).toEqual([{ code: 'WELCOME25', percentOff: 50, uses: 1 }]);
    expect((await world.orders()).map(({ promo }) => promo)).toEqual([{ code: 'WELCOME25', percentOff: 25 }]);
  });
});

describe('an order for a user', () => {
  let user: TestUser;
  beforeEach(async () => {
    [user] = (await world.makePeople(1)) as [TestUser];
  });

  it('buys one license and keeps it for the user, in one transaction, and tells the user (row 1.4)', async () => {
    const order = await world.order({}, user);

    expect(order).toMatchObject({ userId: 'u-0', quantity: 1 });
    expect((await world.state(user))?.licenses).toEqual(['ordered-phone']);
    expect(await world.count()).toMatchObject({ bought: 1, used: 1, free: 0 });
    expect(await events('order-placed')).toMatchObject([{ notice: 'phone-provisioned', userId: 'u-0' }]);
  });

  it('is refused a second time, and possible again once it was canceled', async () => {
    const first = await world.order({}, user);

    expect(await problemOf(world.order({}, user))).toBe('license-ordered');
    await world.cancel(first);
    await world.order({}, user);

    expect(await world.count()).toMatchObject({ bought: 2, used: 1, ending: 1 });
  });

  it('covers what the user set up before anything was ordered', async () => {
    await world.change(user, confirmed);
    await world.order({}, user);

    expect(await world.count()).toMatchObject({ bought: 1, used: 1 });
  });

  it('keeps the credential id of a token sealed, shows it, and loses it when the user is erased', async () => {
    await world.order({ item: 'token', credentialId: 'vsmt 1234 5678' }, user);
    const list = async () => (await listOrders(world.stage.deps, { organization: world.organization, organizationKey: user.home.organizationKey, limit: 10 })).orders;
    const shown = await list();
    const stored = JSON.stringify(await world.stage.items());
    await world.erase(user);

    expect(shown).toMatchObject([{ item: 'token', credentialId: 'VSMT12345678' }]);
    expect(stored).not.toContain('12345678');
    expect((await list())[0]?.credentialId).toBeUndefined();
    expect(await world.count('token')).toMatchObject({ bought: 1, used: 0 });
  });
});

describe('canceling', () => {
  it('ends the fee and the licenses with the month, and says the same when asked again', async () => {
    const order = await world.order({ quantity: 5 });
    const canceled = await world.cancel(order);

    expect(await world.cancel(order)).toEqual(canceled);
    expect(viewOrder(world.stage.keys, canceled, world.stage.clock.now())).toMatchObject({ status: 'canceled', canceledAt: '2030-01-15T12:00:00Z', endsAt: '2030-02-01T00:00:00Z' });
    expect(await world.count()).toEqual({ bought: 5, used: 0, free: 0, ending: 5, metered: true });
    world.stage.clock.advance(17 * day);
    expect(viewOrder(world.stage.keys, canceled, world.stage.clock.now()).status).toBe('ended');
    expect(await world.count()).toEqual({ bought: 0, used: 0, free: 0, ending: 0, metered: true });
    expect(await events('order-canceled')).toHaveLength(1);
  });

  it('takes nobody’s protection: whoever confirms keeps the license, and nobody new gets one', async () => {
    const [first, second] = (await world.makePeople(2)) as [TestUser, TestUser];
    const order = await world.order({}, first);
    await world.change(first, confirmed);
    await world.cancel(order);
    world.stage.clock.advance(60 * day);

    expect((await world.state(first))?.factors).toHaveLength(1);
    expect(await world.count()).toMatchObject({ bought: 1, used: 1, free: 0 });
    expect(await problemOf(world.change(second, confirmed))).toBe('no-license');
    await world.change(first, cleared);
    expect(await world.count()).toMatchObject({ bought: 0, used: 0 });
  });

  it('gives back what was only kept for the user', async () => {
    const [user] = (await world.makePeople(1)) as [TestUser];
    await world.cancel(await world.order({}, user));

    expect((await world.state(user))?.licenses).toBeUndefined();
    expect(await world.count()).toMatchObject({ bought: 1, used: 0, free: 0, ending: 1 });
  });

  it('works when the user is gone, and leaves alone who came by the same name since (X31)', async () => {
    const [user] = (await world.makePeople(1)) as [TestUser];
    const order = await world.order({}, user);
    await world.erase(user);
    world.stage.clock.advance(1000);
    await world.stage.makeUser(world.organization, { userId: 'u-0', version: 10, createdAt: world.stage.clock.now(), licenses: ['ordered-phone'] });

    await world.cancel(order);

    expect((await world.state(user))?.licenses).toEqual(['ordered-phone']);
    expect(await world.count()).toMatchObject({ ending: 1 });
  });

  it('counts once when many cancel at once, and never below zero (A46)', async () => {
    const [user] = (await world.makePeople(1)) as [TestUser];
    const orders = [await world.order({ quantity: 3 }), await world.order({}, user)];

    await Promise.all(orders.flatMap((order) => Array.from({ length: 6 }, () => world.cancel(order))));

    expect(await world.count()).toEqual({ bought: 4, used: 0, free: 0, ending: 4, metered: true });
    expect(await events('order-canceled')).toHaveLength(2);
    expect((await billFor(world.stage.deps, { organization: world.organization, month: '2030-01', limit: 10 })).lines).toHaveLength(2);
  });
});
