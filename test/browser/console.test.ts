import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirm, dialog, heading, press, startConsoleWorld, type ConsoleWorld } from './console-world.ts';
import { expectSound } from './pages-world.ts';

let people: ConsoleWorld;
let alma: string;
beforeAll(async () => {
  people = await startConsoleWorld();
  alma = await people.confirming('alma', 'administrator');
  await people.person('carl', 'member', { displayName: 'Carl Example' });
}, 120_000);
afterAll(() => people.stop());

const acme = 'Users of Acme Corporation';
const openUser = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('link', { name }).click();
  await heading(page, name).waitFor();
};

/** Of a session that is over, whatever was asked. */
const over = (page: Page) => heading(page, 'Your session is over');

describe('the console', () => {
  it('begins with the users of the only organization there is, and keeps its place through reload and back', async () => {
    const { page, complaints, context } = await people.openConsole('alma');
    await heading(page, acme).waitFor();
    await page.getByRole('link', { name: 'Carl Example' }).waitFor();

    expect(await page.getByRole('navigation').getByRole('link', { name: 'Users' }).getAttribute('aria-current')).toBe('page');
    expect(await page.getByRole('link', { name: /Change the organization/ }).count()).toBe(0);
    await expectSound(page, 'console-users');
    await openUser(page, 'Carl Example');
    expect(new URL(page.url()).hash).toBe('#/acme/users/user/carl');
    await expectSound(page, 'console-user');
    await page.reload();
    await heading(page, 'Carl Example').waitFor();
    await page.goBack();
    await heading(page, acme).waitFor();
    await page.goForward();
    await heading(page, 'Carl Example').waitFor();

    expect(complaints).toEqual([]);
    await context.close();
  });

  it('asks an administrator of several organizations for one first, and always names it', async () => {
    const { api } = people.world;
    await api('PUT', '/v1/organizations/reseller', { name: 'Example Resale' });
    for (const name of ['Bakery', 'Brewery', 'Cannery']) await api('PUT', `/v1/organizations/${name.toLowerCase()}`, { name: `Example ${name}`, parentId: 'reseller' });
    await people.person('rosa', 'administrator', {}, 'reseller');
    await people.person('bert', 'member', { displayName: 'Bert Baker' }, 'bakery');
    const { page, complaints, context } = await people.openConsole('rosa', {}, 'reseller');

    await heading(page, 'Pick an organization').waitFor();
    await page.getByRole('link', { name: 'Example Resale' }).waitFor();
    await expectSound(page, 'console-organizations');
    await page.getByLabel('Find by name or ID').fill('bakery');
    await page.getByText('1 shown.').waitFor();
    await page.keyboard.press('Enter');
    await heading(page, 'Users of Example Bakery').waitFor();
    await page.getByRole('link', { name: 'Bert Baker' }).waitFor();
    expect(await page.getByRole('navigation').textContent()).toContain('Example Bakery');
    await page.reload();
    await heading(page, 'Users of Example Bakery').waitFor();
    await page.getByRole('link', { name: 'Change the organization' }).click();
    await heading(page, 'Pick an organization').waitFor();
    await page.getByRole('link', { name: 'Example Cannery' }).click();
    await page.getByText('There are no users yet.').waitFor();
    await expectSound(page, 'console-empty');

    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says of another organization, and of what is not there, only that there is nothing', async () => {
    const { page, context } = await people.openConsole('alma');
    await heading(page, acme).waitFor();

    for (const place of ['#/elsewhere/users', '#/acme/users/user/nobody']) {
      await page.evaluate((hash) => (location.hash = hash), place);
      await heading(page, 'There is nothing here').waitFor();
    }
    await expectSound(page, 'console-nothing');
    await page.getByRole('link', { name: 'Back to the beginning' }).click();
    await heading(page, acme).waitFor();
    await context.close();
  });

  it('is over after a quarter of an hour without use, when it is left, and when its person is demoted: nothing stays on the page', async () => {
    const idle = await people.openConsole('alma');
    await openUser(idle.page, 'Carl Example');
    await people.world.advance(15 * 60 + 1);
    await idle.page.getByRole('link', { name: 'Back to the users' }).click();
    await over(idle.page).waitFor();
    expect(await idle.page.locator('body').textContent()).not.toContain('Carl');
    await expectSound(idle.page, 'console-over');
    await idle.page.goBack();
    await over(idle.page).waitFor();

    await people.person('dora', 'administrator');
    const demoted = await people.openConsole('dora');
    await openUser(demoted.page, 'Carl Example');
    const { displayName, email } = await people.user('dora');
    await people.world.api('PUT', '/v1/organizations/acme/users/dora', { displayName, email, identity: 'local', role: 'member' });
    await demoted.page.getByRole('link', { name: 'Back to the users' }).click();
    await demoted.page.getByText(/Your session is over|You may not do this/).first().waitFor();
    expect(await demoted.page.getByRole('link', { name: 'Carl Example' }).count()).toBe(0);

    const left = await people.openConsole('alma');
    await heading(left.page, acme).waitFor();
    await press(left.page, 'Leave the console');
    await left.page.waitForURL((url) => url.pathname === '/back');
    await left.page.goto(`${people.world.stack.running.pagesUrl}/console#/acme/users`);
    await heading(left.page, 'This page is no longer valid').waitFor();
    await Promise.all([idle, demoted, left].map(({ context }) => context.close()));
  });
});

describe('the list of users', () => {
  it('finds by name, address and ID while one types, and is found again as it was left', async () => {
    const { page, complaints, context } = await people.openConsole('alma');
    const search = page.getByLabel('Search for users');
    const rows = page.locator('tbody tr');
    for (const text of ['examp', 'carl@', 'CARL']) {
      await search.fill(text);
      await page.getByText('1 shown.').waitFor();
      expect(await rows.count()).toBe(1);
      await search.fill('');
      await page.getByText(/^[2-9] shown\.$/).waitFor();
    }
    await search.fill('nobody like that');
    await page.getByText('Nobody matches.').waitFor();
    await expectSound(page, 'console-none-found');
    await search.fill('carl');
    await page.getByLabel('Confirmation').selectOption('Not enabled');
    await page.getByText('1 shown.').waitFor();
    await rows.getByRole('link').click();
    await page.getByRole('link', { name: 'Back to the users' }).click();
    await page.getByText('1 shown.').waitFor();
    expect([await search.inputValue(), await page.getByLabel('Confirmation').inputValue()]).toEqual(['carl', 'none']);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is used, and a user added, by keyboard alone; the focus is seen, and goes back where it was', async () => {
    const { page, complaints, context } = await people.openConsole('demo');
    await page.locator('tbody tr').first().waitFor();
    const focused = (): Promise<string> => page.evaluate(() => (document.activeElement?.textContent ?? '').trim() || (document.activeElement?.id ?? ''));
    const tabTo = async (name: string, key = 'Tab'): Promise<void> => {
      for (let count = 0; count < 40; count += 1) {
        if ((await focused()) === name) return;
        await page.keyboard.press(key);
      }
      throw new Error(`the keyboard does not reach ${name}`);
    };
    await tabTo('Add a user', 'Shift+Tab');
    expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe('solid');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(await focused()).toBe('Add a user');
    await page.keyboard.press('Enter');
    await page.keyboard.type('carl');
    for (const text of ['Carl the Second', 'carl@acme.example']) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    await dialog(page).getByText('There is a user with this ID already.').waitFor();
    expect(await dialog(page).getByLabel('User ID').evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await tabTo('Carl Example');
    await page.keyboard.press('Enter');
    await heading(page, 'Carl Example').waitFor();
    await tabTo('Enable');
    await page.keyboard.press('Enter');
    await dialog(page).getByLabel('Country').waitFor();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('Enable');
    expect((await people.user('carl')).displayName).toBe('Carl Example');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('what needs a fresh proof', () => {
  it('asks for it with the ways to sign in, does it then, and asks no second time within five minutes', async () => {
    const { page, complaints, context } = await people.openConsole('alma');
    await openUser(page, 'Carl Example');
    await press(page, 'Change the profile');
    await dialog(page).getByLabel('Role').selectOption('helpdesk');
    await expectSound(page, 'console-edit');
    await press(dialog(page), 'Save');
    await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor();
    await expectSound(page, 'console-proof');
    await press(dialog(page), 'Cancel');
    await page.getByText('Nothing was changed: it was not confirmed that it is you.').waitFor();
    expect((await people.user('carl')).role).toBe('member');
    await press(dialog(page), 'Save');
    await confirm(page, await people.world.code(alma));
    await page.getByText('Saved.').waitFor();
    expect((await people.user('carl')).role).toBe('helpdesk');

    await press(page, 'Change the profile');
    await dialog(page).getByLabel('Role').selectOption('member');
    await press(dialog(page), 'Save');
    await page.getByText('Saved.').waitFor();
    expect((await people.user('carl')).role).toBe('member');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('rings, where the administrator confirms by telephone', async () => {
    const { page, complaints, context } = await people.openConsole('demo');
    await openUser(page, 'Carl Example');
    await press(page, 'Change the profile');
    await dialog(page).getByLabel('Name').fill('Carla Example');
    await press(dialog(page), 'Save');
    await press(dialog(page), 'Call me');
    await dialog(page).getByRole('status').filter({ hasText: 'attempt 1 of 5' }).waitFor();
    const { callId } = await people.world.ringing('+12025550142');
    await expectSound(page, 'console-proof-ringing');
    await people.world.phone('POST', `/api/calls/${callId}/answer`);
    await people.world.phone('POST', `/api/calls/${callId}/keys`, { keys: '274913#' });
    await heading(page, 'Carla Example').waitFor();

    expect((await people.user('carl')).displayName).toBe('Carla Example');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
