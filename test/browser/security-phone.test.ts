import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../journeys/local-world.ts';
import { expectSound } from './pages-world.ts';
import { answerCall, documentPicture, startSecurityWorld, type SecurityWorld } from './security-world.ts';

let security: SecurityWorld;
beforeAll(async () => {
  security = await startSecurityWorld();
}, 120_000);
afterAll(() => security.stop());

const phoneOf = async (userId: string) => (await security.user(userId)).factors.find(({ kind }: { kind: string }) => kind === 'phone');

/** Somebody who confirms by telephone alone, with the PIN 482913: what they prove a change with is that telephone. */
async function withPhone(userId: string, number: string, more: Record<string, unknown> = {}): Promise<void> {
  await security.world.makeUser(userId);
  await security.world.addPhone(userId, number, { method: 'call-pin', pin: '482913', ...more }, '482913#');
}

async function proveByCall(page: Awaited<ReturnType<SecurityWorld['settingsOf']>>['page'], number: string, pin = '482913#'): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  // Nobody is called too often in a short time, neither for this.
  await security.world.advance(61);
  await dialog.getByRole('button', { name: 'Call me' }).click();
  await answerCall(security, number, pin);
  await dialog.waitFor({ state: 'detached' });
}

describe('a telephone in the settings', () => {
  it('is provisioned once it was called and confirmed; what was refused keeps what was typed, and the proof', async () => {
    const { world } = security;
    await world.makeUser('gina');
    const { secret } = await world.addTotp('gina');
    const { page, complaints, context } = await security.settingsOf('gina');

    await page.getByText('Not provisioned.').waitFor();
    await page.getByRole('button', { name: /^Telephone/ }).click();
    await page.getByLabel('Telephone number').fill('202 555 0161');
    await page.getByLabel('PIN', { exact: true }).fill('1234');
    await page.getByLabel('PIN again').fill('1234');
    await page.getByRole('button', { name: 'Call me now' }).click();
    await security.prove(page, secret);
    await page.getByRole('alert').filter({ hasText: 'This PIN cannot be used' }).waitFor();
    expect(await page.getByLabel('Telephone number').inputValue()).toBe('202 555 0161');
    await page.getByLabel('PIN', { exact: true }).fill('482913');
    await page.getByLabel('PIN again').fill('482913');
    // The proof was not spent by what was refused: nobody is asked again.
    await page.getByRole('button', { name: 'Call me now' }).click();
    await page.getByRole('heading', { name: 'Answer the telephone' }).waitFor();
    await answerCall(security, '+12025550161', '482913#');
    await page.getByRole('heading', { name: 'It is set up' }).waitFor();
    await page.getByRole('button', { name: 'Back to your settings' }).click();

    await page.getByText('Provisioned. Active.').waitFor();
    await documentPicture(page, 'security-settings', 1120);
    expect(await page.getByRole('heading', { name: 'Add a way' }).locator('..').getByRole('button', { name: /^Telephone/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is called at a new number at once, shows the attempts, and keeps the old one until somebody has confirmed (row 1.4)', async () => {
    await withPhone('hana', '+12025550162');
    const { page, complaints, context } = await security.settingsOf('hana');

    await page.getByRole('button', { name: /^Manage Telephone/ }).click();
    await page.getByText('With an old one you could be locked out.').waitFor();
    await expectSound(page, 'security-phone');
    await page.getByRole('button', { name: 'Change the primary number' }).click();
    await page.getByText('Be by this telephone').waitFor();
    await page.getByRole('button', { name: 'Authenticate and save number' }).click();
    await page.getByText('Type the number first.').waitFor();
    await page.getByLabel('Telephone number').fill('202 555 0163');
    await expectSound(page, 'security-number');
    await page.getByRole('button', { name: 'Authenticate and save number' }).click();
    await page.getByRole('dialog').waitFor();
    await documentPicture(page, 'security-proof', 720);
    await proveByCall(page, '+12025550162');
    await page.getByRole('heading', { name: 'Answer the telephone' }).waitFor();
    await page.getByText('Attempt 1 of 5.').waitFor();
    await page.getByText('Answer it, key your PIN, then #.').waitFor();
    await expectSound(page, 'security-number-ringing');
    expect((await phoneOf('hana')).hint).toContain('62');
    await answerCall(security, '+12025550163', '482913#');
    await page.getByRole('status').filter({ hasText: 'The number was confirmed and saved.' }).waitFor();
    expect((await phoneOf('hana')).hint).toContain('63');

    await page.getByRole('button', { name: 'Add a secondary number' }).click();
    await page.getByLabel('Telephone number').fill('202 555 0164');
    await page.getByRole('button', { name: 'Authenticate and save number' }).click();
    await proveByCall(page, '+12025550163');
    await answerCall(security, '+12025550164', '482913#');
    await page.getByRole('button', { name: 'Change the secondary number' }).waitFor();

    expect((await phoneOf('hana')).numbers).toMatchObject({ primary: { proved: true }, secondary: { proved: true } });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('keeps the old number when nobody answers the new one, and can be called there again later', async () => {
    const { world } = security;
    await withPhone('iris', '+12025550165');
    const { page, complaints, context } = await security.settingsOf('iris');

    await page.getByRole('button', { name: /^Manage Telephone/ }).click();
    await page.getByRole('button', { name: 'Change the primary number' }).click();
    await page.getByLabel('Telephone number').fill('202 555 0166');
    await page.getByRole('button', { name: 'Authenticate and save number' }).click();
    await proveByCall(page, '+12025550165');
    const { callId } = await world.ringing('+12025550166');
    await world.phone('POST', `/api/calls/${callId}/busy`);
    await page.getByRole('button', { name: 'Change the number' }).click();
    expect(await page.getByLabel('Telephone number').inputValue()).toBe('202 555 0166');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await page.getByText('not confirmed yet').waitFor();
    expect((await phoneOf('iris')).hint).toContain('65');

    await world.advance(61);
    await page.getByRole('button', { name: 'Confirm the new number' }).click();
    await page.getByRole('heading', { name: 'Answer the telephone' }).waitFor();
    await answerCall(security, '+12025550166', '482913#');
    await page.getByRole('status').filter({ hasText: 'The number was confirmed and saved.' }).waitFor();

    expect((await phoneOf('iris')).hint).toContain('66');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('changes its method and PIN, the PIN twice, to any that policy and number allow (row 1.5)', async () => {
    await withPhone('june', '+12025550167');
    const { page, complaints, context } = await security.settingsOf('june');

    await page.getByRole('button', { name: /^Manage Telephone/ }).click();
    await page.getByRole('button', { name: 'Change method or PIN' }).click();
    const offered = await page.getByLabel('How do you want to confirm?').locator('option').allTextContents();
    expect(offered).toEqual(['Key a PIN, then #', 'Key the number that the page shows, then #', 'Press # on the telephone', 'Type a code that you are texted', 'Reply to a text with its code and a PIN', 'Reply to a text with the number that the page shows', 'Reply to a text with its code']);
    await page.getByLabel('PIN', { exact: true }).fill('759310');
    await page.getByLabel('PIN again').fill('759311');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The two PINs are not the same.').waitFor();
    await expectSound(page, 'security-method');
    await page.getByLabel('PIN again').fill('759310');
    await page.getByRole('button', { name: 'Save' }).click();
    await proveByCall(page, '+12025550167');
    await page.getByRole('status').filter({ hasText: 'Method and PIN were saved.' }).waitFor();

    await page.getByRole('button', { name: 'Change method or PIN' }).click();
    await page.getByLabel('How do you want to confirm?').selectOption({ label: 'Press # on the telephone' });
    expect(await page.getByLabel('PIN again').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Save' }).click();
    await proveByCall(page, '+12025550167', '759310#');
    await page.getByRole('status').filter({ hasText: 'Method and PIN were saved.' }).waitFor();

    expect((await phoneOf('june')).method).toBe('call');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('with an extension takes the call with a PIN alone, and says so', async () => {
    await withPhone('kaya', '+12025550168');
    const { page, context } = await security.settingsOf('kaya');

    await page.getByRole('button', { name: /^Manage Telephone/ }).click();
    await page.getByRole('button', { name: 'Add a secondary number' }).click();
    await page.getByLabel('Telephone number').fill('202 555 0169');
    await page.getByLabel('Extension').fill('44');
    await page.getByRole('button', { name: 'Authenticate and save number' }).click();
    await proveByCall(page, '+12025550168');
    await answerCall(security, '+12025550169', '482913#');
    await page.getByText(/with extension/).waitFor();
    await page.getByRole('button', { name: 'Change method or PIN' }).click();

    expect(await page.getByLabel('How do you want to confirm?').locator('option').allTextContents()).toEqual(['Key a PIN, then #']);
    await page.getByText('it can only be called with a PIN').waitFor();
    await context.close();
  });

  it('that is texted confirms a new number by the code of the text, and no code of before will do', async () => {
    const { world } = security;
    await withPhone('lena', '+12025550170', { method: 'call-pin' });
    const { page, complaints, context } = await security.settingsOf('lena');
    await page.getByRole('button', { name: /^Manage Telephone/ }).click();
    await page.getByRole('button', { name: 'Change method or PIN' }).click();
    await page.getByLabel('How do you want to confirm?').selectOption({ label: 'Type a code that you are texted' });
    await page.getByRole('button', { name: 'Save' }).click();
    await proveByCall(page, '+12025550170');
    await page.getByRole('status').filter({ hasText: 'Method and PIN were saved.' }).waitFor();

    const textTo = (to: string) =>
      eventually(`a text to ${to}`, async () => {
        const texts = (await world.phone('GET', `/api/messages?to=${encodeURIComponent(to)}`)).body as { text: string }[];
        return texts.map(({ text }) => /\b\d{6}\b/.exec(text)?.[0]).at(-1);
      });
    await page.getByRole('button', { name: 'Change the primary number' }).click();
    await page.getByLabel('Telephone number').fill('202 555 0172');
    await page.getByRole('button', { name: 'Authenticate and save number' }).click();
    const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
    await world.advance(61);
    await dialog.getByRole('button', { name: 'Text me' }).click();
    const old = await textTo('+12025550170');
    await dialog.getByRole('textbox').fill(old);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Look at your telephone' }).waitFor();
    const code = await textTo('+12025550172');
    await page.getByRole('textbox').fill(old);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'That was not accepted.' }).waitFor();
    expect((await phoneOf('lena')).hint).toContain('70');
    await page.getByRole('textbox').fill(code);
    await page.keyboard.press('Enter');
    // Whoever confirms a code here and has no recovery key yet is handed one.
    await page.getByLabel('I have saved the key').check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('status').filter({ hasText: 'The number was confirmed and saved.' }).waitFor();

    expect((await phoneOf('lena')).hint).toContain('72');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
