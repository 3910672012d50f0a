import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, startWorld, type World } from './local-world.ts';

let world: World;
const organization = '/v1/organizations/acme';
const accepted = { agreementVersion: '2026-11', agreementAccepted: true };
beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

const month = () => new Date(world.stack.clock.now()).toISOString().slice(0, 7);
const licenses = async () => (await world.api('GET', `${organization}/licenses`)).body;

describe('licenses and orders, through the gateway', () => {
  it('begin with what the demo organization has ordered, and the price list of one machine', async () => {
    const options = await world.api('GET', `${organization}/order-options`);

    expect(await licenses()).toEqual({
      phone: { bought: 50, used: 1, free: 49, ending: 0, metered: true }, token: { bought: 10, used: 0, free: 10, ending: 0, metered: true },
    });
    expect(options.body).toEqual({
      items: [{ item: 'phone', monthlyFee: 3, currency: 'USD' }, { item: 'token', monthlyFee: 2.5, currency: 'USD' }],
      agreement: { version: '2026-11', url: 'https://countersign.example.com/agreement' },
    });
    expect((await world.api('GET', `${organization}/orders`)).body.orders).toMatchObject([
      { item: 'token', quantity: 10, monthlyTotal: 18.75 }, { item: 'phone', quantity: 50, monthlyTotal: 112.5, promo: { code: 'WELCOME25' }, status: 'active' },
    ]);
  });

  it('order for one user: the license is kept, the user is mailed, and the profile says so (rows 1.2, 1.4)', async () => {
    const path = await world.makeUser('ordered');
    const ordered = await world.api('POST', `${organization}/orders`, { item: 'phone', userId: 'ordered', ...accepted });

    expect([ordered.status, ordered.body]).toMatchObject([201, { userId: 'ordered', quantity: 1, monthlyTotal: 3 }]);
    expect((await world.api('GET', path)).body.mfa).toBe('provisioned');
    expect(await world.mail('ordered@acme.example', /by telephone is ready for you/)).toContain('Keep your numbers up to date');

    await world.addPhone('ordered', '+12025550160', { method: 'call' }, '#');
    expect((await world.api('GET', path)).body.mfa).toBe('active');
    expect((await licenses()).phone).toMatchObject({ bought: 51, used: 2 });
  }, 60_000);

  it('once canceled go with the month; who confirms goes on, and the bill says what is charged', async () => {
    const { orderId } = (await world.api('GET', `${organization}/orders`)).body.orders[0];
    const canceled = await world.api('POST', `/v1/orders/${orderId}/cancel`);
    const again = await world.api('POST', `/v1/orders/${orderId}/cancel`);
    const thisMonth = month();
    await world.advance(32 * 86_400);

    expect([canceled.status, canceled.body.status, canceled.body.userId]).toEqual([200, 'canceled', 'ordered']);
    expect(again.body).toEqual(canceled.body);
    expect((await licenses()).phone).toMatchObject({ bought: 50, used: 2 });
    expect((await world.api('GET', `${organization}/users/ordered`)).body.mfa).toBe('active');
    const lines = async (of: string) => (await world.api('GET', `${organization}/billing?month=${of}`)).body.lines.map((line: { userId?: string; total: number }) => [line.userId, line.total]);
    expect(await lines(thisMonth)).toEqual([[undefined, 112.5], [undefined, 18.75], ['ordered', 3]]);
    expect(await lines(month())).toEqual([[undefined, 112.5], [undefined, 18.75]]);
  }, 60_000);

  it('bill a reseller for its companies, as a file for spreadsheets when that is asked for', async () => {
    const response = await fetch(`${world.stack.running.apiUrl}/v1/organizations/acme-group/billing`, {
      headers: { authorization: `Bearer ${world.stack.running.clientKey}`, accept: 'text/csv' },
    });
    const [head, ...lines] = (await response.text()).trimEnd().split('\r\n');

    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(head).toMatch(/^month,organizationId,/);
    expect(lines.map((line) => line.split(',')[1])).toEqual(['acme', 'acme']);
  });

  it('refuse the telephone too many before it is called, and say how many there are (row 0.3)', async () => {
    await world.api('PUT', '/v1/organizations/small', { name: 'Small' });
    const person = { displayName: 'Ada Example', email: 'ada@example.com', identity: 'local' };
    await world.api('POST', '/v1/organizations/small/orders', { item: 'phone', quantity: 1, ...accepted });
    for (const userId of ['first', 'second']) await world.api('PUT', `/v1/organizations/small/users/${userId}`, person);
    await world.api('POST', '/v1/organizations/small/orders', { item: 'phone', userId: 'first', ...accepted });
    await world.api('PATCH', '/v1/organizations/small/policy', { enforcement: 'required' });
    const begin = async (userId: string) => {
      const { challengeId } = (await world.start(userId, { organizationId: 'small' })).body;
      return world.api('POST', `/v1/organizations/small/users/${userId}/factors`, { kind: 'phone', method: 'call', numbers: { primary: '+12025550161' }, challengeId });
    };
    const second = await begin('second');
    await world.ringing('+12025550161').then(({ callId }) => world.phone('POST', `/api/calls/${callId}/answer`).then(() => world.phone('POST', `/api/calls/${callId}/keys`, { keys: '#' })));
    await eventually('it is counted', async () => ((await world.api('GET', '/v1/organizations/small/licenses')).body.phone.used === 2 ? true : undefined));
    await world.api('PUT', '/v1/organizations/small/users/third', person);

    const third = await begin('third');

    expect(second.status).toBe(201);
    expect([third.status, third.body]).toMatchObject([409, { type: 'https://countersign.dev/problems/no-license', detail: 'No license for "phone" is free: 2 bought, 2 used.' }]);
  }, 60_000);
});
