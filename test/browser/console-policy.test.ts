import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound } from './pages-world.ts';
import { startSectionsWorld, type SectionsWorld } from './sections-world.ts';

let sections: SectionsWorld;
beforeAll(async () => {
  sections = await startSectionsWorld();
}, 120_000);
afterAll(() => sections.stop());

const companyPolicy = '/v1/organizations/company-two/policy';

describe('the policy in the console', () => {
  it('is shown with who set each rule', async () => {
    const { page, context, complaints } = await sections.open('company', 'company-two/policy');
    await page.getByRole('heading', { name: 'Policy of Company Two' }).waitFor();
    await expectSound(page, 'policy-own');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
