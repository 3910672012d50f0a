import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound, overflowOf } from './pages-world.ts';
import { startSecurityWorld, type SecurityWorld } from './security-world.ts';

let security: SecurityWorld;
beforeAll(async () => {
  security = await startSecurityWorld();
  // The first of an organization administers it, and is told.
  await security.world.api('PUT', `/v1/organizations/${security.world.organizationId}/users/boss`, { displayName: 'Bo Boss', email: 'boss@acme.example', emailVerified: true, identity: 'local', role: 'administrator' });
}, 120_000);
afterAll(() => security.stop());

const isOver = (page: Page): Promise<void> => page.getByRole('heading', { name: 'Your session is over' }).waitFor();

describe('“This was not me”', () => {
  it('says first what it does, then shuts one\'s own sign-in at once, tells administrators, and what to do next; nobody opens it here (A77a)', async () => {
    const { world } = security;
    await world.makeUser('mona');
    await world.addTotp('mona');
    const pending = (await world.start('mona')).body.challengeId;
    const { page, complaints, context } = await security.settingsOf('mona');

    await page.getByRole('button', { name: 'This was not me' }).click();
    await page.getByText('Only they can open your sign-in again').waitFor();
    await expectSound(page, 'security-not-me');
    await page.getByRole('button', { name: 'Back to your settings' }).click();
    expect((await security.user('mona')).suspended).toBe(false);
    await page.getByRole('button', { name: 'This was not me' }).click();
    await page.getByRole('button', { name: 'Shut my sign-in now' }).click();
    await page.getByRole('heading', { name: 'Your sign-in is shut' }).waitFor();
    await page.getByText('Call your support').waitFor();
    await expectSound(page, 'security-shut');

    expect((await security.user('mona')).suspended).toBe(true);
    expect((await world.api('GET', `/v1/challenges/${pending}`)).body.status).toBe('denied');
    expect((await world.start('mona')).body).toMatchObject({ status: 'denied' });
    await world.mail('boss@acme.example', /suspended their own sign-in/);
    await world.mail('mona@acme.example', /You suspended your sign-in/);
    expect(await page.getByRole('button', { name: /resume|open/i }).count()).toBe(0);
    await page.reload();
    await isOver(page);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a session on the security page', () => {
  it('is over after a quarter of an hour without use, and the page says so (D22)', async () => {
    const { world } = security;
    await world.makeUser('nell');
    await world.addTotp('nell');
    const { page, complaints, context } = await security.settingsOf('nell');
    await page.getByRole('button', { name: /^Manage/ }).click();

    await world.advance(15 * 60 + 1);
    await page.getByRole('button', { name: 'Back to your settings' }).click();

    await isOver(page);
    await expectSound(page, 'security-over');
    expect(await page.getByRole('main').innerText()).not.toContain('nell');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows nothing any more of what it held, even if nobody touches the page', async () => {
    await security.world.makeUser('opal');
    const { page, context } = await security.settingsOf('opal', {}, (opened) => opened.clock.install());
    await page.getByText('opal@acme.example').waitFor();

    await page.clock.fastForward(15 * 60_000 + 1000);

    await isOver(page);
    expect(await page.getByRole('main').innerText()).not.toContain('opal');
    await context.close();
  });

  it('ends by its button, for good, and the person is back at the portal', async () => {
    const { pagesUrl } = security.world.stack.running;
    await security.world.makeUser('pru');
    const { page, complaints, context } = await security.settingsOf('pru');
    const [cookie] = await context.cookies();
    const headers = { cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}`, 'countersign-page': (cookie?.name ?? '').replace('__Host-page-', ''), 'sec-fetch-site': 'same-origin' };
    const ask = async () => (await fetch(`${pagesUrl}/page/session`, { headers })).status;
    expect(await ask()).toBe(200);

    await page.getByRole('button', { name: 'Sign out of this page' }).click();
    await page.waitForURL((url) => url.pathname === '/back');

    expect(await ask()).toBe(401);
    await page.goto(`${pagesUrl}/security`);
    await isOver(page);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

const settings: readonly (readonly [name: string, options: BrowserContextOptions])[] = [
  ['on a small phone', { viewport: { width: 320, height: 568 } }],
  ['in the dark', { colorScheme: 'dark' }],
  ['with colors forced', { forcedColors: 'active' }],
  ['on a small phone in Spanish', { viewport: { width: 320, height: 568 }, locale: 'es-MX' }],
  ['in French, in the dark', { locale: 'fr-CA', colorScheme: 'dark' }],
];

async function focused(page: Page): Promise<string> {
  return page.evaluate(() => (document.activeElement?.textContent ?? '').trim() || (document.activeElement?.tagName ?? ''));
}

/** By Tab alone: fails when it is not reached. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let count = 0; count < 40; count += 1) {
    if (name.test(await focused(page))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${String(name)}`);
}

describe('the security page', () => {
  it.each(settings)('is sound %s, its dialogs too', async (name, options) => {
    const { world } = security;
    const userId = `reader-${String(settings.findIndex(([each]) => each === name))}`;
    await world.makeUser(userId);
    await world.addTotp(userId);
    const { page, complaints, context } = await security.settingsOf(userId, options);
    const named = name.replaceAll(/\W+/g, '-');

    await expectSound(page, `security-${named}`);
    const heights = await page.locator('button:visible, input:visible, select:visible').evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().height)));
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    await page.locator('.card button').first().click();
    await page.locator('form input').waitFor();
    await expectSound(page, `security-manage-${named}`);
    await page.locator('button.danger').click();
    await page.locator('dialog').waitFor();
    await expectSound(page, `security-remove-${named}`);
    await page.locator('dialog button.danger').click();
    await page.locator('dialog input').waitFor();
    await expectSound(page, `security-proof-${named}`);

    expect(complaints).toEqual([]);
    await context.close();
  });

  it('holds text of twice the size without a line that is cut', async () => {
    await security.world.makeUser('quin');
    const { page, context } = await security.settingsOf('quin', { viewport: { width: 640, height: 1000 } });

    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));

    expect(await overflowOf(page)).toBe(0);
    await context.close();
  });

  it('is used by keyboard alone, from the first view to a way that was added and proved for', async () => {
    const { world } = security;
    await world.makeUser('rhea');
    const { secret } = await world.addTotp('rhea');
    const { page, complaints, context } = await security.settingsOf('rhea');

    await tabTo(page, /^Authenticator appAn app/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await focused(page)).toBe('INPUT');
    // Escape turns away, and the focus is back where it was.
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toMatch(/^Authenticator app/);
    await world.advance(31);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.type(await world.code(secret));
    await tabTo(page, /^Confirm$/);
    await page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    expect(await focused(page)).toMatch(/^Set up your authenticator app/);
    await tabTo(page, /I cannot scan it/);
    await page.keyboard.press('Enter');
    const key = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
    await tabTo(page, /^INPUT$/);
    await page.keyboard.type(await world.code(key));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'It is set up' }).waitFor();
    await tabTo(page, /^Back to your settings$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Security settings' }).waitFor();

    expect((await security.user('rhea')).factors.filter(({ kind }: { kind: string }) => kind === 'totp')).toHaveLength(2);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
