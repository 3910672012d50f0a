import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heading, press, startConsoleWorld, type ConsoleWorld } from './console-world.ts';
import { expectSound } from './pages-world.ts';

/** Without any license, until some are bought. */
const own = 'office';
let people: ConsoleWorld;
beforeAll(async () => {
  people = await startConsoleWorld();
  await people.world.api('PUT', `/v1/organizations/${own}`, { name: 'Example Office' });
  await people.person('alma', 'administrator', {}, own);
  for (const userId of ['bea', 'ben', 'bob', 'bud']) await people.person(userId, 'member', {}, own);
}, 120_000);
afterAll(() => people.stop());

async function buyLicenses(quantity: number): Promise<void> {
  const { api } = people.world;
  const { agreement } = (await api('GET', `/v1/organizations/${own}/order-options`)).body;
  await api('POST', `/v1/organizations/${own}/orders`, { item: 'phone', quantity, agreementVersion: agreement.version, agreementAccepted: true });
}

const licensesUsed = async (): Promise<number> => (await people.world.api('GET', `/v1/organizations/${own}/licenses`)).body.phone.used;

/** One invitation each, or none: whoever got two was invited twice. */
async function invitationsTo(userId: string): Promise<number> {
  const mails = (await people.world.phone('GET', `/api/messages?to=${userId}@acme.example`)).body as { text: string }[];
  return mails.filter(({ text }) => text.includes('/registration#')).length;
}

const file = [
  'userId;email;country;callingCode;phoneNumber;extension;method',
  'bea;;US/CA;;202 555 0181;;call-pin',
  ';ben@acme.example;;;2025550182;77;',
  'nobody;;US/CA;;2025550183;;',
  'bea;;US/CA;;2025550184;;',
  'bob;;US/CA;;12;;',
  '=HYPERLINK("x");;US/CA;;1;;',
  'bob;ignored@acme.example;US/CA;;2025550185;;',
  'bud;;US/CA;;2025550186;;',
].join('\r\n');

async function chooseFile(page: Page, text = file): Promise<void> {
  await page.getByLabel('CSV file').setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
}

async function report(page: Page): Promise<string> {
  const [saved] = await Promise.all([page.waitForEvent('download'), press(page, 'Download the report')]);
  return readFileSync(await saved.path(), 'utf8');
}

describe('enabling many from a file', () => {
  it('checks every row first, stops where no license is free, goes on, and reports every row', async () => {
    await buyLicenses(2);
    const { page, complaints, context } = await people.openConsole('alma', { acceptDownloads: true }, own);
    await page.getByRole('link', { name: 'Enable many from a file' }).click();
    await heading(page, 'Enable many users from a file').waitFor();
    await expectSound(page, 'console-bulk');
    await chooseFile(page, 'name\nAda');
    await page.locator('.wrong', { hasText: 'These columns are missing: userId / email, phoneNumber.' }).waitFor();
    await chooseFile(page);
    await page.getByRole('heading', { name: 'Rows that are ready: 4. Rows that cannot be used: 4.' }).waitFor();
    await page.getByRole('cell', { name: 'names the same user as row 2' }).waitFor();
    expect(await licensesUsed()).toBe(0);
    await expectSound(page, 'console-bulk-checked');

    await press(page, 'Enable 4 users');
    await page.getByText('No license is free any more').waitFor();
    expect(await page.getByRole('progressbar').evaluate((bar: HTMLProgressElement) => [bar.value, bar.max])).toEqual([3, 4]);
    expect(await licensesUsed()).toBe(2);
    await expectSound(page, 'console-bulk-stopped');
    await buyLicenses(5);
    await press(page, 'Go on');
    await heading(page, 'The file is done').waitFor();
    await page.getByText('3 enabled, 0 enabled already, 5 not enabled.').waitFor();
    await expectSound(page, 'console-bulk-done');
    const lines = (await report(page)).split('\r\n');
    expect(lines.filter((line) => line.includes('"enabled and invited"'))).toHaveLength(3);
    expect(lines[6]).toBe(`"7","'=HYPERLINK(""x"")","refused","the number is no number of that country"`);
    expect(lines[3]).toBe('"4","nobody","there is no such user",""');
    expect(lines.join('')).not.toMatch(/2025550/);
    expect(await Promise.all(['bea', 'ben', 'bud'].map(async (userId) => (await people.user(userId, own)).mfa))).toEqual(['invited', 'invited', 'invited']);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('does nothing twice when the same file is chosen again (X30)', async () => {
    const used = await licensesUsed();
    const { page, complaints, context } = await people.openConsole('alma', {}, own);
    await page.getByRole('link', { name: 'Enable many from a file' }).click();
    await chooseFile(page);
    await press(page, 'Enable 4 users');
    await page.getByText('0 enabled, 3 enabled already, 5 not enabled.').waitFor();

    expect(await licensesUsed()).toBe(used);
    expect(await Promise.all(['bea', 'ben', 'bud'].map(invitationsTo))).toEqual([1, 1, 1]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is stopped in the middle, by the button or by going elsewhere, and goes on', async () => {
    await buyLicenses(20);
    const userIds = Array.from({ length: 12 }, (_, index) => `many-${String(index)}`);
    for (const userId of userIds) await people.person(userId, 'member', {}, own);
    const rows = ['userId,phoneNumber', ...userIds.map((userId, index) => `${userId},20255501${String(10 + index)}`)].join('\n');
    const { page, complaints, context } = await people.openConsole('alma', {}, own);
    const choose = async (): Promise<void> => {
      await page.getByRole('link', { name: 'Enable many from a file' }).click();
      await chooseFile(page, rows);
      await press(page, 'Enable 12 users');
    };
    await choose();
    await press(page, 'Stop');
    await page.getByText(/^Stopped\. Rows left: \d+\./).waitFor();
    await press(page, 'Go on');
    await page.getByText(/^[1-9]\d* of 12 done\.$/).first().waitFor();
    await page.getByRole('link', { name: 'Policy' }).click();
    await heading(page, /policy/i).waitFor();
    await page.getByRole('link', { name: 'Users' }).click();
    await choose();
    await heading(page, 'The file is done').waitFor();

    expect(await Promise.all(userIds.map(invitationsTo))).toEqual(userIds.map(() => 1));
    expect(complaints).toEqual([]);
    await context.close();
  });
});
