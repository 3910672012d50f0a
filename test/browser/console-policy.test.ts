import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectSound } from './pages-world.ts';
import { goTo, startSectionsWorld, type SectionsWorld } from './sections-world.ts';

let sections: SectionsWorld;
beforeAll(async () => {
  sections = await startSectionsWorld();
}, 120_000);
afterAll(() => sections.stop());

const policyPath = '/v1/organizations/company-two/policy';
const rule = (page: Page, name: string) => page.locator(`[data-rule=${name}]`);

describe('the policy in the console', () => {
  it('is enforced by the reseller after a rehearsal, and greyed out for the company, by page and by curl (row 2.3)', async () => {
    const [reseller, company] = [await sections.open('reseller', 'company-two/policy'), await sections.open('company', 'company-two/policy')];
    await expectSound(company.page, 'policy-own');
    await reseller.page.getByLabel('Required').check();
    await reseller.page.getByLabel('Local users').check();
    await reseller.page.getByRole('button', { name: 'Save: Who has to confirm' }).click();
    await reseller.page.getByRole('heading', { name: 'Before it holds' }).waitFor();
    await expectSound(reseller.page, 'policy-rehearsal');
    const redirected = await reseller.page.locator('.measure', { hasText: 'Sent to set up' }).locator('strong').textContent();
    await reseller.page.getByRole('button', { name: 'Confirm and save' }).click();
    await reseller.page.getByText('Saved. It holds from now on.').waitFor();

    await company.page.reload();
    await rule(company.page, 'enforcement').getByText('Enforced by Reseller One: it cannot be changed here.').waitFor();
    await expectSound(company.page, 'policy-greyed-out');
    const disabled = await rule(company.page, 'enforcement').locator('input').evaluateAll((inputs) => inputs.map((input) => [(input as HTMLInputElement).value, (input as HTMLInputElement).disabled]));
    const loosened = await sections.asked('company', 'PATCH', policyPath, { enforcement: 'optional' });

    expect(redirected).toBe('2');
    expect(disabled).toEqual([['optional', true], ['offered', true], ['required', true]]);
    expect([loosened.status, loosened.body.type]).toEqual([403, expect.stringContaining('policy-forbids')]);
    expect((await sections.asked('company', 'GET', policyPath)).body.rules.enforcement).toMatchObject({ value: 'required', setBy: 'reseller-one', mayChange: false });
    expect([...reseller.complaints, ...company.complaints]).toEqual([]);
    await Promise.all([reseller.context.close(), company.context.close()]);
  });

  it('is made stricter by the company where the reseller left room, and taken back', async () => {
    await sections.asked('reseller', 'PATCH', policyPath, { pin: { minimumLength: 5 } });
    const { page, context } = await sections.open('company', 'company-two/policy');
    await rule(page, 'pin').getByText('Enforced by Reseller One: it can only be made stricter here.').waitFor();
    expect(await rule(page, 'pin').locator('option:disabled').allTextContents()).toEqual(['4']);
    await rule(page, 'pin').locator('select').selectOption('6');
    await page.getByRole('button', { name: 'Save: Ways to confirm' }).click();
    await rule(page, 'pin').getByText('A PIN has at least 6 digits.').waitFor();
    await rule(page, 'pin').getByRole('button', { name: 'Take this rule back' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Take this rule back' }).click();
    await rule(page, 'pin').getByText('A PIN has at least 5 digits.').waitFor();

    expect((await sections.asked('company', 'GET', policyPath)).body.rules.pin).toMatchObject({ value: { minimumLength: 5 }, setBy: 'reseller-one' });
    await context.close();
  });

  it('of telephones alone asks who accepts that', async () => {
    const { page, context } = await sections.open('company', 'company-two/policy');
    await rule(page, 'methods').getByLabel('Passkey').waitFor();
    for (const box of await rule(page, 'methods').getByRole('checkbox', { name: /^(Passkey|App|Authenticator|Hardware|Code by mail)/ }).all()) await box.uncheck();
    await page.getByRole('button', { name: 'Save: Ways to confirm' }).click();
    await page.getByRole('heading', { name: 'Telephones alone' }).waitFor();
    await expectSound(page, 'policy-telephones');
    await page.getByRole('button', { name: 'Confirm and save' }).click();
    await page.getByText('Name who accepts it.').waitFor();
    await page.getByLabel('Who accepts that').fill('Carl Company');
    await page.keyboard.press('Enter');
    await page.getByText('Carl Company accepted that telephones alone protect sign-ins.').waitFor();
    await rule(page, 'methods').getByRole('button', { name: 'Take this rule back' }).click();
    await page.locator('dialog').getByRole('button', { name: 'Take this rule back' }).click();
    await page.getByText('The rule was taken back.').waitFor();
    await context.close();
  });

  it('loses nothing of two who change it at once', async () => {
    const { page, context } = await sections.open('company', 'company-two/policy');
    await rule(page, 'countries').getByLabel('Another country').selectOption('GB');
    await rule(page, 'countries').getByRole('button', { name: 'Add' }).click();
    await sections.asked('company', 'PATCH', policyPath, { lockout: { failures: 3 } });
    await page.getByRole('button', { name: 'Save: Calls and texts' }).click();
    await page.getByRole('button', { name: 'Confirm and save' }).click();
    await page.getByText('Somebody else has changed the policy meanwhile').waitFor();
    await rule(page, 'lockout').getByText('After 3 wrong answers').waitFor();
    expect(await rule(page, 'countries').getByLabel('United Kingdom').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Save: Calls and texts' }).click();
    await page.getByRole('button', { name: 'Confirm and save' }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();

    const { rules } = (await sections.asked('company', 'GET', policyPath)).body;
    expect([rules.lockout.value.failures, rules.countries.value]).toEqual([3, ['CA', 'GB', 'US']]);
    await context.close();
  });

  it('is for reading alone where an auditor looks', async () => {
    const { page, context } = await sections.open('auditor', 'company-two/policy');
    await page.getByText('You can read all of this, and change nothing.').waitFor();

    expect(await page.locator('main button').count()).toBe(0);
    expect(await page.locator('main :is(input, select, textarea):not(:disabled)').count()).toBe(0);
    expect((await sections.asked('auditor', 'PATCH', policyPath, { pin: { minimumLength: 8 } })).status).toBe(403);
    await context.close();
  });

  it('is sound on a small phone, in the dark, in Spanish and in French', async () => {
    for (const [name, options] of [['small', { viewport: { width: 320, height: 640 }, locale: 'es-MX' }], ['dark', { colorScheme: 'dark', locale: 'fr-CA' }]] as const) {
      const { page, context } = await sections.open('company', 'company-two/policy', options);
      await rule(page, 'methods').waitFor();
      await expectSound(page, `policy-${name}`);
      await context.close();
    }
  });

  it('of a reseller holds for all of its companies, and says so there', async () => {
    const { page, context } = await sections.open('reseller', 'reseller-one/policy');
    await page.getByText('Whatever is set here holds for all of its companies too').waitFor();
    await rule(page, 'passkeys').getByLabel('Always ask who holds it').check();
    await page.getByRole('button', { name: 'Save: Ways to confirm' }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    await goTo(page, 'company-three/policy');
    await rule(page, 'passkeys').getByText('Enforced by your organization, for all of its companies: it cannot be changed here.').waitFor();

    expect(await rule(page, 'passkeys').locator('input').isDisabled()).toBe(true);
    await context.close();
  });
});
