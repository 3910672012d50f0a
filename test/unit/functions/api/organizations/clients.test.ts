import { beforeAll, describe, expect, it } from 'vitest';
import { operationSchemas } from '../../../../../functions/api/wire/operation-schemas.ts';
import type { Operation } from '../../../../../shared/contract/routes.ts';
import type { ApiAnswer } from '../../../../support/api.ts';
import { startTenants, type Tenants } from '../../../../support/tenants.ts';

let tenants: Tenants;
beforeAll(async () => {
  tenants = await startTenants();
});

function answersAs(operation: Operation, { body }: ApiAnswer): void {
  expect(operationSchemas[operation].response?.safeParse(body)).toMatchObject({ success: true });
}

describe('POST /v1/clients', () => {
  const body = {
    name: 'Once',
    organizationId: 'c1',
    scopes: ['sign-in'],
    returnUrls: ['https://portal.example.com/back'],
  };

  it('makes one client for one idempotency key, however often and in parallel it is asked', async () => {
    const headers = { 'idempotency-key': 'once' };

    const answers = await Promise.all(
      Array.from({ length: 4 }, () => tenants.ask('POST /v1/clients', { body, headers })),
    );
    answers.push(await tenants.ask('POST /v1/clients', { body, headers }));

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect((await tenants.database.items()).filter(({ sk, name }) => sk === 'CLIENT' && name === 'Once')).toHaveLength(
      1,
    );
    answersAs('createClient', answers[0] as ApiAnswer);
  });

  it('refuses another body under the same key', async () => {
    const headers = { 'idempotency-key': 'other' };
    await tenants.ask('POST /v1/clients', { body, headers });

    expect((await tenants.ask('POST /v1/clients', { body: { ...body, name: 'Two' }, headers })).body).toMatchObject({
      type: 'https://countersign.dev/problems/idempotency-conflict',
    });
  });

  it('passes on no more than it has, and keeps no key in clear', async () => {
    const answer = await tenants.ask('POST /v1/clients', {
      key: tenants.company,
      body: { ...body, scopes: ['sign-in'] },
    });
    const made = await tenants.ask('POST /v1/clients', { key: tenants.company, body: { ...body, scopes: ['users'] } });

    expect(answer.status).toBe(403);
    const { clientKey } = made.body as { clientKey: string };
    expect(JSON.stringify(await tenants.database.items())).not.toContain(clientKey.slice(-52));
  });
});

describe("a client's keys", () => {
  it('rotate: the old one opens nothing from the next request on', async () => {
    const key = await tenants.makeClient('c1');
    const [, , clientId = '', keyId = ''] = key.split('_');

    const added = await tenants.ask(`POST /v1/clients/${clientId}/keys`, { key, body: {} });
    const full = await tenants.ask(`POST /v1/clients/${clientId}/keys`, { key });
    const removed = await tenants.ask(`DELETE /v1/clients/${clientId}/keys/${keyId}`, {
      key: (added.body as { clientKey: string }).clientKey,
    });

    expect([added.status, full.status, removed.status]).toEqual([201, 409, 204]);
    expect((await tenants.ask('GET /v1/organizations', { key })).status).toBe(401);
    expect(
      (await tenants.ask('GET /v1/organizations', { key: (added.body as { clientKey: string }).clientKey })).status,
    ).toBe(200);
    answersAs('createClientKey', added);
  });

  it('open nothing while the client is disabled', async () => {
    const key = await tenants.makeClient('c1');
    await tenants.ask(`PATCH /v1/clients/${key.split('_')[2] ?? ''}`, { body: { disabled: true } });

    expect((await tenants.ask('GET /v1/organizations', { key })).status).toBe(401);
  });

  it.each(['PATCH /v1/clients/ID', 'POST /v1/clients/ID/keys', 'DELETE /v1/clients/ID/keys/aaaaaaaa'])(
    'answers %s alike for a foreign client and for none',
    async (request) => {
      const foreign = tenants.reseller.split('_')[2] ?? '';
      const answers = await Promise.all(
        [foreign, 'aaaaaaaaaaaaaaaa'].map((id) =>
          tenants.ask(request.replace('ID', id), {
            key: tenants.company,
            ...(request.startsWith('PATCH') ? { body: { name: 'x' } } : {}),
          }),
        ),
      );

      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    },
  );
});
