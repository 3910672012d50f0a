import { beforeAll, describe, expect, it } from 'vitest';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import { startTenants, type Tenants } from '../../../support/tenants.ts';

const rehearse = (id: string) => `POST /v1/organizations/${id}/policy/rehearsal`;
const required = { enforcement: 'required' };

let tenants: Tenants;
beforeAll(async () => {
  tenants = await startTenants();
});

describe('POST /v1/organizations/{organizationId}/policy/rehearsal', () => {
  it('answers as described, and leaves all as it was but for the count of rehearsals', async () => {
    const before = await tenants.database.items();

    const answer = await tenants.ask(rehearse('c1'), { body: required });

    expect(answer).toMatchObject({ status: 200, body: { complete: true, numbers: { examined: 3, redirected: 3 } } });
    expect(operationSchemas.rehearsePolicy.response?.safeParse(answer.body)).toMatchObject({ success: true });
    const after = await tenants.database.items();
    expect(after.filter(({ kind }) => kind !== 'policy-rehearsed')).toEqual(before);
    expect(after).toHaveLength(before.length + 1);
  });

  it('is for administrators, of this organization or of its reseller', async () => {
    const as = async (id: string, key: string, actor?: string) =>
      (await tenants.ask(rehearse(id), { key, body: required, ...(actor === undefined ? {} : { headers: { 'countersign-actor': actor } }) })).status;

    expect(await as('c1', tenants.reseller, 'r1/boss')).toBe(200);
    expect(await as('c1', tenants.company, 'c1/admin')).toBe(200);
    expect(await as('c1', tenants.company, 'c1/reader')).toBe(403);
    expect(await as('c2', tenants.company, 'c1/admin')).toBe(404);
    expect(await as('c3', tenants.reseller)).toBe(404);
  });

  it('refuses what the change refuses', async () => {
    await tenants.ask('PATCH /v1/organizations/c2/policy', { key: tenants.reseller, body: required });
    const loosened = { key: await tenants.makeClient('c2'), body: { enforcement: 'optional' } };
    const [rehearsed, changed] = [await tenants.ask(rehearse('c2'), loosened), await tenants.ask('PATCH /v1/organizations/c2/policy', loosened)];

    expect([rehearsed.status, rehearsed.body]).toMatchObject([changed.status, { type: 'https://countersign.dev/problems/policy-forbids' }]);
    expect((await tenants.ask(rehearse('c1'), { body: { enforcement: 'sometimes' } })).status).toBe(400);
  });
});
