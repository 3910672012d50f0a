import { beforeAll, describe, expect, it } from 'vitest';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import { startTenants, type Tenants } from '../../../support/tenants.ts';

let tenants: Tenants;
const made = new Map<string, string>();

const idOf = (key: string): string => key.split('_')[2] ?? '';

beforeAll(async () => {
  tenants = await startTenants();
  made.set('root', idOf(tenants.root)).set('r1', idOf(tenants.reseller)).set('c1', idOf(tenants.company));
  for (const id of ['c1', 'c2', 'c3']) made.set(`${id}-second`, idOf(await tenants.makeClient(id)));
});

async function list(key: string, limit = '50', headers: Record<string, string> = {}) {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const answer = await tenants.ask('GET /v1/clients', { key, headers, query: { limit, ...(cursor === undefined ? {} : { cursor }) } });
    expect(operationSchemas.listClients.response?.safeParse(answer.body)).toMatchObject({ success: true });
    found.push(...answer.body.clients.map(({ clientId }: { clientId: string }) => clientId));
    ({ cursor } = answer.body);
  } while (cursor !== undefined);
  return found.sort();
}

const ids = (...names: string[]): string[] => names.map((name) => made.get(name) ?? '').sort();

describe('GET /v1/clients', () => {
  it('lists each client of the caller\'s subtree once, whatever the size of a page', async () => {
    for (const limit of ['1', '2', '50']) {
      expect(await list(tenants.root, limit)).toEqual(ids('root', 'r1', 'c1', 'c1-second', 'c2-second', 'c3-second'));
      expect(await list(tenants.reseller, limit)).toEqual(ids('r1', 'c1', 'c1-second', 'c2-second'));
      expect(await list(tenants.company, limit)).toEqual(ids('c1', 'c1-second'));
      expect(await list(tenants.root, limit, { 'countersign-actor': 'c1/admin' })).toEqual(ids('c1', 'c1-second'));
    }
  });

  it('binds its cursor to the subtree (A40)', async () => {
    const { cursor } = (await tenants.ask('GET /v1/clients', { key: tenants.reseller, query: { limit: '1' } })).body;

    expect(cursor).toBeTypeOf('string');
    for (const key of [tenants.root, tenants.company]) expect((await tenants.ask('GET /v1/clients', { key, query: { cursor } })).status).toBe(400);
  });

  it('does not go on in a company that was moved away between two pages (A41)', async () => {
    await tenants.ask('PUT /v1/organizations/mover', { body: { name: 'mover', parentId: 'r1' } });
    const moved = [idOf(await tenants.makeClient('mover')), idOf(await tenants.makeClient('mover'))];
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await tenants.ask('GET /v1/clients', { key: tenants.reseller, query: { limit: '1', ...(cursor === undefined ? {} : { cursor }) } });
      seen.push(...body.clients.map(({ clientId }: { clientId: string }) => clientId));
      ({ cursor } = body);
    } while (!seen.some((each) => moved.includes(each)));

    await tenants.ask('PUT /v1/organizations/mover', { body: { name: 'mover', parentId: 'r2' } });
    const rest = (await tenants.ask('GET /v1/clients', { key: tenants.reseller, query: cursor === undefined ? {} : { cursor } })).body;

    expect(rest.clients.filter(({ clientId }: { clientId: string }) => moved.includes(clientId))).toEqual([]);
  });
});

describe('GET /v1/clients/{clientId}', () => {
  const get = (name: string, key: string) => tenants.ask(`GET /v1/clients/${made.get(name) ?? 'aaaaaaaaaaaaaaaa'}`, { key });

  it('shows one, with the version for its change and no secret', async () => {
    const answer = await get('c1', tenants.reseller);

    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: { organizationId: 'c1', disabled: false } });
    expect(operationSchemas.getClient.response?.safeParse(answer.body)).toMatchObject({ success: true });
    expect(JSON.stringify(answer.body)).not.toMatch(/hash|cs_(test|live)_/);
  });

  it('finds what is elsewhere as little as what never was', async () => {
    const answers = await Promise.all([get('c2-second', tenants.company), get('r1', tenants.company), get('root', tenants.company), get('nothing', tenants.company)]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const told = answers.map(({ body }) => ({ ...body, instance: '' }));
    for (const body of told) expect(body).toEqual(told[0]);
  });
});
