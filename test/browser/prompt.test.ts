import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound, startPagesWorld, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(() => pages.stop());

async function startFor(userId: string): Promise<{ challengeId: string; promptUrl: string; status(): Promise<string> }> {
  const { world, returnUrl } = pages;
  const { challengeId, promptUrl } = (await world.start(userId, { returnUrl })).body;
  return { challengeId, promptUrl, status: async () => (await world.api('GET', `/v1/challenges/${challengeId}`)).body.status };
}

const isBack = (url: URL): boolean => url.pathname === '/back';

describe('the prompt', () => {
  it('takes a code of an authenticator app and goes back to the portal, where the challenge is approved', async () => {
    const { world } = pages;
    await world.makeUser('tina');
    const { secret } = await world.addTotp('tina');
    const { page, complaints, context } = await pages.open();
    const { challengeId, promptUrl, status } = await startFor('tina');

    await page.goto(promptUrl);
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    const code = page.getByLabel('Six-digit code');
    expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await code.getAttribute('inputmode')).toBe('numeric');
    expect(await code.evaluate((input) => input === document.activeElement)).toBe(true);
    await expectSound(page, 'prompt-code');
    await page.keyboard.type('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'That was not accepted' }).waitFor();
    await expectSound(page, 'prompt-not-accepted');
    await page.reload();
    await code.waitFor();
    await page.keyboard.type(await world.code(secret));
    await page.keyboard.press('Enter');
    await page.waitForURL(isBack);

    expect(new URL(page.url()).searchParams.get('challengeId')).toBe(challengeId);
    expect(await status()).toBe('approved');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('calls, says which attempt it is, shows the number to match, and goes back by itself', async () => {
    const { world } = pages;
    const number = '+12025550161';
    await world.makeUser('carl');
    await world.addPhone('carl', number, { method: 'call-match' }, 'show');
    const { page, complaints, context } = await pages.open();
    const { promptUrl, status } = await startFor('carl');

    await page.goto(promptUrl);
    await expectSound(page, 'prompt-call');
    await page.getByRole('button', { name: 'Call me' }).click();
    await page.getByRole('status').filter({ hasText: 'Authentication is being attempted, attempt 1 of 5.' }).waitFor();
    const { callId } = await world.ringing(number);
    await expectSound(page, 'prompt-ringing');
    await world.phone('POST', `/api/calls/${callId}/busy`);
    await page.getByRole('status').filter({ hasText: 'attempt 2 of 5' }).waitFor();
    const again = await world.ringing(number);
    await world.phone('POST', `/api/calls/${again.callId}/answer`);
    const shown = (await page.locator('.number').textContent()) ?? '';
    await expectSound(page, 'prompt-answered');
    await world.phone('POST', `/api/calls/${again.callId}/keys`, { keys: `${shown}#` });
    await page.waitForURL(isBack);

    expect(shown).toMatch(/^\d\d$/);
    expect(await status()).toBe('approved');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('lets the person change to another way in the middle, and cancel', async () => {
    const { world, returnUrl } = pages;
    await world.makeUser('dora');
    const { secret } = await world.addTotp('dora');
    const proof = await world.start('dora', { purpose: 'change-factors', answer: await world.code(secret) });
    await world.advance(61);
    const phone = { kind: 'phone', method: 'call', numbers: { primary: '+12025550162' }, proofs: [proof.body.result] };
    const added = await world.api('POST', `/v1/organizations/${world.organizationId}/users/dora/factors`, phone);
    expect(added.status).toBe(201);
    const { callId } = await world.ringing('+12025550162');
    await world.phone('POST', `/api/calls/${callId}/answer`);
    await world.phone('POST', `/api/calls/${callId}/keys`, { keys: '#' });
    await world.advance(61);
    const { page, complaints, context } = await pages.open();
    const { promptUrl, status } = await startFor('dora');

    await page.goto(promptUrl);
    await expectSound(page, 'prompt-two-ways');
    await page.getByRole('button', { name: /^Call \+1 .*62/ }).click();
    await page.getByRole('button', { name: 'Call me' }).click();
    await page.getByText('attempt 1 of 5').waitFor();
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await page.getByLabel('Six-digit code').waitFor();
    await expectSound(page, 'prompt-changed');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForURL((url) => url.href.startsWith(returnUrl));

    expect(await status()).toBe('canceled');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says the same, and how to go on, when it is locked, expired, or its address was used before', async () => {
    const { world } = pages;
    await world.makeUser('lena');
    await world.addTotp('lena');
    const { page, context } = await pages.open();
    const refused = page.getByRole('heading', { name: 'You could not be signed in' });

    const { promptUrl } = await startFor('lena');
    await page.goto(promptUrl);
    for (let count = 0; count < 5; count += 1) {
      await page.getByLabel('Six-digit code').fill('000000');
      await page.keyboard.press('Enter');
      await (count < 4 ? page.getByRole('alert').filter({ hasText: 'not accepted' }) : refused).waitFor();
    }
    await expectSound(page, 'prompt-refused');
    const locked = await page.locator('main').innerText();
    await world.advance(3601);
    const later = await startFor('lena');
    await page.goto(later.promptUrl);
    await page.getByLabel('Six-digit code').waitFor();
    await world.advance(301);
    await refused.waitFor();
    expect(await page.locator('main').innerText()).toBe(locked);
    await page.getByRole('button', { name: 'Back to Acme Corporation' }).click();
    await page.waitForURL(isBack);

    const other = await pages.open();
    await other.page.goto(later.promptUrl);
    await other.page.getByRole('heading', { name: 'This page is no longer valid' }).waitFor();
    await expectSound(other.page, 'page-over');
    await other.context.close();
    await context.close();
  });

  it('takes a recovery key, and leads through setting up something new back to the portal', async () => {
    const { world } = pages;
    await world.makeUser('rita');
    const { challengeId: first } = (await world.start('rita')).body;
    const path = `/v1/organizations/${world.organizationId}/users/rita/factors`;
    const { factorId, secret } = (await world.api('POST', path, { kind: 'totp', challengeId: first })).body;
    const { recoveryKey } = (await world.api('POST', `${path}/${factorId}/confirm`, { answer: await world.code(secret) })).body;
    const { page, complaints, context } = await pages.open();
    const { promptUrl, status } = await startFor('rita');

    await page.goto(promptUrl);
    await page.getByRole('button', { name: /^Recovery key/ }).click();
    await expectSound(page, 'prompt-recovery-key');
    await page.getByLabel('Recovery key').fill(recoveryKey);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/set-up');
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await page.getByText('I cannot scan it').click();
    const key = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Six-digit code').fill(await world.code(key));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keep your recovery key' }).waitFor();
    expect(await page.locator('.key').textContent()).not.toBe(recoveryKey);
    await page.getByLabel('I have saved the key').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Back to Acme Corporation' }).click();
    await page.waitForURL(isBack);

    expect(await status()).toBe('approved');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
