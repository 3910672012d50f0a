import { beforeAll, describe, expect, it } from 'vitest';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import type { Operation } from '../../../../shared/contract/routes.ts';
import type { ApiAnswer, ApiRequest } from '../../../support/api.ts';
import { startTenants, type Tenants } from '../../../support/tenants.ts';

const policyOf = (id: string) => `/v1/organizations/${id}/policy`;

let tenants: Tenants;
beforeAll(async () => {
  tenants = await startTenants();
});

function answersAs(operation: Operation, { body }: ApiAnswer): void {
  expect(operationSchemas[operation].response?.safeParse(body)).toMatchObject({ success: true });
}

describe('PUT /v1/organizations/{organizationId}', () => {
  it('creates, then changes, under the version that was seen', async () => {
    const created = await tenants.ask('PUT /v1/organizations/new', {
      body: { name: ' New\u0000 one ', policy: { enforcement: 'offered' } },
    });
    const changed = await tenants.ask('PUT /v1/organizations/new', {
      body: { name: 'Newer' },
      headers: { 'if-match': created.headers['etag'] ?? '' },
    });
    const late = await tenants.ask('PUT /v1/organizations/new', {
      body: { name: 'Late' },
      headers: { 'if-match': created.headers['etag'] ?? '' },
    });

    expect([created.status, created.body]).toMatchObject([201, { organizationId: 'new', name: 'New one' }]);
    expect([changed.status, changed.headers['etag']]).toEqual([200, '"2"']);
    expect([late.status, late.body]).toMatchObject([
      412,
      { type: 'https://countersign.dev/problems/version-mismatch' },
    ]);
    answersAs('putOrganization', created);
  });

  it.each([
    ['installation', { name: 'x' }],
    ['default', { name: 'x' }],
    ['%20x', { name: 'x' }],
    ['ok', { name: '' }],
    ['ok', { name: 'x', extra: 1 }],
    ['ok', { name: 'x', support: { name: 'x', url: 'javascript:alert(1)' } }],
    ['ok', { name: 'x', policy: { lockout: { failures: 0 } } }],
    ['ok', { name: 'x', policy: { spend: { sendsPerDay: -1 } } }],
    ['ok', { name: 'x', policy: { methods: [] } }],
    ['ok', { name: 'x', policy: { countries: ['us'] } }],
  ])('refuses %s %j', async (id, body) => {
    expect((await tenants.ask(`PUT /v1/organizations/${id}`, { body })).status).toBe(400);
  });

  it('makes nobody an organization at the top but the installation', async () => {
    expect(
      (await tenants.ask('PUT /v1/organizations/top', { key: tenants.reseller, body: { name: 'x' } })).status,
    ).toBe(403);
    expect(
      (await tenants.ask('PUT /v1/organizations/c9', { key: tenants.reseller, body: { name: 'x', parentId: 'r1' } }))
        .status,
    ).toBe(201);
    expect(
      (await tenants.ask('PUT /v1/organizations/c8', { key: tenants.company, body: { name: 'x', parentId: 'c1' } }))
        .status,
    ).toBe(403);
  });
});

describe('GET /v1/organizations', () => {
  it('lists what the client, or the person, administers', async () => {
    const names = async (parts: ApiRequest) => {
      const { body } = await tenants.ask('GET /v1/organizations', parts);
      return (body as { organizations: { organizationId: string }[] }).organizations.map(
        ({ organizationId }) => organizationId,
      );
    };

    expect(await names({ key: tenants.company })).toEqual(['c1']);
    expect((await names({ key: tenants.reseller })).slice(0, 3)).toEqual(['r1', 'c1', 'c2']);
    expect(await names({ key: tenants.reseller, actor: 'c1/admin' })).toEqual(['c1']);
    expect((await tenants.ask('GET /v1/organizations', { key: tenants.reseller, actor: 'c1/clerk' })).status).toBe(403);
    expect((await tenants.ask('GET /v1/organizations', { key: tenants.company, actor: 'r1/boss' })).status).toBe(403);
  });

  it.each([{ limit: '0' }, { limit: '51' }, { limit: 'x' }, { page: '2' }])('refuses %j', async (query) => {
    expect((await tenants.ask('GET /v1/organizations', { query })).status).toBe(400);
  });

  it('refuses a cursor that was not made for this list', async () => {
    const { body } = await tenants.ask('GET /v1/organizations', { key: tenants.reseller, query: { limit: '1' } });
    const { cursor } = body as { cursor: string };

    expect((await tenants.ask('GET /v1/organizations', { key: tenants.reseller, query: { cursor } })).status).toBe(200);
    expect((await tenants.ask('GET /v1/organizations', { query: { cursor } })).body).toMatchObject({
      type: 'https://countersign.dev/problems/cursor-invalid',
    });
  });
});

describe('the policy of an organization', () => {
  it('is changed by a reseller for its company, and cannot be loosened there', async () => {
    const set = await tenants.ask(`PATCH ${policyOf('c2')}`, {
      key: tenants.reseller,
      actor: 'r1/boss',
      body: { enforcement: 'required' },
    });
    const seen = await tenants.ask(`GET ${policyOf('c2')}`, { key: await tenants.makeClient('c2') });
    const loosened = await tenants.ask(`PATCH ${policyOf('c2')}`, {
      key: await tenants.makeClient('c2'),
      body: { enforcement: 'optional' },
    });

    expect([set.status, set.body]).toMatchObject([
      200,
      { rules: { enforcement: { value: 'required', setBy: 'r1', mayChange: true } } },
    ]);
    expect(seen.body).toMatchObject({
      rules: {
        enforcement: { value: 'required', setBy: 'r1', mayChange: false },
        countries: { value: ['US', 'CA'], setBy: 'default', mayChange: true },
      },
    });
    expect([loosened.status, loosened.body]).toMatchObject([
      403,
      {
        type: 'https://countersign.dev/problems/policy-forbids',
        detail: expect.stringContaining('"enforcement"') as string,
      },
    ]);
    answersAs('changePolicy', set);
    answersAs('getPolicy', seen);
  });

  it("takes telephones only with somebody's word", async () => {
    const methods = ['phone:call-pin'];

    expect((await tenants.ask(`PATCH ${policyOf('c1')}`, { body: { methods } })).status).toBe(403);
    expect(
      (await tenants.ask(`PATCH ${policyOf('c1')}`, { body: { methods, acceptTelephoneOnly: 'Ada Example' } })).body,
    ).toMatchObject({ telephoneOnlyAcceptedBy: 'Ada Example' });
    expect((await tenants.ask(`PATCH ${policyOf('c1')}`, { body: { methods: null } })).body).toMatchObject({
      rules: { methods: { setBy: 'default' } },
    });
  });

  it('is left as it is when somebody else changed it since it was read', async () => {
    const etag = (await tenants.ask(`GET ${policyOf('c1')}`)).headers['etag'] ?? '';
    const patch = (minutes: number) =>
      tenants.ask(`PATCH ${policyOf('c1')}`, { body: { lockout: { minutes } }, headers: { 'if-match': etag } });

    expect([(await patch(90)).status, (await patch(120)).status]).toEqual([200, 412]);
  });

  it('is not for those who may only read', async () => {
    expect((await tenants.ask(`GET ${policyOf('c1')}`, { key: tenants.company, actor: 'c1/reader' })).status).toBe(200);
    expect(
      (await tenants.ask(`PATCH ${policyOf('c1')}`, { key: tenants.company, actor: 'c1/reader', body: {} })).status,
    ).toBe(403);
  });
});

describe('GET /v1/organizations/{organizationId}/audit', () => {
  it('tells what happened, newest first', async () => {
    const { body } = await tenants.ask('GET /v1/organizations/c2/audit', {
      key: tenants.reseller,
      query: { kind: 'policy-changed' },
    });

    expect(body).toMatchObject({
      events: [
        {
          kind: 'policy-changed',
          actor: 'r1/boss',
          door: 'api',
          detail: { changed: { enforcement: { from: 'optional', to: 'required' } } },
        },
      ],
    });
    answersAs('listAudit', { status: 200, headers: {}, body });
  });

  it.each([{ from: 'yesterday' }, { to: '2030-01-15' }, { kind: 'X' }])('refuses %j', async (query) => {
    expect((await tenants.ask('GET /v1/organizations/c2/audit', { query })).status).toBe(400);
  });

  it('needs the scope', async () => {
    const { body } = await tenants.ask('POST /v1/clients', {
      body: { name: 'x', organizationId: 'c1', scopes: ['sign-in'] },
    });

    expect(
      (await tenants.ask('GET /v1/organizations/c1/audit', { key: (body as { clientKey: string }).clientKey })).status,
    ).toBe(403);
  });
});
