import { beforeAll, describe, expect, it } from 'vitest';
import { handler as factors } from '../../../../functions/api/factors.ts';
import { handler as organizations } from '../../../../functions/api/organizations.ts';
import { handler as users } from '../../../../functions/api/users.ts';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import { callDoor, type ApiAnswer } from '../../../support/api.ts';
import { asks, fromPages, openTab } from '../../../support/page-browser.ts';
import { codeOf, makePageWorld, returnUrl, type PageWorld } from '../../../support/page-world.ts';

let world: PageWorld;
beforeAll(async () => {
  world = await makePageWorld();
  process.env['COUNTERSIGN_MAIL_FROM'] = 'no-reply@example.com';
  for (const role of ['administrator', 'helpdesk', 'auditor', 'member']) await world.makeUser(role, { role });
});

const any = { kind: 'any' };
const path = (userId: string, rest = '') => `/v1/organizations/acme/users/${userId}${rest}`;
const ask = (request: string, body?: unknown, actor?: string, headers: Record<string, string> = {}) =>
  callDoor(request.includes('/reset') || request.includes('/disable') || !request.includes('/enrollments') ? users : factors, request, {
    key: world.key, headers, ...(body === undefined ? {} : { body }), ...(actor === undefined ? {} : { actor: `acme/${actor}` }),
  });
const problem = ({ body }: ApiAnswer): string => String(body.type).split('/').at(-1) ?? '';

let people = 0;
async function newcomer(): Promise<string> {
  people += 1;
  const userId = `u-${String(people)}`;
  await world.makeUser(userId);
  return userId;
}
async function invited(): Promise<{ userId: string; at: string }> {
  const userId = await newcomer();
  const { body } = await ask(`POST ${path(userId, '/enrollments')}`, any);
  return { userId, at: path(userId, `/enrollments/${body.enrollmentId}`) };
}

describe('who may enable, read, send again and cancel', () => {
  it.each([
    ['administrator', [201, 200, 429, 200]],
    ['helpdesk', [403, 200, 429, 403]],
    ['auditor', [403, 200, 403, 403]],
    ['member', [403, 403, 403, 403]],
  ])('for %s: %j', async (role, statuses) => {
    const { at } = await invited();
    const answers = [
      await ask(`POST ${path(await newcomer(), '/enrollments')}`, any, role),
      await ask(`GET ${at}`, undefined, role),
      await ask(`POST ${at}/resend`, {}, role),
      await ask(`POST ${at}/cancel`, {}, role),
    ];

    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });

  it.each([['administrator', 200], ['helpdesk', 403], ['auditor', 403], ['member', 403]])('who may reset and disable: %s gets %i', async (role, status) => {
    for (const what of ['reset', 'disable']) expect((await ask(`POST ${path(await newcomer(), `/${what}`)}`, { reason: 'left' }, role)).status).toBe(status);
  });

  it('is nobody for themselves, where it takes protection away (I13)', async () => {
    for (const what of ['reset', 'disable']) expect(problem(await ask(`POST ${path('administrator', `/${what}`)}`, { reason: 'x' }, 'administrator'))).toBe('not-permitted');
  });
});

describe('an enrollment by the API', () => {
  it('answers as described, shows itself with its user, and says the same to the same request', async () => {
    const userId = await newcomer();
    const twice = [];
    for (let times = 0; times < 2; times += 1) twice.push(await ask(`POST ${path(userId, '/enrollments')}`, any, undefined, { 'idempotency-key': userId }));
    const other = await ask(`POST ${path(userId, '/enrollments')}`, { ...any, clientId: world.key.split('_')[2] }, undefined, { 'idempotency-key': userId });
    const user = await ask(`GET ${path(userId)}`);

    expect([twice[0]?.status, twice[1]?.body]).toEqual([201, twice[0]?.body]);
    expect(problem(other)).toBe('idempotency-conflict');
    expect(operationSchemas.createEnrollment.response?.safeParse(twice[0]?.body)).toMatchObject({ success: true });
    expect(user.body).toMatchObject({ mfa: 'invited', enrollment: { enrollmentId: twice[0]?.body.enrollmentId, state: 'invited' } });
    expect(operationSchemas.getUser.response?.safeParse(user.body)).toMatchObject({ success: true });
  });

  it.each([
    [{}],
    [{ kind: 'phone' }],
    [{ kind: 'phone', country: 'FR', phoneNumber: '2025550142' }],
    [{ kind: 'phone', country: 'US/CA', phoneNumber: '2025550142', extension: 'x' }],
    [{ kind: 'phone', country: 'US/CA', phoneNumber: '2025550142', method: 'shout' }],
    [{ kind: 'any', phoneNumber: '2025550142' }],
    [{ kind: 'any', clientId: '../x' }],
  ])('refuses a body such as %j', async (body) => {
    expect(problem(await ask(`POST ${path(await newcomer(), '/enrollments')}`, body))).toBe('request-invalid');
  });

  it('is for a portal of this organization: another\'s, and one that is not there, are alike', async () => {
    await callDoor(organizations, 'PUT /v1/organizations/other', { key: world.key, body: { name: 'Other' } });
    const { body } = await callDoor(organizations, 'POST /v1/clients', { key: world.key, body: { name: 'x', organizationId: 'other', scopes: ['users'] } });
    const userId = await newcomer();

    for (const clientId of [body.clientId, 'aaaaaaaaaaaaaaaa']) expect(problem(await ask(`POST ${path(userId, '/enrollments')}`, { ...any, clientId }))).toBe('not-found');
    expect(problem(await callDoor(factors, `POST ${path(userId, '/enrollments')}`, { key: body.clientKey, body: any }))).toBe('not-found');
  });

  it('of one user is not found beside another', async () => {
    const { at } = await invited();
    const elsewhere = at.replace(/users\/[^/]+/, `users/${await newcomer()}`);

    for (const request of [`GET ${elsewhere}`, `POST ${elsewhere}/resend`, `POST ${elsewhere}/cancel`]) {
      expect(problem(await ask(request, request.startsWith('GET') ? undefined : {}))).toBe('not-found');
    }
  });

  it('is listed by its status', async () => {
    const { userId } = await invited();
    const { body } = await callDoor(users, 'GET /v1/organizations/acme/users', { key: world.key, query: { mfa: 'invited', query: userId } });

    expect(body.users.map((user: { userId: string }) => user.userId)).toEqual([userId]);
  });

  it('takes a user who is erased with it: its record says canceled', async () => {
    const { userId, at } = await invited();
    await ask(`DELETE ${path(userId)}`);

    const records = (await world.database.items()).filter(({ sk, enrollmentId }) => sk === 'ENROLLMENT' && at.endsWith(String(enrollmentId)));
    expect(records).toEqual([expect.objectContaining({ state: 'canceled' })]);
  });
});

describe('from the console', () => {
  it('is enabled and reset as by the API, with a confirmation of just now', async () => {
    await world.makeUser('console', { role: 'administrator' });
    const secret = await world.addApp('console');
    const tab = await openTab((await world.pageSession({ page: 'console', organizationId: 'acme', userId: 'console', returnUrl })).body.url);
    const userId = await newcomer();
    const post = (rest: string, body: unknown, headers: Record<string, string> = {}, door = users) => asks(tab, `POST /page${path(userId, rest)}`, body, { ...fromPages('POST'), ...headers }, door);

    const without = [await post('/enrollments', any, {}, factors), await post('/reset', { reason: 'lost' })];
    const { challengeId } = (await asks(tab, 'POST /page/proofs')).body;
    await asks(tab, `POST /page/proofs/${challengeId}/answer`, { answer: codeOf(secret) });
    const proof = { 'countersign-proof': challengeId };
    const enabled = await post('/enrollments', any, proof, factors);
    const confirmed = await post('/reset', { reason: 'lost' }, proof);

    expect(without.map(problem)).toEqual(['proof-required', 'proof-required']);
    expect([enabled.status, confirmed.status, confirmed.body.mfa]).toEqual([201, 200, 'invited']);
  });

  it('is over for an administrator who was reset: neither the session nor a new one goes on', async () => {
    await world.makeUser('stolen', { role: 'administrator' });
    await world.addApp('stolen');
    const open = () => world.pageSession({ page: 'console', organizationId: 'acme', userId: 'stolen', returnUrl });
    const tab = await openTab((await open()).body.url);
    await ask(`POST ${path('stolen', '/reset')}`, { reason: 'stolen' });

    expect((await asks(tab, 'GET /page/v1/organizations/acme/users', undefined, fromPages('GET'), users)).status).toBe(401);
    expect(problem(await open())).toBe('invitation-needed');
  });
});
