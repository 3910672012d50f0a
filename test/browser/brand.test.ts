import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawing } from '../support/logos.ts';
import { expectSound, startPagesWorld, type PagesWorld } from './pages-world.ts';

let pages: PagesWorld;
beforeAll(async () => {
  pages = await startPagesWorld();
}, 120_000);
afterAll(() => pages.stop());

const logo = `data:image/svg+xml;base64,${Buffer.from(drawing('<circle cx="4" cy="4" r="4" fill="#c05"/>', ' width="64" height="64"')).toString('base64')}`;

describe('an organization\'s own look', () => {
  it.each(['light', 'dark'] as const)('shows its name, logo and color, and stays readable in %s', async (colorScheme) => {
    const { world, returnUrl } = pages;
    const { organizationId } = world.stack.running;
    expect((await world.api('PUT', `/v1/organizations/${organizationId}/brand`, { color: '#ffe600', logo })).status).toBe(200);
    await world.makeUser(`bea-${colorScheme}`);
    await world.addTotp(`bea-${colorScheme}`);
    const { page, complaints, context } = await pages.open({ colorScheme });
    const { promptUrl } = (await world.start(`bea-${colorScheme}`, { returnUrl })).body;

    await page.goto(promptUrl);
    await page.getByRole('button', { name: 'Continue' }).or(page.getByRole('button', { name: 'Confirm' })).first().waitFor();
    const shown = page.getByRole('img', { name: /^Logo of / });
    expect(await shown.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(64);
    const brand = await page.evaluate(() => document.documentElement.style.getPropertyValue('--brand'));
    expect(brand === '#ffe600').toBe(colorScheme === 'dark');
    await expectSound(page, `brand-${colorScheme}`);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
