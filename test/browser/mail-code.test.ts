import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../journeys/local-world.ts';
import { expectSound, startPagesWorld, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(() => pages.stop());

/** The code of the newest mail, when there is one more than before. */
const codeOf = (to: string, earlier: number): Promise<string> =>
  eventually(`a code for ${to}`, async () => {
    const mails = (await pages.world.phone('GET', `/api/messages?to=${encodeURIComponent(to)}`)).body as { text: string }[];
    const codes = mails.flatMap(({ text }) => /\b\d{6,8}\b/.exec(text.replaceAll(/(\d) (?=\d)/g, '$1')) ?? []);
    return codes.length > earlier ? codes.at(-1) : undefined;
  });

describe('a code by mail', () => {
  it('is set up on the page, hands out a recovery key, and signs in on the prompt (rows 4.1, 4.2)', async () => {
    const { world, returnUrl } = pages;
    await world.makeUser('milo');
    const { page, complaints, context } = await pages.open();
    const first = await world.start('milo', { returnUrl });
    await page.goto(first.body.setupUrl);
    await page.getByRole('button', { name: /^Code by mail/ }).click();
    await page.getByRole('heading', { name: 'Look at your mail' }).waitFor();
    await expectSound(page, 'set-up-mail');
    await page.getByRole('textbox').fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText('That was not accepted.').waitFor();
    await page.keyboard.type(await codeOf('milo@acme.example', 0));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keep your recovery key' }).waitFor();
    expect((await world.api('GET', `/v1/challenges/${first.body.challengeId}`)).body.status).toBe('approved');

    await world.advance(31);
    const second = await world.start('milo', { returnUrl });
    await page.goto(second.body.promptUrl);
    await page.getByRole('button', { name: 'Mail me a code' }).waitFor();
    await expectSound(page, 'prompt-mail');
    await page.getByRole('button', { name: 'Mail me a code' }).click();
    await page.getByRole('textbox').fill(await codeOf('milo@acme.example', 1));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/back');
    const { result } = (await world.api('GET', `/v1/challenges/${second.body.challengeId}`)).body;
    expect((await world.api('POST', '/v1/results/redeem', { result })).body).toMatchObject({ acr: 'low', sub: 'milo' });
    expect(complaints).toEqual([]);
    await context.close();
  });
});
