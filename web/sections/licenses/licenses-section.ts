/** The section of licenses and orders: what is bought and used, the orders, a page to order on, and the export for billing (row 1.2). */
import { element, paragraph, type Content } from '../../dom/element.ts';
import { reasonedButton } from '../../dom/reasoned-button.ts';
import { tableOf } from '../../dom/table.ts';
import { monthsBack, numberText } from '../../frame/texts.ts';
import { now } from '../../frame/time.ts';
import type { Console } from '../../pages/console/console.ts';
import type { LicensesWords } from '../../words/en/console-licenses.ts';
import { billingBox } from './billing.ts';
import { licenseItems, type LicenseItem, type Licenses } from './license-answers.ts';
import { showOrderPage } from './order-page.ts';
import { orderList } from './order-list.ts';

function licenseTable(words: LicensesWords, licenses: Licenses): Content[] {
  const table = tableOf<LicenseItem>(words.licenses, [
    { name: words.kind, cell: (item) => words.items[item] },
    { name: words.bought, cell: (item) => numberText(licenses[item].bought) },
    { name: words.used, cell: (item) => numberText(licenses[item].used) },
    { name: words.free, cell: (item) => (licenses[item].metered ? numberText(licenses[item].free) : '–') },
  ]);
  table.add(licenseItems);
  const notes = licenseItems.flatMap((item) => {
    const { ending, metered } = licenses[item];
    if (!metered) return [paragraph(`${words.items[item]}: ${words.unmetered}`, { class: 'soft' })];
    return ending > 0 ? [paragraph(`${words.items[item]}: ${words.ending(numberText(ending))}`, { class: 'soft' })] : [];
  });
  return [element('div', { class: 'list' }, table.box), ...notes];
}

async function showOverview(console: Console, words: LicensesWords): Promise<void> {
  const licenses = await console.ask<Licenses>('GET', console.at('licenses'));
  const why = console.may('administrator') ? undefined : console.words.needsAdministrator;
  const order = element('div', { class: 'row' }, reasonedButton(words.order, () => console.go('licenses', 'order'), why, { look: 'main' }));
  const orders = orderList(console, words, monthsBack(now(), 1)[0] ?? '');
  console.show({
    title: words.titleOf(console.organization.name),
    content: [
      paragraph(words.intro),
      element('h2', {}, words.licenses),
      ...licenseTable(words, licenses),
      order,
      element('h2', {}, words.orders),
      orders.box,
      element('h2', {}, words.billing),
      ...billingBox(console, words),
    ],
  });
  await orders.reload();
}

export async function draw(console: Console, words: LicensesWords, [place]: readonly string[]): Promise<void> {
  if (place === 'order' && console.may('administrator')) await showOrderPage(console, words);
  else await showOverview(console, words);
}
