import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSecurityWorld, type SecurityWorld } from './security-world.ts';

let security: SecurityWorld;
beforeAll(async () => {
  security = await startSecurityWorld();
}, 120_000);
afterAll(() => security.stop());

/** The browser's own stand-in for a fingerprint reader. */
async function plugIn(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } });
}

/** Reads the code that comes, and types it into the dialog. */
async function proveByMail(page: Page, to: string): Promise<void> {
  const before = await security.codesMailed(to);
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await dialog.getByRole('button', { name: 'Mail me a code' }).click();
  await dialog.getByRole('textbox').fill(await security.mailedCode(to, before));
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}

const kindsOf = async (userId: string): Promise<string[]> => (await security.user(userId)).factors.map(({ kind }: { kind: string }) => kind);

describe('a proof on the security page', () => {
  it('is asked of the strongest way alone: once there is a passkey, of that', async () => {
    const { world } = security;
    await world.makeUser('suki');
    const { secret } = await world.addTotp('suki');
    const { page, complaints, context } = await security.settingsOf('suki');
    await plugIn(page);
    await page.getByRole('button', { name: /^Passkey/ }).click();
    await security.prove(page, secret);
    await page.getByRole('button', { name: 'Make the passkey' }).click();
    await page.getByRole('heading', { name: 'It is set up' }).waitFor();
    await page.getByRole('button', { name: 'Back to your settings' }).click();

    await page.getByText('Strongest (phishing-resistant)').waitFor();
    await page.getByRole('button', { name: 'Manage Authenticator app' }).click();
    await page.getByRole('button', { name: 'Turn off' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await dialog.getByRole('button', { name: 'Use the passkey' }).waitFor();
    expect(await dialog.getByRole('textbox').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Use the passkey' }).click();
    await page.getByRole('status').filter({ hasText: 'It is turned off' }).waitFor();

    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is a code by mail for whoever has nothing else: for a new recovery key, and for turning codes off (rows 4.3, 4.4)', async () => {
    const { world } = security;
    const to = 'tara@acme.example';
    await world.makeUser('tara');
    const { page, complaints, context } = await security.settingsOf('tara');
    await page.getByRole('button', { name: 'Turn codes by mail on' }).click();
    await page.getByRole('heading', { name: 'Look at your mail' }).waitFor();
    await page.getByRole('textbox').fill(await security.mailedCode(to));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keep your recovery key' }).waitFor();
    const first = await page.locator('.key').textContent();
    await page.getByLabel('I have saved the key').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Back to your settings' }).click();

    await page.getByRole('button', { name: 'Make a new recovery key' }).click();
    await world.advance(61);
    await proveByMail(page, to);
    await page.getByRole('heading', { name: 'Keep your recovery key' }).waitFor();
    expect(await page.locator('.key').textContent()).not.toBe(first);
    await page.getByLabel('I have saved the key').check();
    await page.getByRole('button', { name: 'Continue' }).click();

    const policy = `/v1/organizations/${world.organizationId}/policy`;
    await world.api('PATCH', policy, { enforcement: 'optional' });
    await page.getByRole('button', { name: 'Turn codes by mail off' }).click();
    await page.getByText('It is the last way that you have').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Turn codes by mail off' }).click();
    await world.advance(61);
    await proveByMail(page, to);
    await page.getByRole('status').filter({ hasText: 'Codes by mail are off now.' }).waitFor();
    await world.api('PATCH', policy, { enforcement: 'required' });

    expect(await kindsOf('tara')).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('that is missed too often changes nothing, locks, and the page says until when', async () => {
    const { world } = security;
    await world.makeUser('uma');
    await world.addTotp('uma');
    const { page, complaints, context } = await security.settingsOf('uma');

    await page.getByRole('button', { name: 'Make a new recovery key' }).click();
    const dialog = page.getByRole('dialog');
    for (let count = 1; count <= 5; count += 1) {
      await dialog.getByLabel('Six-digit code').fill(`00000${String(count)}`);
      await page.keyboard.press('Enter');
      await (count < 5 ? dialog.getByRole('alert').filter({ hasText: 'That was not accepted' }) : dialog.getByText('You could not be confirmed')).waitFor();
    }
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.getByText(/your sign-in is locked until/).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('leaves a secret that was shown nowhere: neither a reload nor the way itself has it again (A62)', async () => {
    const { world } = security;
    await world.makeUser('vida');
    const { secret } = await world.addTotp('vida');
    const { page, context } = await security.settingsOf('vida');
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await security.prove(page, secret);
    const key = (await page.locator('[data-secret]').textContent()) ?? '';

    await page.reload();
    await page.getByText('Not confirmed yet').waitFor();
    await page.getByRole('button', { name: 'Manage Authenticator app' }).last().click();
    await page.getByRole('button', { name: 'Give up this set-up' }).waitFor();

    expect(await page.content()).not.toContain(key);
    expect(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))).not.toContain(key.replaceAll(' ', ''));
    await page.getByRole('button', { name: 'Give up this set-up' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Give up this set-up' }).click();
    await page.getByRole('status').filter({ hasText: 'It was removed.' }).waitFor();
    expect(await kindsOf('vida')).toEqual(['totp', 'recovery-key']);
    await context.close();
  });
});
