import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvOf, hotpCode } from '../support/token-world.ts';
import { faultsOf, overflowOf, startPagesWorld, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
  const { world } = pages;
  await world.api('PATCH', `/v1/organizations/${world.organizationId}/policy`, { methods: ['totp', 'token'], enforcement: 'required' });
  await world.api('POST', `/v1/organizations/${world.organizationId}/token-imports`, { format: 'csv', content: csvOf([1], 'hotp') });
}, 120_000);
afterAll(() => pages.stop());

describe('a hardware token, on the hosted pages', () => {
  it('is set up by its number and two codes, and confirms the next sign-in', async () => {
    const { world, returnUrl } = pages;
    await world.makeUser('frank');
    const { page, complaints, context } = await pages.open({ viewport: { width: 320, height: 700 } });
    const first = await world.start('frank', { returnUrl });
    await page.goto(first.body.setupUrl);
    await page.getByRole('button', { name: /Hardware token/ }).click();
    await page.getByLabel('Credential ID').fill('AB 9999');
    await page.keyboard.press('Enter');
    await page.getByText('There is no token by this credential ID').waitFor();
    await page.getByLabel('Credential ID').fill('ab 0001');
    expect([await faultsOf(page), await overflowOf(page)]).toEqual([[], 0]);
    await page.keyboard.press('Enter');
    await page.getByLabel('Code that it shows now').fill(hotpCode(1, 0));
    await page.getByLabel('The code after it').fill(hotpCode(1, 2));
    await page.keyboard.press('Enter');
    await page.getByText('That was not accepted').waitFor();
    expect([await faultsOf(page), await overflowOf(page)]).toEqual([[], 0]);
    await page.getByLabel('Code that it shows now').fill(hotpCode(1, 2));
    await page.getByLabel('The code after it').fill(hotpCode(1, 3));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'It is set up' }).waitFor();
    expect((await world.api('GET', `/v1/challenges/${first.body.challengeId}`)).body.status).toBe('approved');

    const second = await world.start('frank', { returnUrl });
    await page.goto(second.body.promptUrl);
    await page.getByText('Type the code that the token shows now.').waitFor();
    await page.keyboard.type(hotpCode(1, 4));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/back');

    expect((await world.api('GET', `/v1/challenges/${second.body.challengeId}`)).body.status).toBe('approved');
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
    await context.close();
  });
});
