import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound } from './pages-world.ts';
import { startSecurityWorld, type SecurityWorld } from './security-world.ts';

let security: SecurityWorld;
beforeAll(async () => {
  security = await startSecurityWorld();
}, 120_000);
afterAll(() => security.stop());

const names = (factors: readonly { kind: string; label?: string }[]): string[] => factors.filter(({ kind }) => kind !== 'recovery-key').map(({ kind, label }) => label ?? kind);

/** The settings of somebody who has an authenticator app, and has turned codes by mail on in them. */
async function withMailCodes(userId: string) {
  await security.world.makeUser(userId);
  const { secret } = await security.world.addTotp(userId);
  const opened = await security.settingsOf(userId);
  await opened.page.getByRole('button', { name: 'Turn codes by mail on' }).click();
  await security.prove(opened.page, secret);
  await opened.page.getByRole('heading', { name: 'Look at your mail' }).waitFor();
  await opened.page.getByRole('textbox').fill(await security.mailedCode(`${userId}@acme.example`));
  await opened.page.keyboard.press('Enter');
  await opened.page.getByRole('button', { name: 'Back to your settings' }).click();
  return { ...opened, secret };
}

describe('security settings', () => {
  it('say what somebody has, how strong it is, when it was added and used last, and where they are asked', async () => {
    const { world } = security;
    await world.makeUser('ada');
    await world.addTotp('ada');
    const { page, complaints, context } = await security.settingsOf('ada');

    const main = page.getByRole('main');
    await expect.poll(() => main.innerText()).toContain('On: every sign-in is confirmed by you.');
    const text = (await main.innerText()).replaceAll('\u202f', ' ');
    for (const said of ['Not provisioned.', 'Every sign-in, at the portal and at the VPN', 'Authenticator app', 'Active', 'Good (otp)', 'You have one, made on', 'ada@acme.example', 'verified', 'Signed in', 'Way added']) {
      expect(text).toContain(said);
    }
    await expectSound(page, 'security');

    expect(complaints).toEqual([]);
    await context.close();
  });

  it('add an authenticator app by its key, after the strongest way was confirmed, and say that it is set up', async () => {
    const { world } = security;
    await world.makeUser('bea');
    const { secret } = await world.addTotp('bea');
    const { page, complaints, context } = await security.settingsOf('bea');

    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await expectSound(page, 'security-proof');
    await page.getByLabel('Six-digit code').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'That was not accepted' }).waitFor();
    await security.prove(page, secret);
    await page.getByRole('heading', { name: 'Set up your authenticator app' }).waitFor();
    await page.getByText('I cannot scan it').click();
    const key = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Six-digit code').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'That was not accepted' }).waitFor();
    await page.getByLabel('Six-digit code').fill(await world.code(key));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'It is set up' }).waitFor();
    await expectSound(page, 'security-added');
    await page.getByRole('button', { name: 'Back to your settings' }).click();
    await page.getByRole('heading', { name: 'Security settings' }).waitFor();

    expect(names((await security.user('bea')).factors)).toEqual(['totp', 'totp']);
    expect(await page.getByRole('list').filter({ hasText: 'Asked first' }).getByRole('listitem').count()).toBe(2);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('rename, put first, turn off and on, by the proofs that each takes', async () => {
    const { page, secret, complaints, context } = await withMailCodes('cleo');
    await page.getByRole('button', { name: /^Manage Code by mail/ }).click();
    await expectSound(page, 'security-manage');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await page.getByText('Type a name first.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Old mailbox');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await page.getByRole('heading', { name: 'Old mailbox', level: 1 }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Saved.' }).waitFor();
    await page.getByRole('button', { name: 'Ask for this first' }).click();
    await page.getByRole('status').filter({ hasText: 'asked for first' }).waitFor();
    expect(names((await security.user('cleo')).factors.filter(({ rank }: { rank?: number }) => rank === 0))).toEqual(['Old mailbox']);

    const before = await security.codesMailed('cleo@acme.example');
    await page.getByRole('button', { name: 'Turn off' }).click();
    await security.prove(page, secret);
    await page.getByRole('dialog', { name: 'Type the code from your mail' }).waitFor();
    await expectSound(page, 'security-proof-mail');
    await page.getByRole('textbox', { name: 'Code from the mail' }).fill(await security.mailedCode('cleo@acme.example', before));
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'It is turned off' }).waitFor();
    await page.getByRole('button', { name: 'Turn on' }).click();
    await security.prove(page, secret);
    await page.getByRole('status').filter({ hasText: 'It is on' }).waitFor();

    expect((await security.user('cleo')).factors.map(({ status }: { status: string }) => status)).toEqual(['active', 'active', 'active']);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('remove a way once it was said what that means, and tell every address that there is', async () => {
    const { page, secret, complaints, context } = await withMailCodes('cora');
    await page.getByRole('button', { name: 'Manage Authenticator app' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog', { name: 'Remove “Authenticator app”?' }).waitFor();
    await expectSound(page, 'security-remove');
    await page.keyboard.press('Escape');
    expect((await security.user('cora')).factors).toHaveLength(3);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await security.prove(page, secret);
    await page.getByRole('status').filter({ hasText: 'It was removed.' }).waitFor();

    expect(names((await security.user('cora')).factors)).toEqual(['email']);
    await security.world.mail('cora@acme.example', /removed/i);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('keep the last way where the organization requires one, and say so', async () => {
    const { world } = security;
    await world.makeUser('dora');
    const { secret } = await world.addTotp('dora');
    const { page, context } = await security.settingsOf('dora');

    await page.getByRole('button', { name: 'Manage Authenticator app' }).click();
    await page.getByRole('button', { name: 'Turn off' }).click();
    await security.prove(page, secret);

    await page.getByRole('alert').filter({ hasText: 'this is the last one' }).waitFor();
    expect((await security.user('dora')).factors[0].status).toBe('active');
    await context.close();
  });

  it('make a new recovery key, shown once, to download or copy; the old one dies (row 4.4)', async () => {
    const { world } = security;
    await world.makeUser('edna');
    const { secret, recoveryKey: old } = await world.addTotp('edna');
    const { page, complaints, context } = await security.settingsOf('edna', { permissions: ['clipboard-read', 'clipboard-write'] });

    await page.getByRole('button', { name: 'Make a new recovery key' }).click();
    await security.prove(page, secret);
    await page.getByRole('heading', { name: 'Keep your recovery key' }).waitFor();
    await expectSound(page, 'security-recovery-key');
    const key = (await page.locator('.key').textContent()) ?? '';
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    expect(readFileSync(await download.path(), 'utf8')).toBe(`${key}\n`);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
    await page.getByLabel('I have saved the key').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('status').filter({ hasText: 'Your new recovery key is in force.' }).waitFor();

    const { challengeId, factors } = (await world.start('edna')).body;
    const { factorId } = factors.find(({ kind }: { kind: string }) => kind === 'recovery-key');
    const answer = (text: string) => world.api('POST', `/v1/challenges/${challengeId}/answer`, { factorId, answer: text });
    expect((await answer(old)).body).toMatchObject({ reason: 'wrong-answer' });
    expect((await answer(key)).body).toMatchObject({ status: 'enrollment-required' });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('verify the mail address, turn codes by mail on and off, each with its code (rows 4.1, 4.3)', async () => {
    const { world } = security;
    const to = 'fay@acme.example';
    await world.makeUser('fay');
    const { secret } = await world.addTotp('fay');
    await world.api('PUT', `/v1/organizations/${world.organizationId}/users/fay`, { displayName: 'Fay Example', email: to, emailVerified: false, identity: 'local' });
    const { page, complaints, context } = await security.settingsOf('fay');

    await page.getByText('Codes by mail can be turned on once the address is verified.').waitFor();
    await page.getByRole('button', { name: 'Verify the address' }).click();
    await page.getByRole('dialog', { name: 'Type the code from your mail' }).waitFor();
    await page.getByRole('textbox', { name: 'Code from the mail' }).fill('00000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'That was not accepted.' }).waitFor();
    await page.getByRole('textbox', { name: 'Code from the mail' }).fill(await security.mailedCode(to));
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'The address is verified.' }).waitFor();
    expect((await security.user('fay')).emailVerified).toBe(true);

    let mailed = await security.codesMailed(to);
    await page.getByRole('button', { name: 'Turn codes by mail on' }).click();
    await security.prove(page, secret);
    await page.getByRole('heading', { name: 'Look at your mail' }).waitFor();
    await page.getByRole('textbox').fill(await security.mailedCode(to, mailed));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Back to your settings' }).click();
    await page.getByText('Codes by mail are on').waitFor();

    mailed = await security.codesMailed(to);
    await page.getByRole('button', { name: 'Turn codes by mail off' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Turn codes by mail off' }).click();
    await security.prove(page, secret);
    await page.getByRole('textbox', { name: 'Code from the mail' }).fill(await security.mailedCode(to, mailed));
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'Codes by mail are off now.' }).waitFor();

    expect(names((await security.user('fay')).factors)).toEqual(['totp']);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('let whoever has nothing set up a first way, by no more right than at a sign-in, and hand out a recovery key', async () => {
    const { world } = security;
    await world.makeUser('gus');
    const { page, complaints, context } = await security.settingsOf('gus');

    await page.getByText('Off: your password alone signs you in.').waitFor();
    await page.getByText('Set up a way first').waitFor();
    await expectSound(page, 'security-nothing');
    await page.getByRole('button', { name: /^Authenticator app/ }).click();
    await page.getByText('I cannot scan it').click();
    const key = ((await page.locator('[data-secret]').textContent()) ?? '').replaceAll(' ', '');
    await page.getByLabel('Six-digit code').fill(await world.code(key));
    await page.keyboard.press('Enter');
    await page.getByLabel('I have saved the key').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Back to your settings' }).click();
    await page.getByText('On: every sign-in is confirmed by you.').waitFor();

    expect(names((await security.user('gus')).factors)).toEqual(['totp']);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
