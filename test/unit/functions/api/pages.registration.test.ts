import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handler as factors } from '../../../../functions/api/factors.ts';
import { handler as organizations } from '../../../../functions/api/organizations.ts';
import { handler as users } from '../../../../functions/api/users.ts';
import { handler as pages } from '../../../../functions/api/pages.ts';
import { methodNames } from '../../../../shared/user-state/methods.ts';
import { callDoor, logLines, pagesUrl } from '../../../support/api.ts';
import { invite, inviteAgain, startPasswordCheck, type AskedPortal } from '../../../support/invitations.ts';
import { asks, openTab, tokenOf, trade, type Tab } from '../../../support/page-browser.ts';
import { codeOf, makePageWorld, type PageWorld } from '../../../support/page-world.ts';

const password = 'a-canary-of-a-password';

let world: PageWorld;
let portal: AskedPortal;
beforeAll(async () => {
  world = await makePageWorld();
  const order = { item: 'phone', quantity: 9, agreementVersion: '1', agreementAccepted: true };
  expect((await callDoor(organizations, 'POST /v1/organizations/acme/orders', { key: world.key, body: order })).status).toBe(201);
  portal = await startPasswordCheck(world.key, password);
});
afterAll(() => portal.stop());

let people = 0;
async function invited(phoneNumber?: string) {
  people += 1;
  const userId = `new-${String(people)}`;
  await world.makeUser(userId);
  return { userId, invitation: await invite(world.key, userId, phoneNumber) };
}

const usersPath = (userId: string) => `/v1/organizations/acme/users/${userId}`;
const factorsOf = async (userId: string) => (await callDoor(users, `GET ${usersPath(userId)}`, { key: world.key })).body.factors as { kind: string }[];

/** By the challenge of a sign-in, beside every page. */
async function addElsewhere(userId: string): Promise<{ factorId: string }> {
  await world.policy({ enforcement: 'required' });
  const { challengeId } = (await world.start(userId)).body;
  const added = (await callDoor(factors, `POST ${usersPath(userId)}/factors`, { key: world.key, body: { kind: 'totp', challengeId } })).body;
  const { body } = await callDoor(factors, `POST ${usersPath(userId)}/factors/${added.factorId}/confirm`, { key: world.key, body: { answer: codeOf(added.secret) } });
  expect(body.status).toBe('active');
  return added;
}

const look = (url: string) => callDoor(pages, 'POST /page/registration/look', { body: { token: tokenOf(url) }, headers: { origin: pagesUrl, 'sec-fetch-site': 'same-origin' } });
const validate = (tab: Tab, given = password) => asks(tab, 'POST /page/registration/validate', { password: given });
const problem = ({ body }: { body: { type?: string } }): string | undefined => body.type?.split('/').at(-1);

describe("an invitation's link", () => {
  it('is looked at as often as anybody likes, and opened once', async () => {
    const { invitation } = await invited();
    const looks = [await look(invitation.url), await look(invitation.url)];
    const opened = await trade(tokenOf(invitation.url));
    const [late, again] = [await look(invitation.url), await trade(tokenOf(invitation.url))];

    expect(looks.map(({ body }) => body)).toEqual(Array(2).fill({ page: 'registration', organization: { name: 'Acme Corporation', support: { name: 'Acme help', url: 'https://help.example.com' } } }));
    expect(opened.status).toBe(201);
    expect([late, again].map((answer) => [answer.status, problem(answer)])).toEqual(Array(2).fill([410, 'invitation-over']));
  });

  it('is opened once, however many ask at the same time', async () => {
    const { invitation } = await invited();

    const answers = await Promise.all(Array.from({ length: 8 }, () => trade(tokenOf(invitation.url))));

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('that somebody made up is nobody’s', async () => {
    const { invitation } = await invited();
    const token = tokenOf(invitation.url);
    const forged = `${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;

    expect([(await look(`#${forged}`)).status, (await trade(forged)).status]).toEqual([401, 401]);
  });

  it('serves the session of its own opening: one from a link that was replaced does nothing, not even when the new one is done', async () => {
    const { userId, invitation } = await invited();
    const stranger = await openTab(invitation.url);
    const own = await openTab((await inviteAgain(userId, invitation)).url);
    await validate(own);
    const meanwhile = await asks(stranger, 'POST /page/set-up/factors', { kind: 'totp' });
    const added = (await asks(own, 'POST /page/set-up/factors', { kind: 'totp' })).body;
    await asks(own, `POST /page/set-up/factors/${added.factorId}/confirm`, { answer: codeOf(added.secret) });

    const late = await asks(stranger, 'POST /page/registration/recovery-key');
    expect([meanwhile, late].map(problem)).toEqual(['page-session-over', 'page-session-over']);
  });

  it.each([true, false])('alone gives nothing of a factor that its person sets up elsewhere, their password given to the page before: %s', async (isValidated) => {
    const { userId, invitation } = await invited();
    const tab = await openTab(invitation.url);
    if (isValidated) await validate(tab);
    // Without a key at the confirmation: what the page could still make for whoever asks first.
    await world.policy({ methods: methodNames.filter((name) => name !== 'recovery-key') });
    const { factorId } = await addElsewhere(userId);
    await world.policy({ methods: [...methodNames] });

    const asked = [
      await asks(tab, 'GET /page/registration'),
      await asks(tab, 'POST /page/registration/recovery-key'),
      await asks(tab, `GET /page/set-up/factors/${factorId}`),
    ];

    expect(asked.map(problem)).toEqual(['page-session-over', 'page-session-over', 'page-session-over']);
    expect((await factorsOf(userId)).map(({ kind }) => kind)).toEqual(['totp']);
  });
});

describe('a registration', () => {
  it('sets nothing up before the portal has said that it is the password', async () => {
    const tab = await openTab((await invited()).invitation.url);
    const early = await asks(tab, 'POST /page/set-up/factors', { kind: 'totp' });
    const wrong = await validate(tab, 'wrong');
    const still = await asks(tab, 'POST /page/set-up/factors', { kind: 'totp' });

    expect([early, still].map(problem)).toEqual(['invitation-needed', 'invitation-needed']);
    expect(wrong).toMatchObject({ status: 200, body: { isAccepted: false } });
  });

  it('is completed by the factor that it sets up, with a recovery key, and says so', async () => {
    const { userId, invitation } = await invited();
    const tab = await openTab(invitation.url);
    const before = (await asks(tab, 'GET /page/registration')).body;
    await validate(tab);
    const added = (await asks(tab, 'POST /page/set-up/factors', { kind: 'totp' })).body;
    const confirmed = (await asks(tab, `POST /page/set-up/factors/${added.factorId}/confirm`, { answer: codeOf(added.secret) })).body;
    const after = (await asks(tab, 'GET /page/registration')).body;

    expect(before).toMatchObject({ kind: 'any', firstFactor: 'password', isValidated: false, isCompleted: false });
    expect(confirmed).toMatchObject({ isAccepted: true, status: 'active', recoveryKey: expect.any(String) });
    expect(after).toMatchObject({ isCompleted: true });
    expect((await asks(tab, 'POST /page/registration/recovery-key')).body).toEqual({});
    expect((await asks(tab, `GET /page/set-up/factors/${added.factorId}`)).body.status).toBe('active');
    expect(problem(await asks(tab, 'POST /page/set-up/factors', { kind: 'totp' }))).toMatch(/proof|page-session-over|invitation/);
    expect((await world.start(userId)).body.status).toBe('pending');
  });

  it('ends with the fifth wrong password, and the portal is asked no more', async () => {
    const { userId, invitation } = await invited();
    const tab = await openTab(invitation.url);
    const before = portal.asked.length;
    const answers = [];
    for (let count = 0; count < 5; count += 1) answers.push(await validate(tab, `wrong-${String(count)}`));
    const late = await validate(tab);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 410]);
    expect([late.status, problem(late)]).toEqual([401, 'page-session-over']);
    expect(portal.asked.length - before).toBe(5);
    expect((await world.start(userId)).body.promptUrl).toBeUndefined();
  });

  it('puts five passwords to the portal, however many are sent at once', async () => {
    const tab = await openTab((await invited()).invitation.url);
    const before = portal.asked.length;

    await Promise.all(Array.from({ length: 12 }, (_, count) => validate(tab, `guess-${String(count)}`)));

    expect(portal.asked.length - before).toBeLessThanOrEqual(5);
    expect((await validate(tab)).status).toBe(401);
  });

  it('takes the number that came with the invitation and no other', async () => {
    const tab = await openTab((await invited('+12025550143')).invitation.url);
    await validate(tab);
    const view = (await asks(tab, 'GET /page/registration')).body;
    const other = await asks(tab, 'POST /page/set-up/factors', { kind: 'phone', method: 'call', numbers: { primary: '+12025550144' } });

    expect(view).toMatchObject({ kind: 'phone', method: 'call-pin', number: { hint: '+1 ••• ••• ••43', hasExtension: false } });
    expect([other.status, problem(other)]).toEqual([403, 'policy-forbids']);
    expect(JSON.stringify(view)).not.toContain('2025550143');
  });

  it('sends whoever signs in by SSO to their portal', async () => {
    await world.makeUser('sam', { identity: 'sso' });
    const tab = await openTab((await invite(world.key, 'sam')).url);

    expect((await asks(tab, 'GET /page/registration')).body).toMatchObject({ firstFactor: 'sso', signInUrl: 'https://portal.example.com/' });
    expect((await world.start('sam', { firstFactor: 'sso' })).body).toMatchObject({ status: 'enrollment-required', setupUrl: expect.stringContaining('/set-up#') });
  });

  it('leaves nothing of a password in a log, an event or an item', async () => {
    const everything = logLines.join('') + JSON.stringify(await world.database.items());

    expect(portal.asked).toContain(password);
    expect(everything).not.toContain(password);
  });
});
