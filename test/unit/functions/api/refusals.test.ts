import { beforeAll, describe, expect, it } from 'vitest';
import { handler as challenges } from '../../../../functions/api/challenges.ts';
import { handler as factors } from '../../../../functions/api/factors.ts';
import { handler as users } from '../../../../functions/api/users.ts';
import { callDoor } from '../../../support/api.ts';
import { startTenants, type Tenants } from '../../../support/tenants.ts';

let tenants: Tenants;
let clientId: string;
beforeAll(async () => {
  tenants = await startTenants();
  clientId = tenants.company.split('_')[2] ?? '';
});

interface Row {
  readonly kind: string;
  readonly times: number;
  readonly organizationId?: string;
  readonly userId?: string;
  readonly actor?: string;
  readonly detail: { readonly operation: string; readonly reason?: string };
}

/** How often it was counted for this reason, and the rows that say so. */
async function refusals(reason: string): Promise<{ times: number; rows: Row[] }> {
  const items = (await tenants.database.items()) as unknown as Row[];
  const rows = items.filter(({ kind, detail }) => kind === 'request-refused' && detail.reason === reason);
  return { times: rows.reduce((sum, { times }) => sum + times, 0), rows };
}

const start = { organizationId: 'c1', userId: 'clerk', audience: 'portal', firstFactor: 'password' };
const ask = (request: string, parts: object = {}) => tenants.ask(request, { key: tenants.company, ...parts });

describe('the audit trail', () => {
  it('counts what a scope does not allow, per operation (A53)', async () => {
    for (const userId of ['clerk', 'reader', 'nobody']) {
      const answer = await callDoor(challenges, 'POST /v1/challenges', { key: tenants.company, body: { ...start, userId } });
      expect(answer.status).toBe(403);
    }

    const { times, rows } = await refusals('scope');
    expect(times).toBe(3);
    expect(rows[0]).toMatchObject({ clientId, organizationId: 'c1', detail: { operation: 'startChallenge' } });
  });

  it('names the person whose role does not suffice, one row for each', async () => {
    for (const actor of ['c1/reader', 'c1/clerk', 'c1/clerk']) {
      expect((await ask('PATCH /v1/organizations/c1/policy', { actor, body: {} })).status).toBe(403);
    }

    const { rows } = await refusals('role');
    expect(rows.map(({ actor, times }) => [actor, times]).sort()).toEqual([
      ['c1/clerk', 2],
      ['c1/reader', 1],
    ]);
  });

  it('does not name an actor for whom the client may not act', async () => {
    expect((await ask('GET /v1/organizations/c1', { actor: 'r1/boss' })).status).toBe(403);
    expect((await ask('GET /v1/organizations/c1', { actor: 'c1/nobody' })).status).toBe(403);

    const { times, rows } = await refusals('foreign-actor');
    expect([times, rows.length, rows[0]?.actor]).toEqual([2, 1, undefined]);
  });

  it.each([
    ['key-wrong', (key: string) => `${key.slice(0, -4)}aaaa`],
    ['key-unknown', (key: string) => key.replace(/_[a-z2-7]{8}_/, '_aaaaaaaa_')],
  ])('knows a %s of a client that exists (A92), whatever else the request says', async (reason, spoil) => {
    for (const request of ['GET /v1/organizations/c1', 'PUT /v1/organizations/c1']) {
      expect((await ask(request, { key: spoil(tenants.company), body: '{' })).status).toBe(401);
    }

    const { rows } = await refusals(reason);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ clientId, organizationId: 'c1' });
  });

  it('is not worn out by a flood of wrong keys: few writes, and a client that goes on', async () => {
    const key = `${tenants.company.slice(0, -4)}bbbb`;
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => ask('GET /v1/organizations/c1/policy', { key })),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    const { rows } = await refusals('key-wrong');
    expect(rows.find(({ detail }) => detail.operation === 'getPolicy')?.times).toBeLessThan(5);
    expect((await ask('GET /v1/organizations/c1')).status).toBe(200);
  });

  it('shows what the policy forbade in the trail of the organization', async () => {
    expect((await ask('PATCH /v1/organizations/c1/policy', { body: { lockout: { failures: 9 } } })).status).toBe(403);

    const { body } = await ask('GET /v1/organizations/c1/audit', { query: { kind: 'request-refused' } });
    expect(body.events).toContainEqual(
      expect.objectContaining({ clientId, detail: { operation: 'changePolicy', reason: 'policy-forbids' }, times: 1 }),
    );
  });

  it("tells of a proof that is not the person's own, in the person's trail (I13)", async () => {
    const body = { kind: 'totp', proofs: ['not.a.proof'] };
    const path = '/v1/organizations/c1/users/clerk/factors';

    expect((await callDoor(factors, `POST ${path}`, { key: tenants.company, body })).status).toBe(403);

    expect((await refusals('proof-invalid')).rows).toMatchObject([{ organizationId: 'c1', userId: 'clerk', times: 1 }]);
  });

  it('counts each refusal once, whoever recorded it (I9)', async () => {
    const path = '/v1/organizations/c1/users/clerk/factors';
    expect((await callDoor(factors, `POST ${path}`, { key: tenants.company, body: { kind: 'totp' } })).status).toBe(403);

    const kinds = (await tenants.database.items()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'refused-invitation-needed')).toHaveLength(1);
    expect((await refusals('invitation-needed')).times).toBe(0);
  });

  it('tells nothing of what merely is not there', async () => {
    const before = (await tenants.database.items()).length;

    expect((await callDoor(users, 'GET /v1/organizations/c1/users/nobody', { key: tenants.company })).status).toBe(404);

    expect((await tenants.database.items()).length).toBe(before);
  });
});

describe('GET /v1/audit', () => {
  it('shows what belongs to no organization, to the client of the whole installation', async () => {
    const { status, body } = await tenants.ask('GET /v1/audit');

    expect(status).toBe(200);
    expect(body.events).toContainEqual(expect.objectContaining({ kind: 'client-created' }));
  });

  it.each([
    ["a reseller's client", () => ({ key: tenants.reseller })],
    ['an administrator of a reseller', () => ({ actor: 'r1/boss' })],
  ])('is not for %s', async (_who, parts) => {
    expect((await tenants.ask('GET /v1/audit', parts())).status).toBe(403);
  });
});

describe('GET /v1/organizations/{organizationId}/audit', () => {
  it('takes no time that ends before it begins', async () => {
    const query = { from: '2030-01-02T00:00:00Z', to: '2030-01-01T00:00:00Z' };

    expect((await ask('GET /v1/organizations/c1/audit', { query })).status).toBe(400);
  });
});
