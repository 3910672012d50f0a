import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../../functions/api/organizations.ts';
import { handler as users } from '../../../../functions/api/users.ts';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import { handler as operator } from '../../../../functions/operator/bootstrap.ts';
import type { Operation } from '../../../../shared/contract/routes.ts';
import { callDoor, logLines, startInstallation, type ApiAnswer, type ApiRequest } from '../../../support/api.ts';
import type { TestTable } from '../../../support/database.ts';

let database: TestTable;
let root: string;
let reseller: string;
let company: string;

const ask = (request: string, parts: ApiRequest = {}) => callDoor(handler, request, { key: root, ...parts });
const policyOf = (id: string) => `/v1/organizations/${id}/policy`;

function answersAs(operation: Operation, { body }: ApiAnswer): void {
  expect(operationSchemas[operation].response?.safeParse(body)).toMatchObject({ success: true });
}

async function makeClient(organizationId: string): Promise<string> {
  const { body } = await ask('POST /v1/clients', {
    body: {
      name: organizationId,
      organizationId,
      scopes: ['organizations', 'clients', 'audit', 'users'],
      audiences: ['portal'],
    },
  });
  return (body as { clientKey: string }).clientKey;
}

beforeAll(async () => {
  database = await startInstallation();
  root = ((await operator({ command: 'bootstrap' }, { awsRequestId: 'r' })) as { clientKey: string }).clientKey;
  for (const id of ['r1', 'r2']) await ask(`PUT /v1/organizations/${id}`, { body: { name: id } });
  for (const id of ['c1', 'c2']) await ask(`PUT /v1/organizations/${id}`, { body: { name: id, parentId: 'r1' } });
  await ask('PUT /v1/organizations/c3', { body: { name: 'c3', parentId: 'r2' } });
  reseller = await makeClient('r1');
  company = await makeClient('c1');
  for (const [id, userId, role] of [
    ['r1', 'boss', 'administrator'],
    ['c1', 'admin', 'administrator'],
    ['c1', 'clerk', 'member'],
    ['c1', 'reader', 'auditor'],
  ]) {
    const body = { displayName: userId, email: `${String(userId)}@example.com`, identity: 'local', role };
    await callDoor(users, `PUT /v1/organizations/${String(id)}/users/${String(userId)}`, { key: root, body });
  }
});

describe('PUT /v1/organizations/{organizationId}', () => {
  it('creates, then changes, under the version that was seen', async () => {
    const created = await ask('PUT /v1/organizations/new', {
      body: { name: ' New\u0000 one ', policy: { enforcement: 'offered' } },
    });
    const changed = await ask('PUT /v1/organizations/new', {
      body: { name: 'Newer' },
      headers: { 'if-match': created.headers['etag'] ?? '' },
    });
    const late = await ask('PUT /v1/organizations/new', {
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
    expect((await ask(`PUT /v1/organizations/${id}`, { body })).status).toBe(400);
  });

  it('makes nobody an organization at the top but the installation', async () => {
    expect((await ask('PUT /v1/organizations/top', { key: reseller, body: { name: 'x' } })).status).toBe(403);
    expect((await ask('PUT /v1/organizations/c9', { key: reseller, body: { name: 'x', parentId: 'r1' } })).status).toBe(
      201,
    );
    expect((await ask('PUT /v1/organizations/c8', { key: company, body: { name: 'x', parentId: 'c1' } })).status).toBe(
      403,
    );
  });
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
          ask(request.replace('ID', id), { key: company, ...(body ? { body } : {}) }),
        ),
      );

      for (const { status, body: answer, headers } of asked) {
        const { instance: _instance, ...rest } = answer as Record<string, unknown>;
        const { instance: _other, ...expected } = asked.at(-1)?.body as Record<string, unknown>;
        expect([status, rest, headers]).toEqual([404, expected, asked.at(-1)?.headers]);
      }
      const rows = (await database.items()).filter(({ kind }) => kind === 'cross-tenant-denied');
      const operation = rows
        .filter(({ clientId }) => clientId === company.split('_')[2])
        .reduce((sum, { times }) => sum + Number(times), 0);
      expect(operation % 5).toBe(0);
      expect(operation).toBeGreaterThan(0);
    },
  );

  it("counts nothing for an unknown user of one's own organization", async () => {
    const count = async () =>
      (await database.items())
        .filter(({ kind }) => kind === 'cross-tenant-denied')
        .reduce((sum, { times }) => sum + Number(times), 0);
    const before = await count();

    const { status } = await callDoor(users, 'GET /v1/organizations/c1/users/nobody', { key: company });

    expect(status).toBe(404);
    expect(await count()).toBe(before);
  });
});

describe('GET /v1/organizations', () => {
  it('lists what the client, or the person, administers', async () => {
    const names = async (parts: ApiRequest) => {
      const { body } = await ask('GET /v1/organizations', parts);
      return (body as { organizations: { organizationId: string }[] }).organizations.map(
        ({ organizationId }) => organizationId,
      );
    };

    expect(await names({ key: company })).toEqual(['c1']);
    expect((await names({ key: reseller })).slice(0, 3)).toEqual(['r1', 'c1', 'c2']);
    expect(await names({ key: reseller, actor: 'c1/admin' })).toEqual(['c1']);
    expect((await ask('GET /v1/organizations', { key: reseller, actor: 'c1/clerk' })).status).toBe(403);
    expect((await ask('GET /v1/organizations', { key: company, actor: 'r1/boss' })).status).toBe(403);
  });

  it.each([{ limit: '0' }, { limit: '51' }, { limit: 'x' }, { page: '2' }])('refuses %j', async (query) => {
    expect((await ask('GET /v1/organizations', { query: query as never })).status).toBe(400);
  });

  it('refuses a cursor that was not made for this list', async () => {
    const { body } = await ask('GET /v1/organizations', { key: reseller, query: { limit: '1' } });
    const { cursor } = body as { cursor: string };

    expect((await ask('GET /v1/organizations', { key: reseller, query: { cursor } })).status).toBe(200);
    expect((await ask('GET /v1/organizations', { query: { cursor } })).body).toMatchObject({
      type: 'https://countersign.dev/problems/cursor-invalid',
    });
  });
});

describe('the policy of an organization', () => {
  it('is changed by a reseller for its company, and cannot be loosened there', async () => {
    const set = await ask(`PATCH ${policyOf('c2')}`, {
      key: reseller,
      actor: 'r1/boss',
      body: { enforcement: 'required' },
    });
    const seen = await ask(`GET ${policyOf('c2')}`, { key: await makeClient('c2') });
    const loosened = await ask(`PATCH ${policyOf('c2')}`, {
      key: await makeClient('c2'),
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

    expect((await ask(`PATCH ${policyOf('c1')}`, { body: { methods } })).status).toBe(403);
    expect(
      (await ask(`PATCH ${policyOf('c1')}`, { body: { methods, acceptTelephoneOnly: 'Ada Example' } })).body,
    ).toMatchObject({ telephoneOnlyAcceptedBy: 'Ada Example' });
    expect((await ask(`PATCH ${policyOf('c1')}`, { body: { methods: null } })).body).toMatchObject({
      rules: { methods: { setBy: 'default' } },
    });
  });

  it('is not for those who may only read', async () => {
    expect((await ask(`GET ${policyOf('c1')}`, { key: company, actor: 'c1/reader' })).status).toBe(200);
    expect((await ask(`PATCH ${policyOf('c1')}`, { key: company, actor: 'c1/reader', body: {} })).status).toBe(403);
  });
});

describe('POST /v1/clients', () => {
  const body = {
    name: 'Once',
    organizationId: 'c1',
    scopes: ['sign-in'],
    returnUrls: ['https://portal.example.com/back'],
  };

  it('makes one client for one idempotency key, however often and in parallel it is asked', async () => {
    const headers = { 'idempotency-key': 'once' };

    const answers = await Promise.all(Array.from({ length: 4 }, () => ask('POST /v1/clients', { body, headers })));
    answers.push(await ask('POST /v1/clients', { body, headers }));

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect((await database.items()).filter(({ sk, name }) => sk === 'CLIENT' && name === 'Once')).toHaveLength(1);
    answersAs('createClient', answers[0] as ApiAnswer);
  });

  it('refuses another body under the same key', async () => {
    const headers = { 'idempotency-key': 'other' };
    await ask('POST /v1/clients', { body, headers });

    expect((await ask('POST /v1/clients', { body: { ...body, name: 'Two' }, headers })).body).toMatchObject({
      type: 'https://countersign.dev/problems/idempotency-conflict',
    });
  });

  it('passes on no more than it has, and keeps no key in clear', async () => {
    const answer = await ask('POST /v1/clients', { key: company, body: { ...body, scopes: ['sign-in'] } });
    const made = await ask('POST /v1/clients', { key: company, body: { ...body, scopes: ['users'] } });

    expect(answer.status).toBe(403);
    const { clientKey } = made.body as { clientKey: string };
    expect(JSON.stringify(await database.items())).not.toContain(clientKey.slice(-52));
  });
});

describe("a client's keys", () => {
  it('rotate: the old one opens nothing from the next request on', async () => {
    const key = await makeClient('c1');
    const [, , clientId = '', keyId = ''] = key.split('_');

    const added = await ask(`POST /v1/clients/${clientId}/keys`, { key, body: {} });
    const full = await ask(`POST /v1/clients/${clientId}/keys`, { key });
    const removed = await ask(`DELETE /v1/clients/${clientId}/keys/${keyId}`, {
      key: (added.body as { clientKey: string }).clientKey,
    });

    expect([added.status, full.status, removed.status]).toEqual([201, 409, 204]);
    expect((await ask('GET /v1/organizations', { key })).status).toBe(401);
    expect((await ask('GET /v1/organizations', { key: (added.body as { clientKey: string }).clientKey })).status).toBe(
      200,
    );
    answersAs('createClientKey', added);
  });

  it('open nothing while the client is disabled', async () => {
    const key = await makeClient('c1');
    await ask(`PATCH /v1/clients/${key.split('_')[2] ?? ''}`, { body: { disabled: true } });

    expect((await ask('GET /v1/organizations', { key })).status).toBe(401);
  });

  it.each(['PATCH /v1/clients/ID', 'POST /v1/clients/ID/keys', 'DELETE /v1/clients/ID/keys/aaaaaaaa'])(
    'answers %s alike for a foreign client and for none',
    async (request) => {
      const foreign = reseller.split('_')[2] ?? '';
      const answers = await Promise.all(
        [foreign, 'aaaaaaaaaaaaaaaa'].map((id) =>
          ask(request.replace('ID', id), {
            key: company,
            ...(request.startsWith('PATCH') ? { body: { name: 'x' } } : {}),
          }),
        ),
      );

      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    },
  );
});

describe('GET /v1/organizations/{organizationId}/audit', () => {
  it('tells what happened, newest first', async () => {
    const { body } = await ask('GET /v1/organizations/c2/audit', { key: reseller, query: { kind: 'policy-changed' } });

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
    expect((await ask('GET /v1/organizations/c2/audit', { query: query as never })).status).toBe(400);
  });

  it('needs the scope', async () => {
    const { body } = await ask('POST /v1/clients', { body: { name: 'x', organizationId: 'c1', scopes: ['sign-in'] } });

    expect(
      (await ask('GET /v1/organizations/c1/audit', { key: (body as { clientKey: string }).clientKey })).status,
    ).toBe(403);
  });
});

describe('the log', () => {
  it('has a line for every answer, and never a key', async () => {
    await ask('GET /v1/organizations/nobody');

    expect(JSON.parse(logLines.at(-1) ?? '')).toMatchObject({ code: 'answered', status: 404, problem: 'not-found' });
    for (const key of [root, reseller, company]) expect(logLines.join('')).not.toContain(key.slice(-52));
  });
});

describe('a request without a valid key', () => {
  it.each([[{}], [{ key: 'x' }], [{ key: `cs_test_${'a'.repeat(16)}_${'a'.repeat(8)}_${'a'.repeat(52)}` }]])(
    'learns nothing (%#)',
    async (parts) => {
      for (const request of ['GET /v1/organizations/c1', 'GET /v1/organizations/nobody'])
        expect((await callDoor(handler, request, parts)).status).toBe(401);
      expect((await callDoor(handler, 'PUT /v1/organizations/c1', { ...parts, body: '{' })).status).toBe(401);
      expect((await callDoor(handler, 'GET /v1/organizations/c1', { ...parts, actor: 'nonsense' })).status).toBe(401);
    },
  );
});
