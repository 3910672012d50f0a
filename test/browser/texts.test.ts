import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../journeys/local-world.ts';
import { faultsOf, overflowOf, startPagesWorld, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
  const methods = ['totp', 'recovery-key', 'phone:sms-code', 'phone:sms-reply-match'];
  expect((await pages.world.api('PATCH', `/v1/organizations/${pages.world.organizationId}/policy`, { methods })).status).toBe(200);
}, 120_000);
afterAll(() => pages.stop());

interface Message {
  readonly messageId: string;
  readonly text: string;
}

const textTo = (to: string, index: number) =>
  eventually(`a text to ${to}`, async () => ((await pages.world.phone('GET', `/api/messages?to=${encodeURIComponent(to)}`)).body as Message[])[index]);
const codeIn = ({ text }: Message): string => /\b\d{6}\b/.exec(text)?.[0] ?? '';
const isUsable = async (page: Page): Promise<void> => {
  expect(await faultsOf(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
};

/** From the set-up page's choice to the text that proves the number. */
async function giveNumber(page: Page, how: string, number: string): Promise<void> {
  await page.getByRole('button', { name: /^Telephone/ }).click();
  await page.getByLabel('Telephone number').fill(number);
  await page.getByLabel('How do you want to confirm?').selectOption({ label: how });
  await isUsable(page);
  await page.getByRole('button', { name: 'Call me now' }).click();
  await page.getByRole('heading', { name: 'Look at your telephone' }).waitFor();
}

describe('a telephone that is texted', () => {
  it('is set up with the code of a text, and signs in with another', async () => {
    const { world, returnUrl } = pages;
    await world.makeUser('tess');
    const { page, complaints, context } = await pages.open({ viewport: { width: 360, height: 740 } });
    await page.goto((await world.start('tess', { returnUrl })).body.setupUrl);
    await giveNumber(page, 'Type a code that you are texted', '202 555 0181');
    await isUsable(page);
    const first = await textTo('+12025550181', 0);
    expect(first.text.split('\n').at(-1)).toMatch(/^Your Acme Corporation code to add this phone|^@/);
    await page.getByLabel('Code from the text').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('That was not accepted').waitFor();
    await page.getByLabel('Code from the text').fill(codeIn(first));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keep your recovery key' }).waitFor();
    await world.advance(31);

    const started = await world.start('tess', { returnUrl });
    await page.goto(started.body.promptUrl);
    await page.getByRole('button', { name: 'Text me' }).click();
    await page.getByText('The message is on its way.').waitFor();
    await isUsable(page);
    await page.getByLabel('Code from the text').fill(codeIn(await textTo('+12025550181', 1)));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/back');

    expect((await world.api('GET', `/v1/challenges/${started.body.challengeId}`)).body.status).toBe('approved');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is set up, and signs in, by replying with the number on the screen', async () => {
    const { world, returnUrl } = pages;
    await world.makeUser('remy');
    const { page, complaints, context } = await pages.open();
    const replyWithShown = async (index: number): Promise<void> => {
      const { messageId } = await textTo('+12025550182', index);
      await page.locator('strong.number').waitFor();
      const text = (await page.locator('strong.number').innerText()).trim();
      expect((await world.phone('POST', `/api/messages/${messageId}/reply`, { text })).status).toBe(202);
    };
    await page.goto((await world.start('remy', { returnUrl })).body.setupUrl);
    await giveNumber(page, 'Reply to a text with the number that the page shows', '202 555 0182');
    await replyWithShown(0);
    await page.getByRole('heading', { name: 'It is set up' }).waitFor();
    await world.advance(31);

    const started = await world.start('remy', { returnUrl });
    await page.goto(started.body.promptUrl);
    await page.getByRole('button', { name: 'Text me' }).click();
    await page.locator('strong.number').waitFor();
    await isUsable(page);
    await replyWithShown(1);
    await page.waitForURL((url) => url.pathname === '/back');

    expect((await world.api('GET', `/v1/challenges/${started.body.challengeId}`)).body.status).toBe('approved');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
