import { beforeAll, describe, expect, it } from 'vitest';
import { handler as users } from '../../../../../functions/api/users.ts';
import { operationSchemas } from '../../../../../functions/api/wire/operation-schemas.ts';
import { handler as operator } from '../../../../../functions/operator/bootstrap.ts';
import type { Operation } from '../../../../../shared/contract/routes.ts';
import { callDoor, type ApiAnswer } from '../../../../support/api.ts';
import { startTenants, type Tenants } from '../../../../support/tenants.ts';

let tenants: Tenants;
const prices = { currency: 'USD', monthlyFees: { phone: 3, token: 2.55 }, agreement: { version: '7', url: 'https://example.com/a' }, promoCodes: [{ code: 'half', percentOff: 50, until: '2099-12-31' }] };
const accepted = { agreementVersion: '7', agreementAccepted: true };
const operate = (command: object) => operator(command, { awsRequestId: 'r' });
beforeAll(async () => {
  tenants = await startTenants();
  await operate({ command: 'set-prices', prices });
});

const order = (organizationId: string, body: object, more: { key?: string; actor?: string; headers?: Record<string, string> } = {}) =>
  tenants.ask(`POST /v1/organizations/${organizationId}/orders`, { body: { ...accepted, ...body }, ...more });
const counts = async (organizationId: string) => (await tenants.ask(`GET /v1/organizations/${organizationId}/licenses`)).body;
const problem = ({ status, body }: ApiAnswer) => [status, String(body.type).split('/').at(-1)];

function answersAs(operation: Operation, { body }: ApiAnswer): void {
  expect(operationSchemas[operation].response?.safeParse(body)).toMatchObject({ success: true });
}

describe('POST /v1/organizations/{organizationId}/orders', () => {
  it('orders for the organization, says who accepted, and is listed newest first in pages', async () => {
    const first = await order('c1', { item: 'phone', quantity: 2, promoCode: 'HALF' }, { key: tenants.company, actor: 'c1/admin' });
    const second = await order('c1', { item: 'token', quantity: 1 });
    const page = await tenants.ask('GET /v1/organizations/c1/orders', { query: { limit: '1' } });
    const rest = await tenants.ask('GET /v1/organizations/c1/orders', { query: { limit: '1', cursor: page.body.cursor } });

    expect([first.status, first.body]).toMatchObject([201, { monthlyFee: 3, monthlyDiscount: 3, monthlyTotal: 3, orderedBy: 'c1/admin' }]);
    expect([page.body.orders, rest.body.orders]).toEqual([[second.body], [first.body]]);
    expect(problem(await tenants.ask('GET /v1/organizations/c2/orders', { query: { limit: '1', cursor: page.body.cursor } }))).toEqual([400, 'cursor-invalid']);
    answersAs('placeOrder', first);
    answersAs('listOrders', page);
  });

  it.each([
    [{ item: 'phone' }], [{ item: 'phone', quantity: 1, userId: 'admin' }], [{ item: 'phone', quantity: 0 }], [{ item: 'phone', quantity: -3 }],
    [{ item: 'phone', quantity: 1.5 }], [{ item: 'fax', quantity: 1 }], [{ item: 'phone', quantity: 1, agreementAccepted: false }],
    [{ item: 'phone', userId: 'admin', credentialId: 'VSMT12345678' }], [{ item: 'token', quantity: 2, credentialId: 'VSMT12345678' }],
    [{ item: 'phone', quantity: 1, fee: 0 }],
  ])('refuses %j', async (body) => {
    expect((await order('c2', body)).status).toBe(400);
    expect((await counts('c2')).phone.metered).toBe(false);
  });

  it('makes one order of one request that is sent twice, alone or together, and 409 of another body (X8)', async () => {
    const headers = { 'idempotency-key': 'once' };
    const together = await Promise.all(Array.from({ length: 5 }, () => order('c3', { item: 'phone', quantity: 4, promoCode: 'HALF' }, { headers })));
    const later = await order('c3', { item: 'phone', quantity: 4, promoCode: 'HALF' }, { headers });
    const forUser = { 'idempotency-key': 'user' };
    await callDoor(users, 'PUT /v1/organizations/c3/users/u-1', { key: tenants.root, body: { displayName: 'x', email: 'x@example.com', identity: 'local' } });
    const twice = await Promise.all(Array.from({ length: 5 }, () => order('c3', { item: 'token', userId: 'u-1', credentialId: 'VSMT 1234 5678' }, { headers: forUser })));

    expect(new Set([...together, later].map(({ status, body }) => `${String(status)} ${String(body.orderId)}`)).size).toBe(1);
    expect(new Set(twice.map(({ status, body }) => `${String(status)} ${String(body.orderId)} ${String(body.credentialId)}`))).toEqual(new Set([`201 ${String(twice[0]?.body.orderId)} VSMT12345678`]));
    expect(problem(await order('c3', { item: 'phone', quantity: 5 }, { headers }))).toEqual([409, 'idempotency-conflict']);
    expect(await counts('c3')).toMatchObject({ phone: { bought: 4, used: 0 }, token: { bought: 1, used: 1 } });
  });

  it('is for administrators; auditors read, and whoever lacks the scope does neither', async () => {
    const key = tenants.company;
    const scoped = await tenants.ask('POST /v1/clients', { body: { name: 'x', organizationId: 'c1', scopes: ['users'], audiences: ['portal'] } });

    expect((await order('c1', { item: 'phone', quantity: 1 }, { key, actor: 'c1/reader' })).status).toBe(403);
    expect((await order('c1', { item: 'phone', quantity: 1 }, { key, actor: 'c1/clerk' })).status).toBe(403);
    for (const path of ['licenses', 'order-options', 'orders', 'billing']) {
      const read = `GET /v1/organizations/c1/${path}`;
      expect((await tenants.ask(read, { key, actor: 'c1/reader' })).status).toBe(200);
      expect((await tenants.ask(read, { key, actor: 'c1/clerk' })).status).toBe(403);
      expect((await tenants.ask(read, { key: scoped.body.clientKey })).status).toBe(403);
    }
  });

  it('names no user of another organization, no token that cannot be one, no code that nobody gave out, and no old agreement', async () => {
    expect((await order('c1', { item: 'phone', userId: 'boss' })).status).toBe(404);
    expect(problem(await order('c1', { item: 'token', userId: 'admin', credentialId: '!!!!' }))).toEqual([400, 'request-invalid']);
    expect(problem(await order('c1', { item: 'phone', quantity: 1, promoCode: 'GUESS' }))).toEqual([422, 'promo-code-refused']);
    expect(problem(await order('c1', { item: 'phone', quantity: 1, agreementVersion: '6' }))).toEqual([409, 'agreement-changed']);
  });
});

describe('POST /v1/orders/{orderId}/cancel', () => {
  it('answers for a foreign order as for none (A46)', async () => {
    const { body } = await order('c2', { item: 'phone', quantity: 3 });
    const cancel = (orderId: string, key: string) => tenants.ask(`POST /v1/orders/${orderId}/cancel`, { key });
    const foreign = await cancel(body.orderId, tenants.company);
    const none = await cancel('ord_none', tenants.company);
    const strip = ({ instance: _instance, ...rest }: Record<string, unknown>) => rest;

    expect([foreign.status, strip(foreign.body)]).toEqual([404, strip(none.body)]);
    expect((await counts('c2')).phone.ending).toBe(0);
    const canceled = await cancel(body.orderId, tenants.reseller);
    expect([canceled.status, canceled.body.status]).toEqual([200, 'canceled']);
    answersAs('cancelOrder', canceled);
  });
});

describe('GET /v1/organizations/{organizationId}/billing', () => {
  it('is JSON, and CSV for whoever accepts it, with a link to the next page', async () => {
    const csv = await tenants.ask('GET /v1/organizations/r1/billing', { query: { limit: '1' }, headers: { accept: 'text/csv;q=1, */*' } });
    const json = await tenants.ask('GET /v1/organizations/r1/billing', { query: { limit: '1' } });

    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(String(csv.body).split('\r\n')).toHaveLength(3);
    expect(csv.headers['link']).toBe(`<?${new URLSearchParams({ month: json.body.month as string, limit: '1', cursor: json.body.cursor as string }).toString()}>; rel="next"`);
    expect((await tenants.ask('GET /v1/organizations/r1/billing', { query: { month: '2026-13' } })).status).toBe(400);
    answersAs('getBill', json);
    answersAs('getLicenses', await tenants.ask('GET /v1/organizations/c1/licenses'));
    answersAs('getOrderOptions', await tenants.ask('GET /v1/organizations/c1/order-options'));
  });
});

describe('the operator’s prices', () => {
  it('are shown as they were set', async () => {
    expect(await operate({ command: 'show-prices' })).toMatchObject({
      version: 1, currency: 'USD', monthlyFees: prices.monthlyFees, agreement: prices.agreement, promoCodes: [{ code: 'HALF', percentOff: 50, until: '2099-12-31' }],
    });
  });

  it.each([
    [{ monthlyFees: { phone: -1, token: 0 } }, 'monthlyFees.phone'],
    [{ monthlyFees: { phone: 1.005, token: 0 } }, 'monthlyFees.phone: must have at most two decimals'],
    [{ monthlyFees: { phone: 1 } }, 'monthlyFees.token'],
    [{ currency: 'usd' }, 'currency: must be a currency code'],
    [{ agreement: { version: '' } }, 'agreement.version'],
    [{ agreement: { version: '8', url: 'http://example.com' } }, 'agreement.url: must be an https address'],
    [{ promoCodes: [{ code: 'ABC', percentOff: 101 }] }, 'promoCodes.0.percentOff'],
    [{ promoCodes: [{ code: 'ABC', percentOff: 10, until: '2030-02-30' }] }, 'promoCodes.0.until: must be a day'],
    [{ promoCodes: [{ code: 'ABC', percentOff: 1 }, { code: 'abc', percentOff: 2 }] }, 'promoCodes: must not name a code twice'],
    [{ discount: 3 }, 'the file: '],
  ])('are refused whole when a part is wrong: %j', async (wrong, reason) => {
    await expect(operate({ command: 'set-prices', prices: { ...prices, ...wrong } })).rejects.toThrow(reason);
    expect(await operate({ command: 'show-prices' })).toMatchObject({ version: 1 });
  });
});
