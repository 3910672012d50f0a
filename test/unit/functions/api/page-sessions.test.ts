import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { handler as organizations } from '../../../../functions/api/organizations.ts';
import { callDoor, pagesUrl } from '../../../support/api.ts';
import { onePixel } from '../../../support/logos.ts';
import { asks, openTab, tabOf, tokenOf, trade } from '../../../support/page-browser.ts';
import { makePageWorld, returnUrl, type PageWorld } from '../../../support/page-world.ts';

let world: PageWorld;
beforeAll(async () => {
  world = await makePageWorld();
  await world.makeUser('root');
  await world.makeUser('ada', { role: 'member' });
  await world.makeUser('olga', { role: 'auditor' });
});
afterEach(() => {
  vi.useRealTimers();
});

const request = (changes: Record<string, unknown> = {}) => ({ page: 'security', organizationId: 'acme', userId: 'ada', returnUrl, ...changes });

const openSecurity = async () => openTab((await world.pageSession(request())).body.url);

/** Only the clock: what waits for the engine goes on. */
function moveTo(time: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: time });
}

const minute = 60_000;
const ada = { organizationId: 'acme', userId: 'ada', displayName: 'Ada Example', role: 'member' };

describe('POST /v1/page-sessions', () => {
  it('gives an address for a minute, with 256 random bits in its fragment', async () => {
    const [one, other] = [await world.pageSession(request()), await world.pageSession(request())];

    expect(one.status).toBe(201);
    expect(one.body.url).toMatch(new RegExp(`^${pagesUrl}/security#[\\w-]{43}$`));
    expect(one.body.url).not.toBe(other.body.url);
    expect(Date.parse(one.body.expiresAt) - Date.now()).toBeLessThanOrEqual(minute);
    expect(JSON.stringify(await world.database.items())).not.toContain(tokenOf(one.body.url));
  });

  it('is traded once, however many ask at the same time, and not after its minute', async () => {
    const [token, late] = [tokenOf((await world.pageSession(request())).body.url), tokenOf((await world.pageSession(request())).body.url)];

    const answers = await Promise.all(Array.from({ length: 12 }, () => trade(token)));
    moveTo(Date.now() + minute + 1000);

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(11);
    expect((await trade(late)).status).toBe(401);
  });

  it('is for registered addresses, for the person alone, and the console for those who administer or audit', async () => {
    const answers = await Promise.all([
      world.pageSession(request({ returnUrl: 'https://portal.example.com/elsewhere' })),
      world.pageSession(request(), 'acme/root'),
      world.pageSession(request(), 'acme/ada'),
      world.pageSession(request({ page: 'console' })),
      world.pageSession(request({ page: 'console', userId: 'olga' })),
      world.pageSession(request({ userId: 'nobody' })),
      world.pageSession(request({ page: 'sign-in' })),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 201, 403, 201, 404, 400]);
  });

  it('leaves a trace of who was let in', async () => {
    await world.pageSession(request({ userId: 'olga' }));

    const events = (await world.database.items()).filter(({ kind, userId }) => kind === 'page-session-created' && userId === 'olga');

    expect(events.length).toBeGreaterThan(0);
  });
});

describe('a session of the security page', () => {
  it('is over after a quarter of an hour without use, and after twelve hours with it (D22)', async () => {
    const start = Date.now();
    const [idle, used] = [await openSecurity(), await openSecurity()];
    const seen: number[] = [];
    for (let time = start + 10 * minute; time <= start + 12 * 60 * minute + 10 * minute; time += 10 * minute) {
      moveTo(time);
      seen.push((await asks(used, 'GET /page/session')).status);
      if (time === start + 20 * minute) expect((await asks(idle, 'GET /page/session')).status).toBe(401);
    }

    expect(seen.slice(0, 71)).toEqual(seen.slice(0, 71).map(() => 200));
    expect(seen.at(-1)).toBe(401);
  });

  it('touches no challenge and no set-up: those are for their own sessions', async () => {
    const tab = await openSecurity();

    const answers = await Promise.all([
      asks(tab, 'GET /page/challenge'),
      asks(tab, 'POST /page/challenge/answer', { answer: '000000' }),
      asks(tab, 'POST /page/set-up/factors', { kind: 'totp' }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect((await asks(tab, 'GET /page/session')).body).toEqual({ page: 'security', organization: expect.objectContaining({ name: 'Acme Corporation' }), returnUrl, person: ada });
  });

  it('says as whom it is, from its first answer on', async () => {
    const opened = await trade(tokenOf((await world.pageSession(request())).body.url));

    expect(opened.body.person).toEqual(ada);
    expect((await asks(tabOf(opened), 'GET /page/session')).body.person).toEqual(ada);
  });

  it('gets a new cookie at each trade, whatever the browser brought: nobody can plant one (A125)', async () => {
    const tokens = await Promise.all([world.pageSession(request()), world.pageSession(request())]);
    const [one, other] = [tabOf(await trade(tokenOf(tokens[0].body.url))), tabOf(await trade(tokenOf(tokens[1].body.url)))];

    expect(one.name).not.toBe(other.name);
    expect(one.cookies).not.toEqual(other.cookies);
  });

  it('says how the organization looks, whenever it is read', async () => {
    const tab = await openSecurity();
    const brand = { color: '#7a1f5c', logo: onePixel };

    await callDoor(organizations, 'PUT /v1/organizations/acme/brand', { key: world.key, body: brand });

    expect((await asks(tab, 'GET /page/session')).body.organization).toMatchObject({ name: 'Acme Corporation', ...brand });
    const { session: _session, ...welcome } = (await trade(tokenOf((await world.pageSession(request())).body.url))).body;
    expect(welcome).toMatchObject({ organization: brand });
  });
});
