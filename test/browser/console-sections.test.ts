import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound } from './pages-world.ts';
import { goTo, startSectionsWorld, type SectionsWorld } from './sections-world.ts';

let sections: SectionsWorld;
beforeAll(async () => {
  sections = await startSectionsWorld();
}, 120_000);
afterAll(() => sections.stop());

describe('every section', () => {
  it('is sound', async () => {
    const { page, context, complaints } = await sections.open('reseller', 'reseller-one/policy');
    for (const place of ['companies', 'organization', 'licenses', 'licenses/order', 'tokens', 'tokens/import', 'audit', 'spend', 'portals']) {
      await goTo(page, `reseller-one/${place}`);
      await page.waitForTimeout(1500);
      await page.screenshot({ path: `/tmp/gviews/x-${place.replace('/', '-')}.png`, fullPage: true });
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
