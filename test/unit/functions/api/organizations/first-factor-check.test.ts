import { beforeAll, describe, expect, it } from 'vitest';
import { operationSchemas } from '../../../../../functions/api/wire/operation-schemas.ts';
import { logLines } from '../../../../support/api.ts';
import { startTenants, type Tenants } from '../../../../support/tenants.ts';

let tenants: Tenants;
beforeAll(async () => {
  tenants = await startTenants();
});

const check = { url: 'https://portal.example.com/first-factor-check', signInUrl: 'https://portal.example.com/sign-in' };
const idOf = (key: string): string => key.split('_')[2] ?? '';
const patch = (key: string, body: unknown, parts: object = {}) => tenants.ask(`PATCH /v1/clients/${idOf(key)}`, { body, ...parts });
const kept = async (key: string): Promise<string> => JSON.stringify((await tenants.database.items()).filter(({ clientId }) => clientId === idOf(key)));

describe("a client's first-factor check", () => {
  it('is made with the client, and its secret is shown then and never again', async () => {
    const body = { name: 'Portal', organizationId: 'c1', scopes: ['users'], returnUrls: [], firstFactorCheck: check };
    const headers = { 'idempotency-key': 'with-check' };

    const [made, again] = [await tenants.ask('POST /v1/clients', { body, headers }), await tenants.ask('POST /v1/clients', { body, headers })];
    const later = await patch(made.body.clientKey, { name: 'Renamed' });

    expect(made.body).toMatchObject({ firstFactorCheck: check, firstFactorSecret: expect.stringMatching(/^cs_check_[a-z2-7]{52}$/) });
    expect(again.body).toEqual(made.body);
    expect(later.body).toMatchObject({ firstFactorCheck: check });
    expect(later.body).not.toHaveProperty('firstFactorSecret');
    expect(operationSchemas.createClient.response?.safeParse(made.body)).toMatchObject({ success: true });
  });

  it('gets a new secret with every change of it, beside the one before, and is taken away by null', async () => {
    const key = await tenants.makeClient('c1');
    const changes = [await patch(key, { firstFactorCheck: check }), await patch(key, { firstFactorCheck: { url: check.url } }), await patch(key, { firstFactorCheck: check })];
    const secrets = changes.map(({ body }) => body.firstFactorSecret as string);

    expect(new Set(secrets).size).toBe(3);
    expect(changes[1]?.body.firstFactorCheck).toEqual({ url: check.url });
    for (const { body } of changes) expect(operationSchemas.changeClient.response?.safeParse(body)).toMatchObject({ success: true });
    const [item] = (await tenants.database.items()).filter(({ clientId, sk }) => clientId === idOf(key) && sk === 'CLIENT') as { firstFactorCheck: { secrets: unknown[] } }[];
    expect(item?.firstFactorCheck.secrets).toHaveLength(2);
    expect((await patch(key, { firstFactorCheck: null })).body).not.toHaveProperty('firstFactorCheck');
    expect(await kept(key)).not.toContain('"firstFactorCheck":{');
  });

  it('leaves no secret at rest, in the trail or in a log, but where passwords go', async () => {
    const key = await tenants.makeClient('c1');
    const { firstFactorSecret } = (await patch(key, { firstFactorCheck: check })).body;
    const trail = await tenants.ask('GET /v1/organizations/c1/audit', { query: { kind: 'client-changed' } });

    expect(await kept(key)).not.toContain(firstFactorSecret);
    expect(logLines.join('')).not.toContain(firstFactorSecret);
    expect(JSON.stringify(trail.body)).toContain('portal.example.com');
    expect(JSON.stringify(trail.body)).not.toContain(firstFactorSecret);
  });

  it.each(['https://10.0.0.1/check', 'https://db.internal/check', 'http://portal.example.com/check', 'https://portal'])('cannot be at %s', async (url) => {
    const { status, body } = await patch(await tenants.makeClient('c1'), { firstFactorCheck: { url } });

    expect([status, body.errors?.[0].pointer]).toEqual([400, expect.stringMatching(/^#\/firstFactorCheck\/url/)]);
  });

  it('is changed by nobody who may not manage the client, nor over what somebody else has changed', async () => {
    const key = await tenants.makeClient('r1');
    const asCompany = await patch(key, { firstFactorCheck: check }, { key: tenants.company });
    const first = await patch(key, { firstFactorCheck: check }, { headers: { 'if-match': '"1"' } });
    const second = await patch(key, { firstFactorCheck: check }, { headers: { 'if-match': '"1"' } });

    expect([asCompany.status, first.status, second.status]).toEqual([404, 200, 412]);
  });
});
