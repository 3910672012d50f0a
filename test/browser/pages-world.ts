/** A local stack with a browser: users who are sent to the hosted pages, and what every view of those is held against. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { startWorld, type World } from '../journeys/local-world.ts';
import { openBrowser } from './chromium.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface PagesWorld {
  readonly world: World;
  readonly browser: Browser;
  /** An address that is registered for the client; it answers with a few words. */
  readonly returnUrl: string;
  /** A new browser, with a page, whose complaints are collected. */
  open(options?: BrowserContextOptions): Promise<Opened>;
  stop(): Promise<void>;
}

export interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of: refused content, scripts that failed. */
  readonly complaints: string[];
}

async function startPortal(): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>Portal</title><p>The portal.'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://localhost:${String((server.address() as AddressInfo).port)}/back` };
}

export async function startPagesWorld(): Promise<PagesWorld> {
  const [world, browser, portal] = await Promise.all([startWorld(), openBrowser(), startPortal()]);
  const clientId = world.stack.running.clientKey.split('_')[2] ?? '';
  const { portalUrl } = world.stack.running;
  const registered = await world.api('PATCH', `/v1/clients/${clientId}`, { returnUrls: [portal.url, `${portalUrl}/back`, `${portalUrl}/vpn/back`] });
  expect(registered.status).toBe(200);
  return {
    world,
    browser,
    returnUrl: portal.url,
    open: async (options = {}) => {
      const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: 'en-US', ...options });
      const page = await context.newPage();
      const complaints: string[] = [];
      // What the service refuses is no fault of the page; browsers report its status all the same.
      const isFault = (type: string, text: string): boolean => ['error', 'warning'].includes(type) && !/status of 4\d\d/.test(text);
      page.on('console', (message) => void (isFault(message.type(), message.text()) && complaints.push(message.text())));
      page.on('pageerror', (error) => void complaints.push(error.message));
      return { context, page, complaints };
    },
    stop: async () => {
      await browser.close();
      portal.server.close();
      await world.stack.stop();
    },
  };
}

/** Every rule of axe, whatever its weight, on what is shown now. Evaluated from outside, so that the page's own rules stay in force. */
export async function faultsOf(page: Page): Promise<string[]> {
  // A page that has not drawn itself yet has nothing to find fault with, and everything.
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const client = await page.context().newCDPSession(page);
  const run = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await client.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  };
  await run(axeSource);
  const found = (await run('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`))')) as string[];
  await client.detach();
  return found;
}

/** Nothing has to be scrolled sideways. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** For whoever wants to look: every state that a test has met, as a picture. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['COUNTERSIGN_VIEWS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** What holds of every state of every page. */
export async function expectSound(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect([name, await faultsOf(page)]).toEqual([name, []]);
  expect([name, await overflowOf(page)]).toEqual([name, 0]);
  // No token stays in the address; a place within the page may.
  expect([name, /#(?!\/)/.test(page.url())]).toEqual([name, false]);
}
