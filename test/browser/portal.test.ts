import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound, startPagesWorld, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(() => pages.stop());

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).click();

async function fillIn(page: Page, userId = pages.world.stack.running.demo.userId): Promise<void> {
  await page.getByLabel('Name').fill(userId);
  await page.getByLabel('Password').fill(pages.world.stack.running.demo.password);
}

/** As the demo user does it: picks up and keys the PIN. No number is called twice in half a minute. */
async function confirmByCall(page: Page): Promise<void> {
  const { world } = pages;
  await world.advance(31);
  const { phoneNumber, pin } = world.stack.running.demo;
  await press(page, /^Call/);
  const { callId } = await world.ringing(phoneNumber);
  await page.getByText(/Authentication is being attempted: attempt 1 of 5/).waitFor();
  await world.phone('POST', `/api/calls/${callId}/answer`);
  await world.phone('POST', `/api/calls/${callId}/keys`, { keys: `${pin}#` });
}

async function openPortal(path = '/', options?: BrowserContextOptions) {
  const opened = await pages.open(options);
  // A number is called five times an hour at most.
  await pages.world.advance(3601);
  await opened.page.goto(pages.world.stack.running.portalUrl + path);
  return opened;
}

async function signedIn(options?: BrowserContextOptions) {
  const opened = await openPortal('/', options);
  await fillIn(opened.page);
  await press(opened.page, /^Sign in$/);
  await confirmByCall(opened.page);
  await opened.page.getByText(/You are signed in as/).waitFor();
  return opened;
}

describe('the demo portal', () => {
  it('asks at every switch of accounts; the first time in an account the person sets up, and comes back signed in', async () => {
    const { world } = pages;
    const { page, complaints, context } = await signedIn();
    await expectSound(page, 'portal-home');

    await press(page, 'Switch to Acme Labs');
    await page.getByRole('heading', { name: 'Not signed in' }).waitFor();
    await expectSound(page, 'portal-switch-set-up');
    await page.getByRole('link', { name: 'Set it up now.' }).click();
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await page.getByText('I cannot scan it').click();
    const key = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Six-digit code').fill(await world.code(key));
    await press(page, 'Confirm');
    await page.getByLabel('I have saved the key').check();
    await press(page, 'Continue');
    await press(page, 'Back to Acme Labs');
    await page.getByText('to Acme Labs').waitFor();
    await expectSound(page, 'portal-home-labs');
    expect(await page.getByRole('button', { name: 'Administration console' }).count()).toBe(0);

    await press(page, 'Switch to Acme Corporation');
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await expectSound(page, 'portal-switch-confirm');
    await confirmByCall(page);
    await page.getByText('to Acme Corporation').waitFor();
    await world.advance(31);
    await press(page, 'Switch to Acme Labs');
    await page.getByLabel('Code from your authenticator app').fill(await world.code(key));
    await page.keyboard.press('Enter');
    await page.getByText('to Acme Labs').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('asks for a protected action again, for that alone, and lets the person stay without it', async () => {
    const { page, complaints, context } = await signedIn();
    await press(page, 'Restart the server');
    await page.getByText('To restart the server.').waitFor();
    await expectSound(page, 'portal-protected');
    await press(page, 'Cancel');
    await page.getByText('The server was not restarted').waitFor();
    await page.getByText(/You are signed in as/).waitFor();

    await press(page, 'Restart the server');
    await confirmByCall(page);
    await page.getByText('The server was restarted: you confirmed it.').waitFor();
    await expectSound(page, 'portal-protected-done');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('has a VPN beside it that asks for itself, whoever is signed in', async () => {
    const { page, complaints, context } = await signedIn({ viewport: { width: 320, height: 640 } });
    await expectSound(page, 'portal-home-small');
    await page.getByRole('link', { name: 'Connect to the VPN' }).click();
    await expectSound(page, 'portal-vpn');
    await fillIn(page);
    await press(page, /^Connect$/);
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await confirmByCall(page);
    await page.getByRole('heading', { name: 'Connected to the VPN' }).waitFor();
    await expectSound(page, 'portal-vpn-connected');
    await press(page, 'Disconnect');
    await page.getByRole('link', { name: 'Back to the portal' }).click();
    await page.getByText(/You are signed in as/).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('takes a sign-in by SSO, which is confirmed like any other, at the hosted page', async () => {
    const { world } = pages;
    const { phoneNumber, pin } = world.stack.running.demo;
    const { page, complaints, context } = await openPortal('/', { colorScheme: 'dark' });
    await expectSound(page, 'portal-sign-in-dark');
    await page.getByRole('link', { name: 'Sign in with SSO' }).click();
    await expectSound(page, 'portal-sso');
    await fillIn(page);
    await page.keyboard.press('Enter');
    await press(page, 'Call me');
    const { callId } = await world.ringing(phoneNumber);
    await page.getByText('Authentication is being attempted, attempt 1 of 5.').waitFor();
    await world.phone('POST', `/api/calls/${callId}/answer`);
    await world.phone('POST', `/api/calls/${callId}/keys`, { keys: `${pin}#` });
    await page.getByText(/You are signed in as/).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('lets users in whom an administrator has made, with the password that it prints, once they have set up', async () => {
    await pages.world.makeUser('wendy');
    const { page, context } = await openPortal();
    await fillIn(page, 'wendy');
    await press(page, /^Sign in$/);
    await page.getByText('A second factor must be set up before you can sign in.').waitFor();
    await fillOther(page);
    await context.close();
  });
});

/** Nobody whom no account knows, whatever the password. */
async function fillOther(page: Page): Promise<void> {
  await press(page, 'Start again');
  await fillIn(page, 'nobody');
  await press(page, /^Sign in$/);
  await page.getByText('The name or the password is not right.').waitFor();
  await expectSound(page, 'portal-refused');
}
