import { beforeAll, describe, expect, it } from 'vitest';
import { handler as users } from '../../../../functions/api/users.ts';
import { operationSchemas } from '../../../../functions/api/wire/operation-schemas.ts';
import { callDoor } from '../../../support/api.ts';
import { asks, fromPages, openTab } from '../../../support/page-browser.ts';
import { makePageWorld, returnUrl, type PageWorld } from '../../../support/page-world.ts';

let world: PageWorld;
beforeAll(async () => {
  world = await makePageWorld();
  await world.policy({ enforcement: 'required' });
  await world.makeUser('boss', { role: 'administrator' });
  await world.makeUser('auditor', { role: 'auditor' });
  await world.makeUser('ada', { role: 'member' });
  await world.makeUser('bob', { role: 'member' });
  await world.addApp('ada');
});

const path = '/v1/organizations/acme/users/ada/activity';
const by = (actor?: string) => callDoor(users, `GET ${path}`, { key: world.key, ...(actor === undefined ? {} : { actor: `acme/${actor}` }) });

describe('GET /v1/organizations/{organizationId}/users/{userId}/activity', () => {
  it('tells a person what happened to them, and those who audit; nobody else', async () => {
    const own = await by('ada');
    const answers = [await by(), own, await by('auditor'), await by('boss'), await by('bob')];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 403]);
    expect(own.body.events.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(['challenge-approved', 'factor-added']));
    expect(operationSchemas.listActivity.response?.safeParse(own.body)).toMatchObject({ success: true });
  });

  it('is paged, and refuses what is no page of it', async () => {
    const page = (query: Record<string, string>) => callDoor(users, `GET ${path}`, { key: world.key, query });
    const first = await page({ limit: '1' });
    const second = await page({ limit: '1', cursor: first.body.cursor });
    const wrong = await Promise.all([{ limit: '0' }, { limit: '51' }, { cursor: 'abcd' }, { from: '2026-01-01' }].map((query) => page(query as Record<string, string>)));

    expect(first.body.events).toHaveLength(1);
    expect(second.body.events[0].eventId).not.toBe(first.body.events[0].eventId);
    expect(wrong.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  });

  it('is asked by the security page about its own person alone', async () => {
    const { body } = await world.pageSession({ page: 'security', organizationId: 'acme', userId: 'bob', returnUrl });
    const tab = await openTab(body.url);

    const [own, others] = await Promise.all(['bob', 'ada'].map((userId) => asks(tab, `GET /page/v1/organizations/acme/users/${userId}/activity`, undefined, fromPages('GET'), users)));

    expect([own?.status, others?.status]).toEqual([200, 404]);
  });
});

describe('a person who suspends themselves', () => {
  it('needs no proof, finds the session over, and cannot resume (A77a)', async () => {
    const { body } = await world.pageSession({ page: 'security', organizationId: 'acme', userId: 'ada', returnUrl });
    const tab = await openTab(body.url);
    const ask = (request: string, sent?: unknown) => asks(tab, request, sent, fromPages(request.split(' ')[0] ?? ''), users);

    const suspended = await ask('POST /page/v1/organizations/acme/users/ada/suspend', { reason: 'This was not me.' });
    const after = [await ask('GET /page/v1/organizations/acme/users/ada'), await ask('POST /page/v1/organizations/acme/users/ada/resume', { reason: 'It was.' })];
    const resumed = await callDoor(users, 'POST /v1/organizations/acme/users/ada/resume', { key: world.key, actor: 'acme/ada', body: { reason: 'It was.' } });

    expect([suspended.status, suspended.body.suspended]).toEqual([200, true]);
    expect(after.every(({ status }) => status >= 400)).toBe(true);
    expect(resumed.status).toBe(403);
  });
});
