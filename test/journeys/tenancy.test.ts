import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedRoutes } from '../../shared/contract/page-routes.ts';
import { routes, scopes, type Route } from '../../shared/contract/routes.ts';
import { startWorld, type Reply, type World } from './local-world.ts';

let world: World;
/** Two resellers, a company under each, a client for each company, and a user with a factor in each. */
const keys: Record<string, string> = {};
const challenges: Record<string, string> = {};
const factors: Record<string, string> = {};
const clients: Record<string, string> = {};
const orders: Record<string, string> = {};
const enrollments: Record<string, string> = {};

async function makeCompany(reseller: string, company: string): Promise<void> {
  await world.api('PUT', `/v1/organizations/${reseller}`, { name: reseller });
  await world.api('PUT', `/v1/organizations/${company}`, { name: company, parentId: reseller });
  const made = await world.api('POST', '/v1/clients', { name: `portal of ${company}`, organizationId: company, scopes: [...scopes], audiences: ['portal'] });
  const key: string = made.body.clientKey;
  keys[company] = key;
  clients[company] = made.body.clientId;
  const order = { item: 'token', quantity: 2, agreementVersion: '2026-11', agreementAccepted: true };
  orders[company] = (await world.api('POST', `/v1/organizations/${company}/orders`, order)).body.orderId;
  const people = `/v1/organizations/${company}/users`;
  const path = `${people}/ada`;
  await world.api('PUT', path, { displayName: 'Ada Example', email: 'ada@example.com', identity: 'local' });
  await world.api('PUT', `${people}/bea`, { displayName: 'Bea Example', email: 'bea@example.com', identity: 'local' });
  enrollments[company] = (await world.api('POST', `${people}/bea/enrollments`, { kind: 'any' })).body.enrollmentId;
  const start = { organizationId: company, userId: 'ada', audience: 'portal', firstFactor: 'password' };
  const { challengeId } = (await world.api('POST', '/v1/challenges', start, { key })).body;
  const added = await world.api('POST', `${path}/factors`, { kind: 'totp', challengeId }, { key });
  factors[company] = added.body.factorId;
  await world.api('POST', `${path}/factors/${added.body.factorId}/confirm`, { answer: await world.code(added.body.secret) }, { key });
  challenges[company] = (await world.api('POST', '/v1/challenges', start, { key })).body.challengeId;
}

beforeAll(async () => {
  world = await startWorld();
  await makeCompany('reseller-1', 'company-1');
  await makeCompany('reseller-2', 'company-2');
}, 120_000);
afterAll(async () => {
  await world.stack.stop();
});

/** A body that is valid in form, so that only the gate can refuse it. */
function bodyFor({ operation }: Route, company: string): unknown {
  const bodies: Record<string, unknown> = {
    startChallenge: { organizationId: company, userId: 'ada', audience: 'portal', firstFactor: 'password' },
    answerChallenge: { answer: '123456' },
    sendChallenge: { factorId: factors[company] ?? 'fac_none' },
    redeemResult: { result: 'a.b.c' },
    putOrganization: { name: 'Mine now' },
    changePolicy: { enforcement: 'optional' },
    createClient: { name: 'Mine', organizationId: company, scopes: ['sign-in'], audiences: ['portal'] },
    changeClient: { name: 'Mine' },
    putUser: { displayName: 'Mallory', email: 'mallory@example.com', identity: 'local' },
    unlockUser: { reason: 'please' },
    suspendUser: { reason: 'please' },
    resumeUser: { reason: 'please' },
    resetUser: { reason: 'please' },
    disableUser: { reason: 'please' },
    createEnrollment: { kind: 'any' },
    putBrand: { color: '#123456' },
    rehearsePolicy: { enforcement: 'required' },
    addFactor: { kind: 'totp' },
    confirmFactor: { answer: '123456' },
    changeFactor: { label: 'mine' },
    resyncFactor: { answer: '123456', nextAnswer: '654321' },
    startTokenImport: { format: 'csv', content: 'serial,seed' },
    addTokenImportPart: { part: 2, content: 'serial,seed' },
    placeOrder: { item: 'phone', quantity: 1, agreementVersion: '2026-11', agreementAccepted: true },
    putVipAccount: { certificate: 'x', privateKey: 'x' },
    answerEmailVerification: { answer: '12345678' },
    createPageSession: { page: 'security', organizationId: company, userId: 'ada', returnUrl: 'https://portal.example.com/' },
  };
  return bodies[operation] ?? (['POST', 'PUT', 'PATCH'].includes((routes as readonly Route[]).find((each) => each.operation === operation)?.method ?? '') ? {} : undefined);
}

const pathFor = ({ path }: Route, company: string, user = 'ada'): string =>
  path
    .replace('{organizationId}', company)
    .replace('{userId}', user)
    .replace('{factorId}', factors[company] ?? 'fac_none')
    .replace('{challengeId}', challenges[company] ?? 'chl_none')
    .replace('{orderId}', orders[company] ?? 'ord_none')
    .replace('{clientId}', clients[company] ?? 'aaaaaaaaaaaaaaaa')
    .replace('{enrollmentId}', enrollments[company] ?? 'enr_none')
    .replace('{keyId}', 'aaaaaaaa');

/** Everything a stranger can see of an answer, but for what names the request itself. */
function seen({ status, body, headers }: Reply): unknown {
  const { instance: _instance, ...rest } = (body ?? {}) as Record<string, unknown>;
  const names = [...headers.keys()].filter((name) => !['date', 'content-length', 'x-amzn-requestid', 'apigw-requestid'].includes(name)).sort();
  return { status, rest, names };
}

describe('what belongs to another organization', () => {
  const aboutSomething = (routes as readonly Route[]).filter(({ path, operation }) => path.includes('{') || operation === 'startChallenge' || operation === 'createClient');

  it.each(aboutSomething.map((route) => [`${route.method} ${route.path}`, route] as const))('is as if it did not exist: %s', async (_name, route) => {
    const options = { key: keys['company-1'] ?? '' };
    const foreign = await world.api(route.method, pathFor(route, 'company-2'), bodyFor(route, 'company-2'), options);
    const unknown = await world.api(route.method, pathFor(route, 'company-9'), bodyFor(route, 'company-9'), options);
    expect([403, 404]).toContain(foreign.status);
    expect(seen(foreign)).toEqual(seen(unknown));
    if (route.method === 'PUT' && route.path.endsWith('{organizationId}')) return;
    const parent = await world.api(route.method, pathFor(route, 'reseller-1'), bodyFor(route, 'reseller-1'), options);
    expect([403, 404]).toContain(parent.status);
  });

  it('is untouched after all of that', async () => {
    const user = await world.api('GET', '/v1/organizations/company-2/users/ada');
    expect(user.body).toMatchObject({ displayName: 'Ada Example', mfa: 'active', suspended: false });
    expect((await world.api('GET', '/v1/organizations/company-2/licenses')).body).toMatchObject({ phone: { metered: false }, token: { bought: 2, ending: 0 } });
    expect((await world.api('GET', `/v1/challenges/${challenges['company-2'] ?? ''}`, undefined, { key: keys['company-2'] ?? '' })).body.status).toBe('pending');
  });

  it('leaves a record in the trail of the client that asked', async () => {
    const { events } = (await world.api('GET', '/v1/organizations/company-1/audit?kind=cross-tenant-denied', undefined, { key: keys['company-1'] ?? '' })).body;
    expect(events.length).toBeGreaterThan(0);
  });

  it('cannot be reached by naming an actor from there, or from above', async () => {
    const options = (actor: string) => ({ key: keys['company-1'] ?? '', actor });
    expect((await world.api('GET', '/v1/organizations/company-1/users/ada', undefined, options('company-1/ada'))).status).toBe(200);
    expect((await world.api('GET', '/v1/organizations/company-1/users/ada', undefined, options('company-2/ada'))).status).toBe(403);
    expect((await world.api('GET', '/v1/organizations/company-2/users/ada', undefined, options('company-1/ada'))).status).toBe(404);
  });
});

describe('the console of a company', () => {
  let cookie = '';
  let session = '';
  const origin = (): string => new URL(world.stack.running.pagesUrl).origin;

  async function asPage(method: string, path: string, body?: unknown): Promise<Reply> {
    const headers = { origin: origin(), 'sec-fetch-site': 'same-origin', 'countersign-page': session, cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(origin() + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  }

  beforeAll(async () => {
    const returnUrl = 'https://portal.example.com/back';
    const clientId = world.stack.running.clientKey.split('_')[2] ?? '';
    await world.api('PATCH', `/v1/clients/${clientId}`, { returnUrls: [returnUrl] });
    const { url } = (await world.api('POST', '/v1/page-sessions', { page: 'console', organizationId: 'company-1', userId: 'ada', returnUrl })).body;
    ({ session } = (await asPage('POST', '/page/session', { token: String(url).split('#')[1] })).body);
  });

  const aboutSomething = sharedRoutes.filter(({ path, pages }) => path.includes('{') && pages.includes('console'));

  it.each(aboutSomething.map((route) => [`${route.method} ${route.path}`, route] as const))('finds of others as much as of nobody: %s', async (_name, route) => {
    const [foreign, unknown, above] = await Promise.all(['company-2', 'company-9', 'reseller-1'].map((company) => asPage(route.method, pathFor(route, company), bodyFor(route, company))));
    expect([403, 404]).toContain(foreign?.status);
    expect(foreign && seen(foreign)).toEqual(unknown && seen(unknown));
    expect([403, 404]).toContain(above?.status);
  });

  it('finds its own', async () => {
    expect((await asPage('GET', '/page/v1/organizations/company-1/users/ada')).body).toMatchObject({ userId: 'ada', role: 'administrator' });
  });

  it('leaves what belongs to others as it was', async () => {
    expect((await world.api('GET', '/v1/organizations/company-2/users/ada')).body).toMatchObject({ displayName: 'Ada Example', mfa: 'active', suspended: false });
    expect((await world.api('GET', '/v1/organizations/company-2')).body).toMatchObject({ name: 'company-2', parentId: 'reseller-2' });
  });
});
