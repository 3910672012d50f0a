import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvOf } from '../support/token-world.ts';
import { expectSound } from './pages-world.ts';
import { goTo, startSectionsWorld, type SectionsWorld } from './sections-world.ts';

let sections: SectionsWorld;
beforeAll(async () => {
  sections = await startSectionsWorld();
}, 120_000);
afterAll(() => sections.stop());

const inDialog = (page: Page) => page.locator('dialog[open]');
const textOf = async (download: Download): Promise<string> => readFileSync(await download.path(), 'utf8');
/** By its heading in the three languages: the section before stands until the next one is drawn. */
const places: Readonly<Record<string, RegExp>> = {
  policy: /^(Policy|Directiva|Règles) /,
  licenses: /^(Licenses|Licencias|Licences) /,
  tokens: /^(Hardware|Tokens|Jetons) /,
  audit: /^(Audit|Registro|Journal) /,
  spend: /^(Spend|Gasto|Dépenses) /,
  portals: /^(Portals|Portales|Portails) /,
  organization: /^(Name|Nombre|Nom) /,
};

describe('a company', () => {
  it('is made by its reseller with confirmation enforced for local users, which it cannot turn off (row 2.1)', async () => {
    const { page, context, complaints } = await sections.open('reseller', 'reseller-one/companies');
    await page.getByRole('button', { name: 'Add a company' }).click();
    await inDialog(page).getByLabel('Name', { exact: true }).fill('Company Four');
    await inDialog(page).getByLabel('ID').fill('company-two');
    await inDialog(page).getByLabel('Enforce confirmation for local users').check();
    await inDialog(page).getByRole('button', { name: 'Add a company' }).click();
    await inDialog(page).getByText('There is an organization by this ID already.').waitFor();
    await expectSound(page, 'companies-add');
    await inDialog(page).getByLabel('ID').fill('company-four');
    await inDialog(page).getByRole('button', { name: 'Add a company' }).click();
    await page.getByText('Company Four was added.').waitFor();
    await page.getByRole('link', { name: 'Company Four' }).waitFor();
    await expectSound(page, 'companies');

    const { rules } = (await sections.asked('reseller', 'GET', '/v1/organizations/company-four/policy')).body;
    expect([rules.enforcement, rules.appliesTo]).toMatchObject([{ value: 'required', setBy: 'reseller-one' }, { value: 'local-users', setBy: 'reseller-one' }]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is shown in its own color, as far as that can be read', async () => {
    const { page, context } = await sections.open('company', 'company-two/organization');
    await page.getByLabel('A color of your own').check();
    await page.getByLabel('Color', { exact: true }).fill('#ffee00');
    await page.getByText('It could not be read as it is').first().waitFor();
    await page.getByLabel('Logo', { exact: true }).setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#a00"/></svg>') });
    await page.getByRole('img', { name: 'Logo' }).waitFor();
    await expectSound(page, 'organization-brand');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByText('Saved. Pages look so from now on.').waitFor();

    expect((await sections.asked('company', 'GET', '/v1/organizations/company-two/brand')).body).toMatchObject({ color: '#ffee00', logo: expect.stringMatching(/^data:image\/svg/) });
    await context.close();
  });
});

describe('licenses', () => {
  it('are ordered once the agreement is accepted, counted, canceled, and exported for billing (row 1.2)', async () => {
    const { page, context, complaints } = await sections.open('company', 'company-two/licenses');
    await page.getByRole('button', { name: 'Order licenses' }).click();
    await page.getByLabel('How many').fill('25');
    await page.getByRole('button', { name: 'Order', exact: true }).click();
    await page.getByText('Accept the agreement first.').waitFor();
    await expectSound(page, 'licenses-order');
    await page.getByLabel('I accept the agreement').check();
    await page.getByLabel('Promo code').fill('NOSUCH');
    await page.getByRole('button', { name: 'Order', exact: true }).click();
    await page.getByText('This promo code cannot be used.').waitFor();
    await page.getByLabel('Promo code').fill('');
    await page.getByRole('button', { name: 'Order', exact: true }).click();
    await page.getByText('Ordered: 25 × Telephone').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as CSV' }).click();
    const bill = await textOf(await downloading);
    await page.getByRole('button', { name: 'Cancel the order: 25 × Telephone' }).click();
    await inDialog(page).getByRole('button', { name: 'Cancel the order' }).click();
    await page.getByText('The order was canceled.').waitFor();
    await page.getByText('25 of them end with this month.').waitFor();
    await expectSound(page, 'licenses');

    expect((await sections.asked('company', 'GET', '/v1/organizations/company-two/licenses')).body.phone).toMatchObject({ bought: 25, used: 0, ending: 25 });
    expect(bill).toContain('"company-two","Company Two"');
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('are not ordered by whoever presses Cancel', async () => {
    const { page, context } = await sections.open('company', 'company-two/licenses/order');
    await page.getByLabel('I accept the agreement').check();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Licenses and orders of Company Two' }).waitFor();

    expect((await sections.asked('company', 'GET', '/v1/organizations/company-two/orders')).body.orders).toHaveLength(1);
    await context.close();
  });
});

describe('tokens', () => {
  it('come from a file in parts, with those rows named that cannot be used, and leave the stock again', async () => {
    const { page, context, complaints } = await sections.open('company', 'company-two/tokens/import');
    const choose = async (content: string): Promise<void> => {
      await page.getByLabel('File').setInputFiles({ name: 'tokens.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
      await page.getByRole('button', { name: 'Import', exact: true }).click();
    };
    const many = Array.from({ length: 620 }, (_, index) => index + 1);
    await choose(`${csvOf(many)}AB9999,totp,00ff\n`);
    await page.getByRole('heading', { name: 'The file was refused' }).waitFor();
    await page.getByRole('row', { name: /^621 .*The seed has less than 128 bits/ }).waitFor();
    await expectSound(page, 'tokens-refused');
    await page.getByRole('button', { name: 'Import another file' }).click();
    await choose(csvOf(many));
    await page.getByText('620 tokens were imported.').waitFor();
    await page.getByRole('link', { name: 'To the stock' }).click();
    await page.getByRole('row', { name: /^AB0050 / }).waitFor();
    await expectSound(page, 'tokens');
    await page.getByLabel('Credential ID').fill('ab0600');
    await page.keyboard.press('Enter');
    await page.getByText('1 shown.').waitFor();
    await page.getByRole('button', { name: 'Remove: AB0600' }).click();
    await inDialog(page).getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The token was removed.').waitFor();

    expect((await sections.asked('company', 'GET', '/v1/organizations/company-two/tokens?credentialId=AB0600')).body.tokens).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('portals', () => {
  it('are made with a key that is shown once and works, get a second one, and are disabled', async () => {
    const { page, context, complaints } = await sections.open('company', 'company-two/portals');
    const showOnce = async (): Promise<string> => {
      await page.getByRole('heading', { name: 'The new key' }).waitFor();
      await expectSound(page, 'portals-key');
      const shown = (await inDialog(page).locator('.key').textContent()) ?? '';
      await inDialog(page).getByLabel('I have put it where it belongs').check();
      await inDialog(page).getByRole('button', { name: 'Continue' }).click();
      return shown;
    };
    await page.getByRole('button', { name: 'Add a portal' }).click();
    await inDialog(page).getByLabel('Name').fill('Customer portal');
    await inDialog(page).getByRole('button', { name: 'Add a portal' }).click();
    const key = await showOnce();
    await page.getByRole('heading', { name: 'Customer portal' }).waitFor();
    await page.getByRole('button', { name: 'Add a second key' }).click();
    await inDialog(page).getByRole('button', { name: 'Add a second key' }).click();
    const second = await showOnce();
    await page.getByText('It has two keys already: remove one first.').waitFor();
    await expectSound(page, 'portals-portal');
    const asks = async (clientKey: string): Promise<number> => (await sections.pages.world.api('GET', '/v1/organizations/company-two/users/carl', undefined, { key: clientKey })).status;
    const before = [await asks(key), await asks(second)];
    await page.getByRole('button', { name: 'Disable' }).click();
    await inDialog(page).getByRole('button', { name: 'Disable' }).click();
    await page.getByText('The portal is disabled.').waitFor();

    expect([...before, await asks(key)]).toEqual([200, 200, 401]);
    expect(await page.content()).not.toContain(key);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('the audit trail', () => {
  it('is found by kind, said in plain words, and taken along to its end', async () => {
    const { page, context } = await sections.open('company', 'company-two/audit');
    await page.getByRole('row', { name: /Portal added/ }).waitFor();
    await expectSound(page, 'audit');
    await page.getByLabel('What happened').selectOption({ label: 'Portal added' });
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('1 shown.').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as JSON' }).click();
    const events = JSON.parse(await textOf(await downloading)) as { kind: string; actor: string }[];

    expect(events).toMatchObject([{ kind: 'client-created', actor: 'company-two/carl' }]);
    await context.close();
  });
});

describe('every section', () => {
  const settings: readonly (readonly [string, BrowserContextOptions])[] = [
    ['on a small phone in Spanish', { viewport: { width: 320, height: 640 }, locale: 'es-MX' }],
    ['in the dark in French', { colorScheme: 'dark', locale: 'fr-CA', viewport: { width: 1280, height: 800 } }],
  ];
  it.each(settings)('is sound %s, and lets an auditor change nothing', async (name, options) => {
    const { page, context, complaints } = await sections.open('auditor', 'company-two/policy', options);
    for (const [place, heading] of Object.entries(places)) {
      await goTo(page, `company-two/${place}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      await page.locator('.list[aria-busy]').waitFor({ state: 'detached' });
      await expectSound(page, `sections-${name.split(' ')[2] ?? ''}-${place}`);
      expect([place, await page.locator('main button.main:not([aria-disabled])').filter({ hasNotText: /Show|Mostrar|Afficher/ }).count()]).toEqual([place, 0]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });
});
