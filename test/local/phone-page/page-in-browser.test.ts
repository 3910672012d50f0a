import { describe, expect, it } from 'vitest';

import { expectAccessible, hasBrowser, openInBrowser } from './browser.ts';
import { openPage } from './page.ts';

describe.skipIf(!hasBrowser)('the phone page in a browser', () => {
  it('rings, is answered and typed to by keyboard alone, and says the outcome', async () => {
    const { url, ring, entries, clock } = await openPage();
    const { page, complaints } = await openInBrowser(url);
    ring();

    await page.getByText('Ringing', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Answer' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Hang up' }).waitFor();
    await page.keyboard.type('4711#');
    await page.getByRole('listitem').filter({ hasText: 'Thank you. Goodbye.' }).waitFor();
    await expectAccessible(page);
    await clock.pass(5);
    await page.locator('#status', { hasText: 'Ended: the caller hung up' }).waitFor();

    expect(entries).toEqual(['4711']);
    await expect.poll(() => page.locator('#quiet').textContent()).toBe('Ended: the caller hung up');
    expect(complaints).toEqual([]);
  });

  it('shows the calls of the chosen number, and the next one when the first is refused', async () => {
    const { url, ring } = await openPage();
    const { page } = await openInBrowser(url);
    ring('+12025550142');
    ring('+12025550199');

    await page.locator('#dialled', { hasText: '+1 202 555 0142' }).waitFor();
    await page.getByRole('button', { name: 'Busy' }).click();
    await page.locator('#dialled', { hasText: '+1 202 555 0199' }).waitFor();
    await page.getByLabel('Number').selectOption('+12025550142');
    await page.locator('#status', { hasText: 'Ended: the line was busy' }).waitFor();

    expect(await page.getByRole('button', { name: 'Answer' }).isVisible()).toBe(false);
  });

  it('takes a reply to a text, shows mail where nothing runs, and fits a small screen', async () => {
    const { url, outbox } = await openPage();
    const heard: { kind: string; reply?: { text: string } }[] = [];
    outbox.listen((event) => heard.push(event));
    outbox.accept({ channel: 'sms', to: '+12025550142', from: '+12025550100', text: 'Reply 492039.' });
    const html = '<p id="said">Hello</p><script>said.textContent = "ran"</script>';
    const text = `See http://localhost:4281/set-up#${'x'.repeat(80)}`;
    outbox.accept({ channel: 'email', to: 'ada@example.com', from: 'mfa@example.com', subject: 'Set up', text, html });
    const { page } = await openInBrowser(url, { viewport: { width: 320, height: 640 }, colorScheme: 'dark' });

    await page.getByLabel('Reply to +1 202 555 0100').fill('492039');
    await page.keyboard.press('Enter');
    await page.getByText('You, ').waitFor();
    await page.getByRole('tab', { name: 'Mail' }).click();
    await page.getByText('Set up', { exact: true }).click();
    await page.getByRole('link', { name: /set-up/ }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Formatted' }).click();

    expect(heard).toMatchObject([{ kind: 'replied', reply: { text: '492039' } }]);
    expect(width).toBe(320);
    expect(await page.frameLocator('iframe').locator('#said').textContent()).toBe('Hello');
  });

  it('moves the clock', async () => {
    const { url, clock } = await openPage();
    const { page } = await openInBrowser(url);
    const before = clock.now();

    await page.getByRole('button', { name: '+ 1 h' }).click();

    await expect.poll(() => clock.now() - before).toBe(3600 * 1000);
  });
});
