import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound, startPagesWorld, type Opened, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(() => pages.stop());

async function openConsole(userId: string, options?: BrowserContextOptions): Promise<Opened> {
  const opened = await pages.open(options);
  const { organizationId, api } = pages.world;
  const { body } = await api('POST', '/v1/page-sessions', { page: 'console', organizationId, userId, returnUrl: pages.returnUrl });
  await opened.page.goto(body.url);
  return opened;
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

describe('the console', () => {
  it('lists the users of the only organization there is', async () => {
    await pages.world.makeUser('una');
    const { page, complaints, context } = await openConsole('demo');

    await heading(page, 'Users of Acme Corporation').waitFor();
    await page.getByRole('link', { name: 'Ada Example' }).waitFor();
    await expectSound(page, 'console-users');
    await page.getByRole('link', { name: 'Ada Example' }).click();
    await heading(page, 'Ada Example').waitFor();
    await expectSound(page, 'console-user');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
