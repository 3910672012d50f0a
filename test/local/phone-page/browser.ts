/** A browser for the pages, where the machine has one. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, expect, onTestFinished } from 'vitest';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const hasBrowser = existsSync(executablePath);

/** It must reach nothing but this machine, and run as root in a container. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One browser for a test file, one context for a test. */
let launched: Promise<Browser> | undefined;
afterAll(async () => (await launched)?.close());

/** Opens a page; what it complains of in its console is kept in `complaints`. */
export async function openInBrowser(url: string, options: BrowserContextOptions = {}) {
  launched ??= chromium.launch({ executablePath, args });
  const context = await (await launched).newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

/** Fails with what axe-core finds, in the words of its rules. */
export async function expectAccessible(page: Page): Promise<void> {
  const axe = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
    return (await checker.run()).violations.map(({ id }) => id);
  });
  expect(found).toEqual([]);
}
