import { beforeAll, describe, expect, it } from 'vitest';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import { onePixel } from '../../../support/logos.ts';
import { startTenants, type Tenants } from '../../../support/tenants.ts';

const path = (id: string): string => `/v1/organizations/${id}/brand`;

let tenants: Tenants;
beforeAll(async () => {
  tenants = await startTenants();
});

const put = (id: string, body: object, more: object = {}) => tenants.ask(`PUT ${path(id)}`, { body, ...more });
const get = async (id: string, key = tenants.root) => tenants.ask(`GET ${path(id)}`, { key });

describe('/v1/organizations/{organizationId}/brand', () => {
  it('is the organization\'s own, or else its reseller\'s, and goes back to that', async () => {
    expect((await get('c1')).body).toEqual({});
    const first = await put('r1', { color: '#1F5FAE', logo: onePixel });
    expect(await get('c1')).toMatchObject({ status: 200, body: { color: '#1f5fae', logo: onePixel, inheritedFrom: 'r1' } });
    await put('c1', { color: '#00aa00' });
    const own = await get('c1');
    expect(own.body).toEqual({ color: '#00aa00' });
    expect((await put('c1', {})).body).toMatchObject({ inheritedFrom: 'r1' });
    expect((await get('c3')).body).toEqual({});

    for (const answer of [first, own]) expect(operationSchemas.getBrand.response?.safeParse(answer.body)).toMatchObject({ success: true });
    const kinds = (await tenants.ask('GET /v1/organizations/c1/audit', { query: { kind: 'brand-changed' } })).body as { events: { detail: object }[] };
    expect(kinds.events).toHaveLength(2);
    expect(JSON.stringify(kinds.events)).not.toContain('base64');
  });

  it('is changed under the version that was seen, and of many at once by one', async () => {
    const { headers } = await get('c2');
    const seen = { headers: { 'if-match': headers['etag'] ?? '' } };

    const answers = await Promise.all(['#000000', '#111111', '#222222'].map((color) => put('c2', { color }, seen)));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });

  it('refuses what is no color and no image, and whoever may not', async () => {
    for (const body of [{ color: 'red' }, { color: '#12345' }, { logo: 'data:image/png;base64,AAAA' }, { logo: 'x'.repeat(50_000) }, { name: 'x' }]) {
      expect((await put('c1', body)).status).toBe(400);
    }
    expect((await put('c1', { logo: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await put('c2', {}, { key: tenants.company })).status).toBe(404);
    expect((await put('c1', {}, { key: tenants.company, headers: { 'countersign-actor': 'c1/reader' } })).status).toBe(403);
    expect((await get('r1', tenants.company)).status).toBe(404);
  });
});
