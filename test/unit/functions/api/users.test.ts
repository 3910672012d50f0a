import { beforeAll, describe, expect, it } from 'vitest';
import { handler as organizations } from '../../../../functions/api/organizations.ts';
import { handler } from '../../../../functions/api/users.ts';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import { handler as operator } from '../../../../functions/operator/bootstrap.ts';
import type { Operation } from '../../../../shared/contract/routes.ts';
import { callDoor, startInstallation, type ApiAnswer, type ApiRequest } from '../../../support/api.ts';

let root: string;
let company: string;

const ask = (request: string, parts: ApiRequest = {}) => callDoor(handler, request, { key: root, ...parts });
const ada = { displayName: 'Ada Example', email: 'ada@example.com', identity: 'local' };

function answersAs(operation: Operation, { body }: ApiAnswer): void {
  expect(operationSchemas[operation].response?.safeParse(body)).toMatchObject({ success: true });
}

beforeAll(async () => {
  await startInstallation();
  root = ((await operator({ command: 'bootstrap' }, { awsRequestId: 'r' })) as { clientKey: string }).clientKey;
  for (const id of ['acme', 'other']) {
    await callDoor(organizations, `PUT /v1/organizations/${id}`, { key: root, body: { name: id } });
  }
  const { body } = await callDoor(organizations, 'POST /v1/clients', {
    key: root,
    body: { name: 'x', organizationId: 'acme', scopes: ['users'] },
  });
  company = (body as { clientKey: string }).clientKey;
  for (const [userId, role] of [
    ['admin', 'administrator'],
    ['helper', 'helpdesk'],
    ['clerk', 'member'],
  ]) {
    await ask(`PUT /v1/organizations/acme/users/${String(userId)}`, { body: { ...ada, role } });
  }
  await ask('PUT /v1/organizations/other/users/stranger', { body: ada });
});

describe('PUT and GET /v1/organizations/{organizationId}/users/{userId}', () => {
  it('creates a user, shows them, and changes them under the version that was seen', async () => {
    const created = await ask('PUT /v1/organizations/acme/users/u%2F1%20x', { body: ada });
    const seen = await ask('GET /v1/organizations/acme/users/u%2F1%20x');
    const changed = await ask('PUT /v1/organizations/acme/users/u%2F1%20x', {
      body: { ...ada, locale: 'de-CH' },
      headers: { 'if-match': seen.headers['etag'] ?? '' },
    });
    const late = await ask('PUT /v1/organizations/acme/users/u%2F1%20x', {
      body: { ...ada, locale: 'fr' },
      headers: { 'if-match': seen.headers['etag'] ?? '' },
    });

    expect([created.status, changed.status, late.status]).toEqual([201, 200, 412]);
    expect(seen.body).toMatchObject({
      userId: 'u/1 x',
      organizationId: 'acme',
      role: 'member',
      mfa: 'none',
      suspended: false,
      factors: [],
    });
    for (const answer of [created, seen, changed]) answersAs('getUser', answer);
  });

  it.each([
    { ...ada, email: 'no address' },
    { ...ada, email: 'a@b\r\nBcc: c@d' },
    { ...ada, identity: 'ldap' },
    { ...ada, displayName: '\u0007' },
    { ...ada, role: 'root' },
    { ...ada, audiences: [] },
    { ...ada, locale: 'english please' },
    { ...ada, mfa: 'none' },
  ])('refuses %j', async (body) => {
    expect((await ask('PUT /v1/organizations/acme/users/bad', { body })).status).toBe(400);
  });

  it('says which fields are wrong, and not what they held', async () => {
    const { body } = await ask('PUT /v1/organizations/acme/users/bad', {
      body: { ...ada, email: 'secret-value', role: 'root' },
    });

    expect((body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer).sort()).toEqual([
      '#/email',
      '#/role',
    ]);
    expect(JSON.stringify(body)).not.toContain('secret-value');
  });

  it('answers a foreign user like one that never existed', async () => {
    const answers = await Promise.all(
      ['other/users/stranger', 'nobody/users/x', 'acme/users/nobody'].map((id) =>
        ask(`GET /v1/organizations/${id}`, { key: company }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await ask('PUT /v1/organizations/other/users/stranger', { key: company, body: ada })).status).toBe(404);
    expect((await ask('DELETE /v1/organizations/other/users/stranger', { key: company })).status).toBe(404);
  });

  it('shows a person to themselves, and to those who may read', async () => {
    const seenBy = async (actor: string) => (await ask('GET /v1/organizations/acme/users/clerk', { actor })).status;

    expect(await seenBy('acme/clerk')).toBe(200);
    expect(await seenBy('acme/helper')).toBe(200);
    expect(await seenBy('other/stranger')).toBe(404);
    expect((await ask('GET /v1/organizations/acme/users/admin', { actor: 'acme/clerk' })).status).toBe(403);
  });
});

describe('POST …/suspend, …/resume and …/unlock', () => {
  const reason = { reason: 'lost telephone' };

  it("suspends and resumes, and a suspended person is nobody's actor", async () => {
    const suspended = await ask('POST /v1/organizations/acme/users/clerk/suspend', {
      actor: 'acme/clerk',
      body: reason,
    });
    const acting = await ask('GET /v1/organizations/acme/users/clerk', { actor: 'acme/clerk' });
    const resumed = await ask('POST /v1/organizations/acme/users/clerk/resume', { actor: 'acme/admin', body: reason });

    expect([suspended.status, suspended.body]).toMatchObject([200, { suspended: true }]);
    expect(acting.status).toBe(403);
    expect(resumed.body).toMatchObject({ suspended: false });
    expect(resumed.headers['etag']).toBe((await ask('GET /v1/organizations/acme/users/clerk')).headers['etag']);
    answersAs('suspendUser', suspended);
  });

  it('takes the role that each asks for', async () => {
    const status = async (what: string, user: string, actor: string) =>
      (await ask(`POST /v1/organizations/acme/users/${user}/${what}`, { actor, body: reason })).status;

    expect(await status('unlock', 'clerk', 'acme/helper')).toBe(200);
    expect(await status('unlock', 'admin', 'acme/helper')).toBe(403);
    expect(await status('unlock', 'clerk', 'acme/clerk')).toBe(403);
    expect(await status('suspend', 'admin', 'acme/helper')).toBe(403);
    expect(await status('resume', 'clerk', 'acme/clerk')).toBe(403);
  });

  it('asks for a reason', async () => {
    expect((await ask('POST /v1/organizations/acme/users/clerk/unlock', { body: {} })).status).toBe(400);
  });
});

describe('DELETE /v1/organizations/{organizationId}/users/{userId}', () => {
  it('erases, gives a certificate, and leaves nobody to be found', async () => {
    await ask('PUT /v1/organizations/acme/users/gone', { body: ada });

    const erased = await ask('DELETE /v1/organizations/acme/users/gone');

    expect([erased.status, erased.body]).toMatchObject([200, { userId: 'gone' }]);
    answersAs('eraseUser', erased);
    expect((await ask('GET /v1/organizations/acme/users/gone')).status).toBe(404);
    expect((await ask('DELETE /v1/organizations/acme/users/gone')).status).toBe(404);
    expect((await ask('PUT /v1/organizations/acme/users/gone', { body: ada })).status).toBe(201);
  });
});

describe('GET /v1/organizations/{organizationId}/users', () => {
  it('lists page by page', async () => {
    const first = await ask('GET /v1/organizations/acme/users', { query: { limit: '2' } });
    const { cursor, users } = first.body as { cursor: string; users: object[] };
    const second = await ask('GET /v1/organizations/acme/users', { query: { limit: '50', cursor } });

    expect(users).toHaveLength(2);
    expect((second.body as { users: object[] }).users.length).toBeGreaterThanOrEqual(1);
    answersAs('listUsers', first);
    expect((await ask('GET /v1/organizations/other/users', { query: { cursor } })).status).toBe(400);
    expect((await ask('GET /v1/organizations/acme/users', { key: company, actor: 'acme/clerk' })).status).toBe(403);
  });
});
