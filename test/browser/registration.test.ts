import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../journeys/local-world.ts';
import { expectSound, startPagesWorld, type Opened, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(() => pages.stop());

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const heading = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('heading', { name, level: 1 }).waitFor();
const usersPath = (userId: string): string => `/v1/organizations/${pages.world.organizationId}/users/${userId}`;

interface Invited {
  readonly enrollmentId: string;
  readonly link: string;
}

async function newestLink(userId: string, before: readonly string[] = []): Promise<string> {
  return eventually(`an invitation for ${userId}`, async () => {
    const mails = (await pages.world.phone('GET', `/api/messages?to=${userId}@acme.example`)).body as { text: string }[];
    const links = mails.flatMap(({ text }) => /https?:\/\/\S+\/registration#[\w-]+/.exec(text)?.[0] ?? []);
    return links.find((link) => !before.includes(link));
  });
}

/** Enabled by an administrator, through the API; the link is the one in the mail. */
async function invite(userId: string, body: object): Promise<Invited> {
  await pages.world.makeUser(userId);
  const made = await pages.world.api('POST', `${usersPath(userId)}/enrollments`, body);
  expect([made.status, made.body.type]).toEqual([201, undefined]);
  return { enrollmentId: made.body.enrollmentId, link: await newestLink(userId) };
}

const phone = (phoneNumber: string): object => ({ kind: 'phone', country: 'US/CA', phoneNumber });
const stateOf = async (userId: string, enrollmentId: string): Promise<string> => (await pages.world.api('GET', `${usersPath(userId)}/enrollments/${enrollmentId}`)).body.state;

async function openLink(link: string, options?: BrowserContextOptions): Promise<Opened> {
  const opened = await pages.open(options);
  await opened.page.goto(link);
  return opened;
}

async function started(link: string, options?: BrowserContextOptions): Promise<Opened> {
  const opened = await openLink(link, options);
  await press(opened.page, 'Start');
  await heading(opened.page, 'Type your password');
  return opened;
}

async function validate(page: Page, password = pages.world.stack.running.demo.password): Promise<void> {
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
}

async function answerWith(number: string, keys: string): Promise<void> {
  const { callId } = await pages.world.ringing(number);
  await pages.world.phone('POST', `/api/calls/${callId}/answer`);
  await pages.world.phone('POST', `/api/calls/${callId}/keys`, { keys });
}

/** What scans mails opens every link, and runs what it finds. */
async function scan(link: string): Promise<void> {
  for (let count = 0; count < 3; count += 1) {
    const { page, context } = await openLink(link);
    await heading(page, /^Protect your account/);
    await page.waitForTimeout(300);
    await context.close();
  }
}

async function passPassword(page: Page): Promise<void> {
  await press(page, 'Start');
  await heading(page, 'Type your password');
  await expectSound(page, 'registration-password');
  await press(page, 'Validate');
  await page.getByText('Type the password first.').waitFor();
  await validate(page, 'wrong');
  await page.getByRole('alert').filter({ hasText: 'That was not accepted.' }).waitFor();
  await expectSound(page, 'registration-password-wrong');
  await validate(page);
  await heading(page, 'Choose your PIN');
}

async function choosePin(page: Page, first: string, again = first): Promise<void> {
  await page.getByLabel('PIN', { exact: true }).fill(first);
  await page.getByLabel('PIN again').fill(again);
  await press(page, 'Register');
}

async function registerWithBackup(page: Page, backup: string): Promise<void> {
  await expectSound(page, 'registration-pin');
  await choosePin(page, '1234');
  await page.getByRole('alert').filter({ hasText: 'This PIN cannot be used' }).waitFor();
  await choosePin(page, '482913', '482914');
  await page.getByText('The two PINs are not the same.').waitFor();
  await page.getByText('Add a backup number').click();
  await page.getByLabel('Telephone number').fill(backup);
  await expectSound(page, 'registration-pin-backup');
  await choosePin(page, '482913');
}

async function keepKey(page: Page): Promise<void> {
  await heading(page, 'Keep your recovery key');
  await expectSound(page, 'registration-recovery-key');
  const recoveryKey = (await page.locator('.key').textContent()) ?? '';
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Download')]);
  expect(readFileSync(await download.path(), 'utf8')).toBe(`${recoveryKey}\n`);
  await page.getByLabel('I have saved the key').check();
  await press(page, 'Continue');
  await heading(page, 'Registration completed');
  await expectSound(page, 'registration-completed');
}

async function signInAtPortal(page: Page, userId: string, number: string): Promise<void> {
  await pages.world.advance(61);
  await page.goto(pages.world.stack.running.portalUrl);
  await page.getByLabel('Name').fill(userId);
  await validate(page);
  await page.getByRole('button', { name: /^Call/ }).click();
  await answerWith(number, '482913#');
  await page.getByText(`You are signed in as ${userId}`).waitFor();
}

describe('registering from an invitation', () => {
  it('leads from the mail to signing in: password, PIN twice, a call on the spot, a key to keep', async () => {
    const { world } = pages;
    const { enrollmentId, link } = await invite('rita', phone('202 555 0181'));
    await scan(link);
    const { page, complaints, context } = await openLink(link);
    await heading(page, 'Protect your account at Acme Corporation');
    await expectSound(page, 'registration-start');
    await page.reload();
    await passPassword(page);
    await registerWithBackup(page, '202 555 0182');

    await heading(page, 'Answer the telephone');
    await page.getByText('Authentication is being attempted, attempt 1 of 5.').waitFor();
    await expectSound(page, 'registration-calling');
    await answerWith('+12025550181', '482913#');
    await heading(page, 'Now your backup number');
    await expectSound(page, 'registration-backup');
    await press(page, 'Call me now');
    await page.getByText('Answer it, key your PIN, then #.').waitFor();
    await answerWith('+12025550182', '482913#');
    await keepKey(page);
    expect(await stateOf('rita', enrollmentId)).toBe('completed');
    const { body } = await world.api('GET', usersPath('rita'));
    const proved = { primary: { proved: true }, secondary: { proved: true } };
    expect(body).toMatchObject({ mfa: 'active', factors: expect.arrayContaining([expect.objectContaining({ kind: 'phone' }), expect.objectContaining({ kind: 'recovery-key' })]) });
    expect(body.factors.find(({ kind }: { kind: string }) => kind === 'phone').numbers).toMatchObject(proved);

    await press(page, 'Back to Acme Corporation');
    await page.waitForURL((url) => url.origin === new URL(pages.returnUrl).origin);
    await signInAtPortal(page, 'rita', '+12025550181');
    expect(complaints).toEqual([]);
    await context.close();

    const late = await openLink(link);
    await heading(late.page, 'This link can no longer be used');
    await expectSound(late.page, 'registration-over');
    await late.context.close();
    expect(world.logs()).not.toContain(world.stack.running.demo.password);
  });

  it('goes on after a reload, and after the first call was not answered', async () => {
    const { world } = pages;
    const { link } = await invite('rolf', phone('202 555 0183'));
    const { page, complaints, context } = await started(link);
    await validate(page);
    await heading(page, 'Choose your PIN');
    await page.reload();
    await heading(page, 'Choose your PIN');
    await choosePin(page, '482913');
    const { callId } = await world.ringing('+12025550183');
    await page.reload();
    await heading(page, 'Answer the telephone');
    await world.phone('POST', `/api/calls/${callId}/busy`);
    await page.getByText('attempt 2 of 5').waitFor();
    await answerWith('+12025550183', '482913#');
    await heading(page, 'Keep your recovery key');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('offers the ways of the policy to whoever was invited without a number', async () => {
    const { world } = pages;
    const { link } = await invite('runa', { kind: 'any' });
    const { page, complaints, context } = await started(link, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' });
    await expectSound(page, 'registration-password-small-dark');
    await validate(page);
    await heading(page, 'Choose how you want to confirm');
    await expectSound(page, 'registration-ways-small-dark');
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await page.getByText('I cannot scan it').click();
    const key = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Six-digit code').fill(await world.code(key));
    await press(page, 'Confirm');
    await page.getByLabel('I have saved the key').check();
    await press(page, 'Continue');
    await heading(page, 'Registration completed');
    expect((await world.api('GET', usersPath('runa'))).body.mfa).toBe('active');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('ends with the fifth wrong password', async () => {
    const { enrollmentId, link } = await invite('rose', phone('202 555 0184'));
    const { page, context } = await started(link);
    for (let count = 0; count < 4; count += 1) {
      await validate(page, `wrong-${String(count)}`);
      await page.getByRole('alert').filter({ hasText: 'That was not accepted.' }).waitFor();
    }
    await validate(page, 'wrong');
    await heading(page, 'This link can no longer be used');
    expect(await stateOf('rose', enrollmentId)).toBe('canceled');
    await context.close();
  });

  it('says the same of a link that was replaced, withdrawn, never there or too old, and what to do', async () => {
    const { world } = pages;
    const { enrollmentId, link } = await invite('ruth', phone('202 555 0185'));
    await world.advance(601);
    expect((await world.api('POST', `${usersPath('ruth')}/enrollments/${enrollmentId}/resend`)).status).toBe(200);
    const newer = await newestLink('ruth', [link]);
    const dead = [link, newer.slice(0, -6)];
    for (const each of dead) {
      const { page, context } = await openLink(each);
      await heading(page, 'This link can no longer be used');
      await context.close();
    }
    const { page, context } = await openLink(newer);
    await heading(page, /^Protect your account/);
    await world.api('POST', `${usersPath('ruth')}/enrollments/${enrollmentId}/cancel`);
    await press(page, 'Start');
    await heading(page, 'This link can no longer be used');
    await context.close();

    const { link: old } = await invite('ralf', phone('202 555 0186'));
    await world.advance(24 * 3600 + 1);
    const late = await openLink(old, { locale: 'fr-CA' });
    await heading(late.page, 'Ce lien ne peut plus servir');
    await expectSound(late.page, 'registration-over-french');
    await late.context.close();
  });

  it('sends whoever signs in by SSO round through the portal, and back signed in', async () => {
    const { world } = pages;
    const path = usersPath('saki');
    await world.api('PUT', path, { displayName: 'Saki Example', email: 'saki@acme.example', emailVerified: true, identity: 'sso' });
    const made = await world.api('POST', `${path}/enrollments`, { kind: 'any' });
    expect(made.status).toBe(201);
    const { page, complaints, context } = await openLink(await newestLink('saki'));
    await press(page, 'Start');
    await heading(page, 'Sign in to go on');
    await expectSound(page, 'registration-sso');
    await press(page, 'Sign in to Acme Corporation');
    await page.getByRole('heading', { name: 'Sign in with SSO' }).waitFor();
    await page.getByLabel('Name').fill('saki');
    await validate(page);
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await page.getByText('I cannot scan it').click();
    const key = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Six-digit code').fill(await world.code(key));
    await press(page, 'Confirm');
    await page.getByLabel('I have saved the key').check();
    await press(page, 'Continue');
    await press(page, 'Back to Acme Corporation');
    await page.getByText('You are signed in as saki').waitFor();
    expect(await stateOf('saki', made.body.enrollmentId)).toBe('completed');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each<[string, BrowserContextOptions, RegExp]>([
    ['in Spanish on a small phone', { viewport: { width: 320, height: 568 }, locale: 'es-MX' }, /^Proteja/],
    ['in French, in the dark', { locale: 'fr-CA', colorScheme: 'dark' }, /^Protégez/],
  ])('begins %s, by keyboard alone', async (name, options, title) => {
    const { link } = await invite(`k-${name.length.toString()}`, phone('202 555 0187'));
    const { page, complaints, context } = await openLink(link, options);
    await heading(page, title);
    await expectSound(page, `registration-start-${name.replaceAll(/[ ,]+/g, '-')}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('input[type=password]').waitFor();
    await page.keyboard.type(pages.world.stack.running.demo.password);
    await page.keyboard.press('Enter');
    await page.locator('details').waitFor();
    await expectSound(page, `registration-pin-${name.replaceAll(/[ ,]+/g, '-')}`);
    await page.keyboard.type('482913');
    await page.keyboard.press('Tab');
    await page.keyboard.type('482913');
    expect(await page.locator('input[type=password]').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))).toEqual(['482913', '482913']);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
