import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirm, dialog, heading, press, startConsoleWorld, type ConsoleWorld } from './console-world.ts';
import { expectSound, overflowOf, picture } from './pages-world.ts';

let people: ConsoleWorld;
let alma: string;
beforeAll(async () => {
  people = await startConsoleWorld();
  alma = await people.confirming('alma', 'administrator');
  await people.person('olga', 'auditor');
  await people.person('hans', 'helpdesk');
  await people.confirming('lena', 'member');
  await people.person('carl', 'member');
  await people.world.api('POST', '/v1/organizations/acme/users/carl/enrollments', { kind: 'any' });
}, 120_000);
afterAll(() => people.stop());

const openList = async (userId: string, options?: BrowserContextOptions) => {
  const opened = await people.openConsole(userId, options);
  await heading(opened.page, 'Users of Acme Corporation').waitFor();
  return opened;
};

async function openUser(page: Page, userId: string): Promise<void> {
  await page.goto(`${people.world.stack.running.pagesUrl}/console#/acme/users/user/${userId}`);
  await heading(page, `Person ${userId}`).waitFor();
}

const buttonsOf = (page: Page): Promise<string[]> => page.locator('main button').allTextContents();

/** As curl would, with the cookie of a console that is open: everything but what browsers add by themselves. */
async function asked(page: Page, method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<number> {
  const { pagesUrl } = people.world.stack.running;
  const name = (await page.evaluate(() => sessionStorage.getItem('countersign-page'))) ?? '';
  const cookies = (await page.context().cookies()).map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
  const headers = { cookie: cookies, 'countersign-page': name, origin: pagesUrl, 'content-type': 'application/json', ...more };
  return (await fetch(pagesUrl + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })).status;
}

describe('an auditor', () => {
  it('sees everything, and can change nothing, by page or by curl', async () => {
    const { page, complaints, context } = await openList('olga');
    expect(await page.getByRole('button', { name: 'Add a user' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Enable many from a file' }).count()).toBe(0);
    await openUser(page, 'carl');
    await page.getByText('Sent, not opened yet').waitFor();
    expect(await buttonsOf(page)).toEqual([]);
    await expectSound(page, 'console-auditor');

    const own = '/page/v1/organizations/acme/users/carl';
    expect(await asked(page, 'GET', own)).toBe(200);
    const person = { displayName: 'X', email: 'x@acme.example', identity: 'local' };
    const refused = await Promise.all([
      asked(page, 'PUT', own, person), asked(page, 'DELETE', own), asked(page, 'POST', `${own}/enrollments`, { kind: 'any' }),
      ...['unlock', 'suspend', 'resume', 'reset', 'disable'].map((name) => asked(page, 'POST', `${own}/${name}`, { reason: 'x' })),
    ]);
    expect(refused).toEqual(refused.map(() => 403));
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a help desk', () => {
  it('unlocks and sends invitations again, and nothing else', async () => {
    const { challengeId } = (await people.world.start('lena')).body;
    for (let count = 0; count < 5; count += 1) await people.world.api('POST', `/v1/challenges/${challengeId}/answer`, { answer: '000000' });
    const { page, complaints, context } = await openList('hans');
    await openUser(page, 'lena');
    expect(await buttonsOf(page)).toEqual(['Unlock']);
    await press(page, 'Unlock');
    await dialog(page).getByLabel('Reason').fill('called back on the known number');
    await press(dialog(page), 'Unlock');
    await page.getByText('Unlocked.').waitFor();
    await openUser(page, 'carl');
    expect(await buttonsOf(page)).toEqual(['Send it again']);
    await expectSound(page, 'console-helpdesk');
    await people.world.advance(61);
    await press(page, 'Send it again');
    await press(dialog(page), 'Send it again');
    await page.getByText('The invitation was sent again.').waitFor();

    const own = '/page/v1/organizations/acme/users/carl';
    const refused = await Promise.all(['suspend', 'reset', 'disable'].map((name) => asked(page, 'POST', `${own}/${name}`, { reason: 'x' })));
    expect(refused).toEqual([403, 403, 403]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a company administrator with curl', () => {
  it('can do no more than the page: no other organization, no other site, no change without a fresh proof', async () => {
    await people.world.api('PUT', '/v1/organizations/elsewhere', { name: 'Elsewhere' });
    await people.person('zoe', 'member', {}, 'elsewhere');
    const { page, context } = await openList('alma');

    const foreign = await Promise.all([
      asked(page, 'GET', '/page/v1/organizations/elsewhere'), asked(page, 'GET', '/page/v1/organizations/elsewhere/users'),
      asked(page, 'GET', '/page/v1/organizations/elsewhere/users/zoe'), asked(page, 'POST', '/page/v1/organizations/elsewhere/users/zoe/unlock', { reason: 'x' }),
    ]);
    expect(foreign).toEqual([404, 404, 404, 404]);
    const own = '/page/v1/organizations/acme/users/carl';
    expect(await asked(page, 'POST', `${own}/suspend`, { reason: 'x' }, { origin: 'https://evil.example' })).toBe(403);
    expect(await asked(page, 'POST', `${own}/suspend`, { reason: 'x' }, { 'countersign-page': '' })).toBe(401);
    expect(await asked(page, 'POST', `${own}/reset`, { reason: 'x' })).toBe(403);
    expect(await asked(page, 'POST', `${own}/reset`, { reason: 'x' }, { 'countersign-proof': 'chl_forged' })).toBe(403);
    expect(await asked(page, 'GET', own, undefined, { 'countersign-actor': 'elsewhere/zoe' })).toBe(200);
    expect((await people.user('carl')).suspended).toBe(false);
    await context.close();
  });
});

describe('two administrators on one user at once', () => {
  it('are both heard: the second is told, sees what was saved, and loses nothing that was typed', async () => {
    await people.world.advance(31);
    const { page, complaints, context } = await openList('alma');
    await openUser(page, 'carl');
    await press(page, 'Change the profile');
    const asking = dialog(page);
    await asking.getByLabel('Name').fill('Carl of Mine');
    await people.world.api('PUT', '/v1/organizations/acme/users/carl', { displayName: 'Carl of Theirs', email: 'carl.new@acme.example', identity: 'local' });
    await press(asking, 'Save');
    await confirm(page, await people.world.code(alma));
    await asking.getByText('Somebody else has saved this user').waitFor();
    await asking.getByText('Saved meanwhile by somebody else: Carl of Theirs').waitFor();
    await expectSound(page, 'console-meanwhile');
    expect([await asking.getByLabel('Name').inputValue(), await asking.getByLabel('Email address').inputValue()]).toEqual(['Carl of Mine', 'carl.new@acme.example']);
    expect((await people.user('carl')).displayName).toBe('Carl of Theirs');
    await press(asking, 'Save');
    await heading(page, 'Carl of Mine').waitFor();
    expect(await people.user('carl')).toMatchObject({ displayName: 'Carl of Mine', email: 'carl.new@acme.example' });
    await people.world.api('PUT', '/v1/organizations/acme/users/carl', { displayName: 'Person carl', email: 'carl@acme.example', identity: 'local' });
    expect(complaints).toEqual([]);
    await context.close();
  });
});

const settings: readonly (readonly [name: string, options: BrowserContextOptions])[] = [
  ['on a small phone', { viewport: { width: 320, height: 568 } }],
  ['in the dark', { colorScheme: 'dark' }],
  ['with colors forced', { forcedColors: 'active' }],
  ['on a small phone in Spanish', { viewport: { width: 320, height: 568 }, locale: 'es-MX' }],
  ['in French', { locale: 'fr-CA', colorScheme: 'dark' }],
  ['on a wide screen', { viewport: { width: 1400, height: 900 } }],
];

describe('every view of users', () => {
  it.each(settings)('is sound %s', async (name, options) => {
    const { page, complaints, context } = await people.openConsole('alma', options);
    const seen = (view: string): Promise<void> => expectSound(page, `console-${view}-${name.replaceAll(' ', '-')}`);
    const { pagesUrl } = people.world.stack.running;
    await page.locator('tbody tr').first().waitFor();
    await seen('list');
    await page.locator('main .row button').first().click();
    await seen('add');
    await page.keyboard.press('Escape');
    await page.goto(`${pagesUrl}/console#/acme/users/bulk`);
    await page.locator('input[type=file]').waitFor();
    await seen('bulk');
    await people.person(`new-${String(settings.findIndex(([each]) => each === name))}`, 'member');
    await page.goto(`${pagesUrl}/console#/acme/users/user/new-${String(settings.findIndex(([each]) => each === name))}`);
    await page.locator('.actions button').first().waitFor();
    await seen('user');
    await page.locator('.actions button').first().click();
    await page.locator('dialog form').waitFor();
    await page.keyboard.press('Enter');
    await seen('enable');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('holds text of twice the size, and has nothing to press that is lower than 44 pixels', async () => {
    const { page, context } = await openList('alma', { viewport: { width: 640, height: 1000 } });
    await page.locator('tbody tr').first().waitFor();
    const pressed = 'button:visible, input:visible, select:visible, summary:visible, tbody a:visible, nav a:visible';
    const heights = await page.locator(pressed).evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().height)));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await picture(page, 'console-double');
    expect(await overflowOf(page)).toBe(0);
    await openUser(page, 'carl');
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await press(page, 'Change the profile');
    await picture(page, 'console-double-dialog');
    expect(await overflowOf(page)).toBe(0);
    expect(await dialog(page).evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    await context.close();
  });
});
