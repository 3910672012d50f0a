import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocal, type LocalStack } from '../../local/start-local.ts';
import { openBrowser } from './chromium.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let stack: LocalStack;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  [stack, browser] = await Promise.all([startLocal(), openBrowser()]);
  context = await browser.newContext({ viewport: { width: 1180, height: 860 }, bypassCSP: true });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> } }).axe.run());
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id);
}

/** Writes the picture that the README shows, when it is asked for. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env['COUNTERSIGN_PICTURES']) await page.screenshot({ path: new URL(`../../docs/images/${name}.png`, import.meta.url).pathname });
}

async function signInWithPassword(portal: Page): Promise<void> {
  const { portalUrl, demo } = stack.running;
  await portal.goto(portalUrl);
  expect(await seriousFaults(portal)).toEqual([]);
  await portal.getByLabel('Name').fill(demo.userId);
  await portal.getByLabel('Password').fill(demo.password);
  await portal.getByRole('button', { name: 'Sign in', exact: true }).click();
  await portal.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
}

describe('a person in a real browser', () => {
  it('signs in to the demo portal by answering the telephone', async () => {
    const [portal, telephone] = await Promise.all([context.newPage(), context.newPage()]);
    await telephone.goto(stack.running.phoneUrl);
    await signInWithPassword(portal);
    await picture(portal, 'portal-choose');
    await portal.getByRole('button', { name: /^Call/ }).click();
    await portal.getByText(/authentication is being attempted/i).waitFor();
    expect(await seriousFaults(portal)).toEqual([]);
    await picture(portal, 'portal-attempt');

    await telephone.getByRole('button', { name: 'Answer' }).click();
    await telephone.getByText(/Type your PIN/).last().waitFor();
    expect(await seriousFaults(telephone)).toEqual([]);
    await picture(telephone, 'phone-call');
    for (const key of `${stack.running.demo.pin}#`) await telephone.keyboard.press(key);

    await portal.getByText(/you are signed in/i).waitFor();
    await picture(portal, 'portal-signed-in');
    await Promise.all([portal.close(), telephone.close()]);
  });

  it('is not signed in when the telephone says that it was not them', async () => {
    stack.clock.advance(3600);
    const [portal, telephone] = await Promise.all([context.newPage(), context.newPage()]);
    await context.clearCookies();
    await telephone.goto(stack.running.phoneUrl);
    await signInWithPassword(portal);
    await portal.getByRole('button', { name: /^Call/ }).click();
    await telephone.getByRole('button', { name: 'Answer' }).click();
    await telephone.getByText(/Type your PIN/).last().waitFor();
    for (const key of '9#') await telephone.keyboard.press(key);
    await portal.getByText(/^Not signed in$/).waitFor();
    expect(await portal.getByText(/you are signed in/i).count()).toBe(0);
  });

  it('signs in to the demo portal by way of the hosted page', async () => {
    stack.clock.advance(3600);
    const { portalUrl, pagesUrl, demo } = stack.running;
    // The one before said that it was not them: an administrator has let them in again.
    const unlocked = await fetch(`${stack.running.apiUrl}/v1/organizations/${stack.running.organizationId}/users/${demo.userId}/unlock`, {
      method: 'POST', headers: { authorization: `Bearer ${stack.running.clientKey}`, 'content-type': 'application/json' }, body: JSON.stringify({ reason: 'It was them after all.' }),
    });
    expect(unlocked.status).toBe(200);
    const own = await browser.newContext();
    const [portal, telephone] = await Promise.all([own.newPage(), own.newPage()]);
    await telephone.goto(stack.running.phoneUrl);
    await portal.goto(portalUrl);
    await portal.getByLabel('Name').fill(demo.userId);
    await portal.getByLabel('Password').fill(demo.password);
    await portal.getByRole('button', { name: 'Sign in with the hosted page' }).click();
    await portal.waitForURL((url) => url.origin === pagesUrl);
    await portal.getByRole('button', { name: 'Call me' }).click();
    await telephone.getByRole('button', { name: 'Answer' }).click();
    await telephone.getByText(/Type your PIN/).last().waitFor();
    for (const key of `${demo.pin}#`) await telephone.keyboard.press(key);

    await portal.getByText(/you are signed in/i).waitFor();
    expect(new URL(portal.url()).origin).toBe(portalUrl);
    await own.close();
  });

  it('finds every page usable on a small phone', async () => {
    const small = await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme: 'dark', bypassCSP: true });
    for (const url of [stack.running.portalUrl, stack.running.phoneUrl]) {
      const page = await small.newPage();
      await page.goto(url);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      expect(await seriousFaults(page)).toEqual([]);
    }
    await small.close();
  });
});
