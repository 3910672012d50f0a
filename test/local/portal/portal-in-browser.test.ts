import { describe, expect, it } from 'vitest';

import { expectAccessible, hasBrowser, openInBrowser } from '../phone-page/browser.ts';
import { demo, openPortal, type Reply } from './fake-countersign.ts';
import { approved, pending, replies } from './signed-into.ts';

const calling = (state: string, attempt: number, show: string) => ({
  ...pending,
  progress: { factorId: 'fac_phone', attempt, of: 5, state, show },
});

async function openSignedOut(options = {}) {
  const now: { is: Reply } = { is: pending };
  const { url } = await openPortal((asked) => {
    if (asked.path.endsWith('/send')) now.is = calling('ringing', 1, '42');
    return replies(pending, now.is)(asked);
  });
  const { page, complaints } = await openInBrowser(url, options);
  await page.getByLabel('Name').fill(demo.userId);
  await page.getByLabel('Password').fill(demo.password);
  await page.keyboard.press('Enter');
  await page.getByText('Confirm that it is you').waitFor();
  return { page, complaints, now };
}

describe.skipIf(!hasBrowser)('the demo portal in a browser', () => {
  it('shows the number and the attempts while the telephone rings, and signs in by itself', async () => {
    const { page, complaints, now } = await openSignedOut();
    await expectAccessible(page);

    await page.getByRole('button', { name: /^Call/ }).click();
    await page.getByText('attempt 1 of 5. Your telephone is ringing.').waitFor();
    expect(await page.locator('#show strong').textContent()).toBe('42');
    await expectAccessible(page);
    now.is = calling('no-answer', 2, '77');
    await page.getByText('attempt 2 of 5. Nobody answered.').waitFor();
    expect(await page.locator('#show strong').textContent()).toBe('77');
    now.is = approved;
    await page.getByText('You are signed in as demo').waitFor();

    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  it('needs no script', async () => {
    const { page, now } = await openSignedOut({ javaScriptEnabled: false });

    await page.getByRole('button', { name: /^Call/ }).click();
    await page.getByText('attempt 1 of 5').waitFor();
    now.is = approved;

    await expect.poll(() => page.locator('h1').textContent(), { timeout: 10_000 }).toBe('Signed in');
  });
});
