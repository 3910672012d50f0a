import { beforeAll, describe, expect, it } from 'vitest';
import { handler as factors } from '../../../../functions/api/factors.ts';
import { handler as organizations } from '../../../../functions/api/organizations.ts';
import { handler as users } from '../../../../functions/api/users.ts';
import { callDoor, type ApiAnswer } from '../../../support/api.ts';
import { asks, fromPages, openTab, type Tab } from '../../../support/page-browser.ts';
import { codeOf, makePageWorld, returnUrl, type PageWorld } from '../../../support/page-world.ts';

let world: PageWorld;
beforeAll(async () => {
  world = await makePageWorld();
  await world.makeUser('root');
  await world.policy({ enforcement: 'required' });
});

let people = 0;
interface Person {
  readonly userId: string;
  readonly secret: string;
}

async function person(role: string): Promise<Person> {
  people += 1;
  const userId = `person-${String(people)}`;
  await world.makeUser(userId, { role });
  return { userId, secret: await world.addApp(userId) };
}

async function open(page: 'console' | 'security', { userId }: Pick<Person, 'userId'>): Promise<Tab> {
  const { status, body } = await world.pageSession({ page, organizationId: 'acme', userId, returnUrl });
  expect(status).toBe(201);
  return openTab(body.url);
}

const from = (tab: Tab, request: string, body?: unknown, headers: Record<string, string> = {}, door = users): Promise<ApiAnswer> =>
  asks(tab, request, body, { ...fromPages(request.split(' ')[0] ?? ''), ...headers }, door);

async function confirmed(tab: Tab, { secret }: Person, stepsAhead = 0): Promise<string> {
  const { challengeId } = (await asks(tab, 'POST /page/proofs')).body;
  const answered = (await asks(tab, `POST /page/proofs/${challengeId}/answer`, { answer: codeOf(secret, stepsAhead) })).body;
  expect(answered).toMatchObject({ isAccepted: true, challenge: { status: 'approved' } });
  expect(JSON.stringify(answered)).not.toContain('eyJ');
  return challengeId;
}

const ada = { displayName: 'Ada Other', email: 'ada@example.com', identity: 'local' };

describe('the console', () => {
  it('asks what the API answers, as its person', async () => {
    const tab = await open('console', await person('administrator'));

    const listed = await from(tab, 'GET /page/v1/organizations/acme/users');
    const direct = await callDoor(users, 'GET /v1/organizations/acme/users', { key: world.key });

    expect(listed.status).toBe(200);
    expect(listed.body).toEqual(direct.body);
  });

  it('reaches nothing beside the organizations of its person', async () => {
    const tab = await open('console', await person('administrator'));
    await callDoor(organizations, 'PUT /v1/organizations/elsewhere', { key: world.key, body: { name: 'Elsewhere' } });

    expect((await from(tab, 'GET /page/v1/organizations/elsewhere', undefined, {}, organizations)).status).toBe(404);
    expect((await from(tab, 'GET /page/v1/organizations/elsewhere/users')).status).toBe(404);
    expect((await from(tab, 'GET /page/v1/organizations', undefined, {}, organizations)).body.organizations).toHaveLength(1);
  });

  it('lets an auditor read, and change nothing', async () => {
    const auditor = await person('auditor');
    const tab = await open('console', auditor);
    const proof = await confirmed(tab, auditor);

    expect((await from(tab, 'GET /page/v1/organizations/acme/users')).status).toBe(200);
    expect((await from(tab, 'PUT /page/v1/organizations/acme/users/ada', ada, { 'countersign-proof': proof })).status).toBe(403);
    expect((await from(tab, 'POST /page/v1/organizations/acme/users/root/unlock', { reason: 'x' }, { 'countersign-proof': proof })).status).toBe(403);
  });

  it('is over with the next request once its person administers no more, or is suspended', async () => {
    const [demoted, suspended] = [await person('administrator'), await person('administrator')];
    const tabs = [await open('console', demoted), await open('console', suspended)] as const;
    await world.makeUser(demoted.userId, { role: 'member' });
    await callDoor(users, `POST /v1/organizations/acme/users/${suspended.userId}/suspend`, { key: world.key, body: { reason: 'left' } });

    for (const tab of tabs) expect((await from(tab, 'GET /page/v1/organizations/acme/users')).body).toMatchObject({ status: 401, title: expect.stringContaining('session') });
  });

  it('asks for a confirmation before what changes somebody, and takes one of just now, of its own person', async () => {
    const [administrator, other] = [await person('administrator'), await person('administrator')];
    const [tab, otherTab] = [await open('console', administrator), await open('console', other)];
    const put = (proof?: string): Promise<ApiAnswer> => from(tab, 'PUT /page/v1/organizations/acme/users/ada', ada, proof === undefined ? {} : { 'countersign-proof': proof });

    const without = await put();
    const ofAnother = await put(await confirmed(otherTab, other));
    const unanswered = await put((await asks(tab, 'POST /page/proofs')).body.challengeId);
    const own = await confirmed(tab, administrator);
    const withOwn = await put(own);

    expect([without.status, without.body.type]).toEqual([403, 'https://countersign.dev/problems/proof-required']);
    expect([ofAnother.status, unanswered.status]).toEqual([403, 403]);
    expect(withOwn.status).toBe(201);
    expect((await from(tab, 'DELETE /page/v1/organizations/acme/users/ada', undefined, { 'countersign-proof': own })).status).toBe(200);
  });

  it('takes no confirmation of another tab of the same person', async () => {
    const administrator = await person('administrator');
    const [tab, copied] = [await open('console', administrator), await open('console', administrator)];
    const proof = await confirmed(tab, administrator);

    const elsewhere = await from(copied, 'PUT /page/v1/organizations/acme/users/zed', ada, { 'countersign-proof': proof });

    expect([elsewhere.status, elsewhere.body.type]).toEqual([403, 'https://countersign.dev/problems/proof-required']);
  });

  it('does nothing for somebody who is locked, who cannot unlock themselves, by a portal either', async () => {
    const administrator = await person('administrator');
    const tab = await open('console', administrator);
    const { challengeId } = (await asks(tab, 'POST /page/proofs')).body;
    for (let guesses = 0; guesses < 5; guesses += 1) await asks(tab, `POST /page/proofs/${challengeId}/answer`, { answer: '000000' });
    const unlock = `organizations/acme/users/${administrator.userId}/unlock`;

    const own = await from(tab, `POST /page/v1/${unlock}`, { reason: 'x' });
    const byPortal = await callDoor(users, `POST /v1/${unlock}`, { key: world.key, actor: `acme/${administrator.userId}`, body: { reason: 'x' } });

    expect([own.status, byPortal.status]).toEqual([409, 403]);
    expect((await from(tab, 'GET /page/v1/organizations/acme/users')).status).toBe(409);
  });

  it('suspends others only with a confirmation, and its own person at once', async () => {
    const [administrator, other] = [await person('administrator'), await person('administrator')];
    const tab = await open('console', administrator);
    const suspend = (userId: string): Promise<ApiAnswer> => from(tab, `POST /page/v1/organizations/acme/users/${userId}/suspend`, { reason: 'x' });

    expect([(await suspend(other.userId)).status, (await suspend(administrator.userId)).status]).toEqual([403, 200]);
  });

  it('is over for who was erased, and stays so when they are made anew', async () => {
    const gone = await person('administrator');
    const tab = await open('console', gone);
    const again = await world.pageSession({ page: 'console', organizationId: 'acme', userId: gone.userId, returnUrl });
    await callDoor(users, `DELETE /v1/organizations/acme/users/${gone.userId}`, { key: world.key });
    await world.makeUser(gone.userId, { role: 'administrator' });

    expect((await from(tab, 'GET /page/v1/organizations/acme/users')).status).toBe(401);
    expect((await asks(tab, 'POST /page/proofs')).status).toBe(401);
    await expect(openTab(again.body.url)).rejects.toThrow('no session');
  });

  it('erases nobody above its person, nor its person, and whom it erased comes back by an invitation alone', async () => {
    const [administrator, erased] = [await person('administrator'), await person('member')];
    const tab = await open('console', administrator);
    const proof = { 'countersign-proof': await confirmed(tab, administrator) };
    const erase = (userId: string): Promise<ApiAnswer> => from(tab, `DELETE /page/v1/organizations/acme/users/${userId}`, undefined, proof);

    expect([(await erase(administrator.userId)).status, (await erase(erased.userId)).status]).toEqual([403, 200]);
    await world.makeUser(erased.userId);
    expect((await world.start(erased.userId)).body).toMatchObject({ status: 'denied', reason: 'invitation-needed' });
  });

  it('records who asked, and from where', async () => {
    const administrator = await person('administrator');
    const tab = await open('console', administrator);
    await from(tab, 'PUT /page/v1/organizations/acme/users/seen', ada, { 'countersign-proof': await confirmed(tab, administrator) });

    const { events } = (await callDoor(organizations, 'GET /v1/organizations/acme/audit', { key: world.key, query: { userId: 'seen' } })).body;

    expect(events[0]).toMatchObject({ kind: 'user-created', door: 'page', actor: `acme/${administrator.userId}` });
  });

  it('records who looked at whom, and not that somebody looked at themselves', async () => {
    const administrator = await person('administrator');
    const tab = await open('console', administrator);
    for (const path of ['users/root', 'users/root', `users/${administrator.userId}`]) await from(tab, `GET /page/v1/organizations/acme/${path}`);

    const { events } = (await callDoor(organizations, 'GET /v1/organizations/acme/audit', { key: world.key, query: { kind: 'personal-data-read' } })).body;
    // A row counts what was within its minute.
    const own = (events as { actor: string; userId?: string; times: number; detail: { operation: string } }[]).filter(({ actor }) => actor === `acme/${administrator.userId}`);
    const times = (operation: string, userId?: string): number => own.filter((row) => row.detail.operation === operation && row.userId === userId).reduce((sum, row) => sum + row.times, 0);

    expect([times('getUser', 'root'), times('getUser', administrator.userId)]).toEqual([2, 0]);
  });

  it('listens to its own address alone', async () => {
    const tab = await open('console', await person('administrator'));

    const foreign = await asks(tab, 'GET /page/v1/organizations/acme/users', undefined, { origin: 'https://evil.example' }, users);
    const silent = await asks(tab, 'POST /page/v1/organizations/acme/users/root/unlock', { reason: 'x' }, {}, users);
    const keyed = await callDoor(users, 'GET /page/v1/organizations/acme/users', { key: world.key, headers: fromPages('GET') });

    expect([foreign.status, silent.status, keyed.status]).toEqual([403, 403, 401]);
  });
});

describe('the security page', () => {
  it('is about its own person, and knows of nobody else', async () => {
    const [own, other] = [await person('administrator'), await person('member')];
    const tab = await open('security', own);

    expect((await from(tab, `GET /page/v1/organizations/acme/users/${own.userId}`)).body).toMatchObject({ userId: own.userId, mfa: 'active' });
    expect((await from(tab, `GET /page/v1/organizations/acme/users/${other.userId}`)).status).toBe(404);
    expect((await from(tab, 'GET /page/v1/organizations/acme/users')).status).toBe(401);
  });

  it('changes what a confirmation permits, once', async () => {
    const own = await person('member');
    const tab = await open('security', own);
    const user = `/page/v1/organizations/acme/users/${own.userId}`;
    const proof = await confirmed(tab, own);

    const unproved = await from(tab, `POST ${user}/recovery-key`, {}, {}, factors);
    const proved = await from(tab, `POST ${user}/recovery-key`, { proofs: [proof] }, {}, factors);
    const again = await from(tab, `POST ${user}/recovery-key`, { proofs: [proof] }, {}, factors);

    expect([unproved.status, proved.status, again.status]).toEqual([403, 201, 403]);
    expect(proved.body.recoveryKey).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-/);
  });

  it('takes no challenge for a proof that was approved for something else, and none by its id through the API', async () => {
    const own = await person('member');
    const tab = await open('security', own);
    const started = (await world.start(own.userId, { answer: codeOf(own.secret) })).body;
    const proof = await confirmed(tab, own, 1);
    const path = `/v1/organizations/acme/users/${own.userId}/recovery-key`;

    expect((await from(tab, `POST /page${path}`, { proofs: [started.challengeId] }, {}, factors)).status).toBe(403);
    expect((await callDoor(factors, `POST ${path}`, { key: world.key, body: { proofs: [proof] } })).status).toBe(403);
  });

  it('answers no sign-in that is under way', async () => {
    const own = await person('member');
    const tab = await open('security', own);
    const { challengeId } = (await world.start(own.userId)).body;

    expect((await asks(tab, `GET /page/proofs/${challengeId}`)).status).toBe(404);
    expect((await asks(tab, `POST /page/proofs/${challengeId}/answer`, { answer: codeOf(own.secret) })).status).toBe(404);
  });
});
