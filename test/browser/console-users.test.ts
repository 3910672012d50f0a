import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirm, dialog, heading, press, startConsoleWorld, type ConsoleWorld } from './console-world.ts';
import { expectSound } from './pages-world.ts';

let people: ConsoleWorld;
let alma: string;
let portal: Server;
beforeAll(async () => {
  people = await startConsoleWorld();
  alma = await people.confirming('alma', 'administrator');
  portal = createServer((_request, response) => response.setHeader('content-type', 'application/json').end('{"ok":true}'));
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  const clientId = people.world.stack.running.clientKey.split('_')[2] ?? '';
  const url = `http://localhost:${String((portal.address() as AddressInfo).port)}/check`;
  await people.world.api('PATCH', `/v1/clients/${clientId}`, { firstFactorCheck: { url } });
}, 120_000);
afterAll(async () => {
  portal.close();
  await people.stop();
});

async function openUser(userId: string, organizationId = 'acme'): Promise<{ page: Page; complaints: string[]; close(): Promise<void> }> {
  const { page, complaints, context } = await people.openConsole('alma', {}, organizationId);
  await heading(page, /^Users of/).waitFor();
  await page.goto(`${new URL(page.url()).origin}/console#/${organizationId}/users/user/${userId}`);
  await heading(page, `Person ${userId}`).waitFor();
  return { page, complaints, close: () => context.close() };
}

/** Of another step than the code before, whoever asked for that one. */
async function confirmed(page: Page): Promise<void> {
  await people.world.advance(31);
  await confirm(page, await people.world.code(alma));
}

const licensesUsed = async (): Promise<number> => (await people.world.api('GET', '/v1/organizations/acme/licenses')).body.phone.used;

/** The dialog of an action for which the trail asks why. */
async function doFor(page: Page, name: string, reason = 'ticket 4711'): Promise<void> {
  await press(page, new RegExp(`^${name}$`));
  await dialog(page).getByLabel('Reason').fill(reason);
  await press(dialog(page), new RegExp(`^${name}$`));
}

const linkIn = (mail: string): string => /https?:\/\/\S+\/registration#\S+/.exec(mail)?.[0] ?? '';

async function register(page: Page, link: string, number: string): Promise<void> {
  await page.goto(link);
  await press(page, 'Start');
  await page.getByLabel('Password').fill('whatever the portal takes');
  await press(page, 'Validate');
  await page.getByLabel('PIN', { exact: true }).fill('274913');
  await page.getByLabel('PIN again').fill('274913');
  await press(page, 'Register');
  const { callId } = await people.world.ringing(number);
  await people.world.phone('POST', `/api/calls/${callId}/answer`);
  await people.world.phone('POST', `/api/calls/${callId}/keys`, { keys: '274913#' });
  await page.getByLabel('I have saved the key').check();
  await press(page, 'Continue');
  await heading(page, 'Registration completed').waitFor();
}

describe('enabling a user', () => {
  it('is refused where no license is free, and says how many are bought and used', async () => {
    await people.world.api('PUT', '/v1/organizations/bare', { name: 'Example Office' });
    await people.person('alma', 'administrator', {}, 'bare');
    await people.person('finn', 'member', {}, 'bare');
    const { page, complaints, close } = await openUser('finn', 'bare');
    await press(page, 'Enable');
    for (const [label, part] of [['Area', '202'], ['Exchange', '555'], ['Subscriber', '0173']] as const) await dialog(page).getByLabel(label).fill(part);
    await press(dialog(page), 'Enable and invite');

    await page.getByRole('heading', { name: 'No license is free' }).waitFor();
    expect(await dialog(page).textContent()).toMatch(/0 telephone licenses are bought, and 0 are used/);
    await expectSound(page, 'console-no-license');
    await dialog(page).getByRole('link', { name: 'Go to Licenses and orders' }).click();
    await page.waitForURL((url) => url.hash.startsWith('#/bare/licenses'));
    expect((await people.user('finn', 'bare')).mfa).toBe('none');
    expect(complaints).toEqual([]);
    await close();
  });

  it('says at the field what is wrong, invites, and shows the user from invited to active', async () => {
    await people.person('nina', 'member');
    const { page, complaints, close } = await openUser('nina');
    await press(page, 'Enable');
    const asked = dialog(page);
    await asked.getByLabel('Area').fill('122');
    await press(asked, 'Enable and invite');
    await asked.getByText('An area code has three digits').waitFor();
    expect(await asked.getByLabel('Area').evaluate((input) => [input === document.activeElement, input.getAttribute('aria-invalid')])).toEqual([true, 'true']);
    await expectSound(page, 'console-enable-wrong');
    await asked.getByLabel('Extension').fill('12');
    expect(await asked.getByLabel('How the user confirms').inputValue()).toBe('call-pin');
    await asked.getByLabel('Extension').fill('');
    await asked.getByLabel('Area').fill('202');
    await asked.getByLabel('Exchange').fill('555');
    await asked.getByLabel('Subscriber').fill('0171');
    await expectSound(page, 'console-enable');
    await press(asked, 'Enable and invite');
    await confirmed(page);
    await page.getByText('Enabled. An invitation is on its way to nina@acme.example.').waitFor();
    await page.getByText('Sent, not opened yet').waitFor();
    await expectSound(page, 'console-invited');

    const mail = await people.world.mail('nina@acme.example', /./);
    const user = await people.open();
    await register(user.page, linkIn(mail), '+12025550171');
    await page.reload();
    await page.locator('.state', { hasText: 'Active' }).waitFor();
    await expectSound(page, 'console-active');
    const body = await page.locator('main').textContent();
    expect(body).toContain('71');
    expect(body).not.toContain('2025550171');
    expect([...complaints, ...user.complaints]).toEqual([]);
    await Promise.all([close(), user.context.close()]);
  });

  it('takes a number of another country only where the policy lists it', async () => {
    await people.world.api('PATCH', '/v1/organizations/acme/policy', { countries: ['US', 'CA', 'GB'] });
    await people.person('olaf', 'member');
    const used = await licensesUsed();
    const { page, complaints, close } = await openUser('olaf');
    await press(page, 'Enable');
    await dialog(page).getByLabel('Country').selectOption('Other');
    await expectSound(page, 'console-enable-other');
    await dialog(page).getByLabel('Calling code').fill('33');
    await dialog(page).getByLabel('Telephone number').fill('1 99 00 12 34');
    await press(dialog(page), 'Enable and invite');
    await confirmed(page);
    await dialog(page).getByText('This number cannot be used').waitFor();
    await dialog(page).getByLabel('Calling code').fill('+44');
    await dialog(page).getByLabel('Telephone number').fill('020 7946 0018');
    await press(dialog(page), 'Enable and invite');
    await page.locator('.state', { hasText: 'Invited' }).waitFor();

    const first = linkIn(await people.world.mail('olaf@acme.example', /./));
    await press(page, 'Send it again');
    await press(dialog(page), 'Send it again');
    await dialog(page).getByText('That was too often in a short time.').waitFor();
    await people.world.advance(61);
    await press(dialog(page), 'Send it again');
    await page.getByText('The invitation was sent again.').waitFor();
    const old = await people.open();
    await old.page.goto(first);
    await heading(old.page, 'This link can no longer be used').waitFor();
    await press(page, 'Cancel the invitation');
    await press(dialog(page), 'Cancel the invitation');
    await page.locator('.state', { hasText: 'Not enabled' }).waitFor();
    expect(await licensesUsed()).toBe(used);
    expect([...complaints, ...old.complaints]).toEqual([]);
    await Promise.all([close(), old.context.close()]);
  });
});

describe('a user who', () => {
  it('is locked is found by the filter, and unlocked for a reason that the trail keeps', async () => {
    const secret = await people.confirming('lena', 'member');
    const { challengeId } = (await people.world.start('lena')).body;
    for (let count = 0; count < 5; count += 1) await people.world.api('POST', `/v1/challenges/${challengeId}/answer`, { answer: '000000' });
    expect(secret).not.toBe('');
    const { page, complaints, context } = await people.openConsole('alma');
    await page.getByLabel('Lock').selectOption('Locked');
    await page.getByText('1 shown.').waitFor();
    await expectSound(page, 'console-locked');
    await page.getByRole('link', { name: 'Person lena' }).click();
    await press(page, 'Unlock');
    await press(dialog(page), 'Unlock');
    await dialog(page).getByText('Say why').waitFor();
    await expectSound(page, 'console-reason');
    await dialog(page).getByLabel('Reason').fill('she called from her desk');
    await press(dialog(page), 'Unlock');
    await confirmed(page);
    await page.getByText('Unlocked.').waitFor();
    await page.getByRole('cell', { name: 'User unlocked (she called from her desk)' }).waitFor();
    expect((await people.user('lena')).lock).toBeUndefined();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('lost the telephone is reset: invited again, and the door stays shut meanwhile', async () => {
    await people.confirming('rita', 'member');
    const { page, complaints, close } = await openUser('rita');
    await press(page, /^Reset$/);
    await expectSound(page, 'console-reset');
    await dialog(page).getByLabel('Reason').fill('lost the telephone');
    await press(dialog(page), /^Reset$/);
    await confirmed(page);
    await page.getByText('Reset. An invitation to set up anew is on its way.').waitFor();
    await page.locator('.state', { hasText: 'Invited' }).waitFor();
    const started = (await people.world.start('rita')).body;
    expect([started.status, started.reason]).not.toContain('approved');
    expect((await people.user('rita')).factors).toEqual([]);

    await doFor(page, 'Suspend');
    await page.locator('.state', { hasText: 'Suspended' }).waitFor();
    await doFor(page, 'Resume');
    await page.getByText('Resumed: the user can sign in again.').waitFor();
    expect(complaints).toEqual([]);
    await close();
  });

  it('must confirm by policy cannot be disabled, and the page says by whose word; without such a policy it can', async () => {
    await people.world.advance(31);
    await people.confirming('dirk', 'member');
    const { page, complaints, close } = await openUser('dirk');
    const disable = page.getByRole('button', { name: /^Disable$/ });
    expect(await disable.getAttribute('aria-disabled')).toBe('true');
    await page.getByText(/The policy requires confirmation of this user \(set by .+\)/).waitFor();
    await expectSound(page, 'console-required');
    await people.world.api('PATCH', '/v1/organizations/acme/policy', { enforcement: 'optional' });
    await page.reload();
    await page.getByRole('button', { name: /^Disable$/ }).waitFor();
    await press(page, /^Disable$/);
    await dialog(page).getByLabel('Reason').fill('left the project');
    await press(dialog(page), /^Disable$/);
    await confirmed(page);
    await page.locator('.state', { hasText: 'Not enabled' }).waitFor();
    expect((await people.user('dirk')).mfa).toBe('none');
    await people.world.api('PATCH', '/v1/organizations/acme/policy', { enforcement: 'required' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('is erased only by typing the ID, and the certificate is shown', async () => {
    await people.world.advance(31);
    await people.person('emil', 'member');
    const { page, complaints, close } = await openUser('emil');
    await press(page, /^Erase$/);
    await dialog(page).getByLabel(/To be sure/).fill('emma');
    await press(dialog(page), /^Erase$/);
    await dialog(page).getByText('This is not the ID of the user.').waitFor();
    await expectSound(page, 'console-erase');
    await dialog(page).getByLabel(/To be sure/).fill('emil');
    await press(dialog(page), /^Erase$/);
    await confirmed(page);
    await heading(page, 'The user was erased').waitFor();
    await page.getByText("The user's encryption key").waitFor();
    await expectSound(page, 'console-erased');
    expect((await people.world.api('GET', '/v1/organizations/acme/users/emil')).status).toBe(404);
    expect(complaints).toEqual([]);
    await close();
  });
});
