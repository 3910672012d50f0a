import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../../functions/api/organizations.ts';
import { handler as users } from '../../../../functions/api/users.ts';
import { callDoor, logLines } from '../../../support/api.ts';
import { startTenants, type Tenants } from '../../../support/tenants.ts';

let tenants: Tenants;
beforeAll(async () => {
  tenants = await startTenants();
});

describe('a foreign organization', () => {
  const requests = [
    'GET /v1/organizations/ID',
    'GET /v1/organizations/ID/policy',
    'GET /v1/organizations/ID/audit',
    'PATCH /v1/organizations/ID/policy',
  ];

  it.each(requests)(
    'is answered to %s like one that never existed, and counted in the trail alike',
    async (request) => {
      const body = request.startsWith('PATCH') ? { enforcement: 'optional' } : undefined;
      const asked = await Promise.all(
        ['c2', 'c3', 'r1', 'r2', 'nobody'].map((id) =>
          tenants.ask(request.replace('ID', id), { key: tenants.company, ...(body ? { body } : {}) }),
        ),
      );

      for (const { status, body: answer, headers } of asked) {
        const { instance: _instance, ...rest } = answer as Record<string, unknown>;
        const { instance: _other, ...expected } = asked.at(-1)?.body as Record<string, unknown>;
        expect([status, rest, headers]).toEqual([404, expected, asked.at(-1)?.headers]);
      }
      const rows = (await tenants.database.items()).filter(({ kind }) => kind === 'cross-tenant-denied');
      const operation = rows
        .filter(({ clientId }) => clientId === tenants.company.split('_')[2])
        .reduce((sum, { times }) => sum + Number(times), 0);
      expect(operation % 5).toBe(0);
      expect(operation).toBeGreaterThan(0);
    },
  );

  it("counts nothing for an unknown user of one's own organization", async () => {
    const count = async () =>
      (await tenants.database.items())
        .filter(({ kind }) => kind === 'cross-tenant-denied')
        .reduce((sum, { times }) => sum + Number(times), 0);
    const before = await count();

    const { status } = await callDoor(users, 'GET /v1/organizations/c1/users/nobody', { key: tenants.company });

    expect(status).toBe(404);
    expect(await count()).toBe(before);
  });
});

describe('a company that is moved', () => {
  it('is gone for its old reseller and there for the new one, from the next request on', async () => {
    const old = await tenants.ask('GET /v1/organizations/c2', { key: tenants.reseller });

    await tenants.ask('PUT /v1/organizations/c2', { body: { name: 'c2', parentId: 'r2' } });

    const now = { key: await tenants.makeClient('r2') };
    expect(old.status).toBe(200);
    expect((await tenants.ask('GET /v1/organizations/c2', { key: tenants.reseller })).status).toBe(404);
    expect((await tenants.ask('GET /v1/organizations/c2', now)).status).toBe(200);
    expect(
      (await tenants.ask('PUT /v1/organizations/c2', { key: tenants.reseller, body: { name: 'mine', parentId: 'r1' } }))
        .status,
    ).toBe(404);
  });
});

describe('the log', () => {
  it('has a line for every answer, and never a key', async () => {
    await tenants.ask('GET /v1/organizations/nobody');

    expect(JSON.parse(logLines.at(-1) ?? '')).toMatchObject({ code: 'answered', status: 404, problem: 'not-found' });
    for (const key of [tenants.root, tenants.reseller, tenants.company]) {
      expect(logLines.join('')).not.toContain(key.slice(-52));
    }
  });
});

describe('a request without a valid key', () => {
  it.each([[{}], [{ key: 'x' }], [{ key: `cs_test_${'a'.repeat(16)}_${'a'.repeat(8)}_${'a'.repeat(52)}` }]])(
    'learns nothing (%#)',
    async (parts) => {
      for (const request of ['GET /v1/organizations/c1', 'GET /v1/organizations/nobody']) {
        expect((await callDoor(handler, request, parts)).status).toBe(401);
      }
      expect((await callDoor(handler, 'PUT /v1/organizations/c1', { ...parts, body: '{' })).status).toBe(401);
      expect((await callDoor(handler, 'GET /v1/organizations/c1', { ...parts, actor: 'nonsense' })).status).toBe(401);
    },
  );
});
