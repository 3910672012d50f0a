/** The section of spend: what a month has cost, by kind, against what a day may hold. */
import { choice } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { tableOf } from '../../dom/table.ts';
import { dayText, moneyText, monthsBack, monthText, numberText } from '../../frame/texts.ts';
import { now } from '../../frame/time.ts';
import type { Console } from '../../pages/console/console.ts';
import { withQuery } from '../../pages/console/every-page.ts';
import type { SpendWords } from '../../words/en/console-spend.ts';

interface Costs {
  readonly month: string;
  readonly currency: string;
  readonly pricesAsOf: string;
  readonly total: number;
  readonly items: readonly { readonly kind: keyof SpendWords['kinds']; readonly count: number; readonly cost: number }[];
}

interface SpendPolicy {
  readonly rules: { readonly spend: { readonly value: { readonly sendsPerDay: number } } };
}

const mostMonths = 13;

function costTable(words: SpendWords, { items, total, currency }: Costs): HTMLElement {
  const rows = [
    ...items.map(({ kind, count, cost }) => ({ name: words.kinds[kind], count: numberText(count), cost: moneyText(cost, currency) })),
    { name: words.total, count: numberText(items.reduce((sum, { count }) => sum + count, 0)), cost: moneyText(total, currency) },
  ];
  const table = tableOf<(typeof rows)[number]>(words.title, [
    { name: words.kind, cell: ({ name }) => name },
    { name: words.count, cell: ({ count }) => count },
    { name: words.cost, cell: ({ cost }) => cost },
  ]);
  table.add(rows);
  return element('div', { class: 'list sums' }, table.box);
}

export async function draw(console: Console, words: SpendWords, [chosen]: readonly string[]): Promise<void> {
  const months = monthsBack(now(), mostMonths);
  const month = months.find((each) => each === chosen) ?? months[0] ?? '';
  const [costs, policy] = await Promise.all([
    console.ask<Costs>('GET', withQuery(console.at('costs'), { month })),
    console.ask<SpendPolicy>('GET', console.at('policy')),
  ]);
  const chooser = choice(words.month, months.map((each) => [each, monthText(each)]));
  chooser.input.value = month;
  chooser.box.classList.add('narrow-field');
  chooser.input.addEventListener('change', () => console.go('spend', chooser.value()));
  const limit = element('p', {}, `${words.limit(numberText(policy.rules.spend.value.sendsPerDay))} `, console.link(words.toPolicy, 'policy'));
  console.show({
    title: words.titleOf(monthText(month), console.organization.name),
    content: [paragraph(words.intro), chooser.box, costTable(words, costs), paragraph(words.pricesAsOf(dayText(costs.pricesAsOf)), { class: 'soft' }), limit],
    // Whoever chose a month goes on choosing.
    ...(chosen === undefined ? {} : { focus: chooser.input }),
  });
}
