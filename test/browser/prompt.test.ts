import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../journeys/local-world.ts';
import { faultsOf, overflowOf, startPagesWorld, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(() => pages.stop());

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['COUNTERSIGN_VIEWS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describe('the prompt', () => {
  it('takes a code of an authenticator app and goes back to the portal, where the challenge is approved', async () => {
    const { world, returnUrl } = pages;
    await world.makeUser('tina');
    const { secret } = await world.addTotp('tina');
    const { page, complaints, context } = await pages.open();
    const started = await world.start('tina', { returnUrl });
    expect(started.body.promptUrl).toMatch(/\/sign-in#[\w-]+$/);

    await page.goto(started.body.promptUrl);
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await picture(page, 'prompt-totp');
    expect(page.url()).not.toContain('#');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByText('That was not accepted').waitFor();
    await picture(page, 'prompt-wrong');
    expect(await faultsOf(page)).toEqual([]);
    await page.keyboard.type(await world.code(secret));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/back');

    expect(new URL(page.url()).searchParams.get('challengeId')).toBe(started.body.challengeId);
    expect((await world.api('GET', `/v1/challenges/${started.body.challengeId}`)).body.status).toBe('approved');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
void eventually; void overflowOf;
