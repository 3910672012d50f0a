import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound, startPagesWorld, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(() => pages.stop());

async function startFor(userId: string): Promise<{ setupUrl: string; status(): Promise<string> }> {
  const { world, returnUrl } = pages;
  await world.makeUser(userId);
  const { challengeId, setupUrl } = (await world.start(userId, { returnUrl })).body;
  return { setupUrl, status: async () => (await world.api('GET', `/v1/challenges/${challengeId}`)).body.status };
}

const isBack = (url: URL): boolean => url.pathname === '/back';

describe('the set-up page', () => {
  it('brings a person from nothing to signed in with an authenticator app, its picture scanned or its key typed', async () => {
    const { world } = pages;
    const { page, complaints, context } = await pages.open();
    const { setupUrl, status } = await startFor('nora');

    await page.goto(setupUrl);
    await page.getByRole('heading', { name: 'Protect your account' }).waitFor();
    await expectSound(page, 'set-up-choose');
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    const picture = page.getByRole('img', { name: /QR code/ });
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0)).toBe(true);
    await expectSound(page, 'set-up-app');
    await page.getByText('I cannot scan it').click();
    const key = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
    await expectSound(page, 'set-up-app-key');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Type the code first.').waitFor();
    await page.getByLabel('Six-digit code').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'That was not accepted' }).waitFor();
    await expectSound(page, 'set-up-app-not-accepted');
    await page.getByLabel('Six-digit code').fill(await world.code(key));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keep your recovery key' }).waitFor();
    const recoveryKey = (await page.locator('.key').textContent()) ?? '';
    await expectSound(page, 'set-up-recovery-key');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').filter({ hasText: 'Save the key first' }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    expect(download.suggestedFilename()).toBe('Acme-Corporation-recovery-key.txt');
    expect(readFileSync(await download.path(), 'utf8')).toBe(`${recoveryKey}\n`);
    await page.getByLabel('I have saved the key').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'It is set up' }).waitFor();
    await expectSound(page, 'set-up-done');
    await page.getByRole('button', { name: 'Back to Acme Corporation' }).click();
    await page.waitForURL(isBack);

    expect(await status()).toBe('approved');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('takes a telephone with its PIN, calls it at once, and is done when somebody has confirmed there', async () => {
    const { world } = pages;
    const { page, complaints, context } = await pages.open();
    const { setupUrl, status } = await startFor('paul');

    await page.goto(setupUrl);
    await page.getByRole('button', { name: /^Telephone/ }).click();
    await expectSound(page, 'set-up-phone');
    await page.getByRole('button', { name: 'Call me now' }).click();
    await page.getByText('Type the number first.').waitFor();
    await page.getByLabel('Telephone number').fill('202 555 0171');
    await page.getByLabel('PIN', { exact: true }).fill('1234');
    await page.getByLabel('PIN again').fill('4321');
    await page.getByRole('button', { name: 'Call me now' }).click();
    await page.getByText('The two PINs are not the same.').waitFor();
    await page.getByLabel('PIN again').fill('1234');
    await page.getByRole('button', { name: 'Call me now' }).click();
    await page.getByRole('alert').filter({ hasText: 'This PIN cannot be used' }).waitFor();
    await expectSound(page, 'set-up-phone-pin-refused');
    await page.getByLabel('PIN', { exact: true }).fill('482913');
    await page.getByLabel('PIN again').fill('482913');
    await page.getByRole('button', { name: 'Call me now' }).click();
    await page.getByRole('heading', { name: 'Answer the telephone' }).waitFor();
    const { callId } = await world.ringing('+12025550171');
    await page.getByText('Attempt 1 of 5.').waitFor();
    await expectSound(page, 'set-up-phone-ringing');
    await world.phone('POST', `/api/calls/${callId}/answer`);
    await world.phone('POST', `/api/calls/${callId}/keys`, { keys: '482913#' });
    await page.getByRole('heading', { name: 'It is set up' }).waitFor();

    expect(await status()).toBe('approved');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('can be left when it is merely offered, and the person is let in as before', async () => {
    const { world } = pages;
    const path = `/v1/organizations/${world.organizationId}/policy`;
    await world.api('PATCH', path, { enforcement: 'offered' });
    const { page, complaints, context } = await pages.open();
    const { setupUrl, status } = await startFor('otto');
    await world.api('PATCH', path, { enforcement: 'required' });

    await page.goto(setupUrl);
    await expectSound(page, 'set-up-offered');
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.waitForURL(isBack);

    expect(await status()).toBe('not-required');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
