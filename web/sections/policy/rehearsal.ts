/** The rehearsal of a policy: whom it would send to set up, whom it would shut out, and what it would cost, before it holds. */
import { element, paragraph, type Content } from '../../dom/element.ts';
import { tableOf } from '../../dom/table.ts';
import { dayText, moneyText, numberText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import { addressOf } from '../../pages/console/place.ts';
import { withQuery } from '../../pages/console/every-page.ts';
import type { PolicyWords } from '../../words/en/console-policy.ts';
import type { PolicyChange } from './policy-answers.ts';

interface Touched {
  readonly organizationId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly because?: keyof PolicyWords['rehearsal']['because'];
  readonly lastSignIn?: string;
}

type NumberName = 'examined' | 'untouched' | 'asked' | 'redirected' | 'lockedOut' | 'losingFactors';

interface Bill {
  readonly amount: number;
}

export interface Rehearsal {
  readonly complete: boolean;
  readonly numbers: Readonly<Record<NumberName, number>>;
  readonly redirected: readonly Touched[];
  readonly lockedOut: readonly Touched[];
  readonly setUpUntil?: string;
  readonly signIns: { readonly counted: number; readonly open: number };
  readonly cost: { readonly currency: string; readonly before: Bill; readonly after: Bill; readonly mostWithOpen: number };
  readonly cursor?: string;
}

/** What the answers of several requests, each about people of its own, come to. */
export function together(one: Rehearsal, other: Rehearsal): Rehearsal {
  const sum = (name: NumberName): [NumberName, number] => [name, one.numbers[name] + other.numbers[name]];
  const bill = (name: 'before' | 'after'): Bill => ({ amount: one.cost[name].amount + other.cost[name].amount });
  return {
    ...other,
    complete: other.complete,
    numbers: Object.fromEntries((Object.keys(one.numbers) as NumberName[]).map(sum)) as Rehearsal['numbers'],
    redirected: [...one.redirected, ...other.redirected],
    lockedOut: [...one.lockedOut, ...other.lockedOut],
    signIns: { counted: one.signIns.counted + other.signIns.counted, open: one.signIns.open + other.signIns.open },
    cost: { ...other.cost, before: bill('before'), after: bill('after'), mostWithOpen: one.cost.mostWithOpen + other.cost.mostWithOpen },
  };
}

/** Beyond so many requests people would rather decide than wait; the report says that it is not whole. */
const mostRequests = 6;

export async function rehearse(console: Console, change: PolicyChange): Promise<Rehearsal> {
  const ask = (cursor?: string): Promise<Rehearsal> => console.ask<Rehearsal>('POST', withQuery(console.at('policy', 'rehearsal'), { cursor }), change);
  let found = await ask();
  for (let asked = 1; found.cursor !== undefined && asked < mostRequests; asked += 1) found = together(found, await ask(found.cursor));
  return found;
}

function line(count: string, name: string, text: string, tone = ''): HTMLElement {
  return element('div', { class: `measure ${tone}`.trim() }, element('dt', {}, name), element('dd', {}, element('strong', {}, count), element('span', { class: 'what' }, text)));
}

function costLine({ rehearsal: words }: PolicyWords, { cost, signIns }: Rehearsal): HTMLElement {
  const { currency, before, after, mostWithOpen } = cost;
  const most = signIns.open > 0 ? ` ${words.costMost(moneyText(mostWithOpen, currency))}` : '';
  return line(moneyText(after.amount, currency), words.cost, `${words.costText(moneyText(before.amount, currency), numberText(signIns.counted))}${most}`);
}

/** Undefined when it is nobody. */
function peopleBox(console: Console, words: PolicyWords, summary: string, people: readonly Touched[], count: number): Content {
  if (people.length === 0) return undefined;
  const table = tableOf<Touched>(summary, [
    { name: words.rehearsal.name, cell: ({ organizationId, userId, displayName }) => element('a', { href: addressOf(organizationId, 'users', 'user', userId), target: '_blank' }, displayName) },
    { name: words.rehearsal.userId, cell: ({ userId }) => userId },
    { name: words.rehearsal.lastSignIn, cell: ({ lastSignIn }) => (lastSignIn === undefined ? console.words.never : dayText(lastSignIn)) },
    ...(people.some(({ because }) => because) ? [{ name: words.rehearsal.why, cell: ({ because }: Touched) => (because ? words.rehearsal.because[because] : '') }] : []),
  ]);
  table.add(people);
  const more = count > people.length ? paragraph(words.rehearsal.andMore(count - people.length)) : undefined;
  return element('details', {}, element('summary', {}, summary), element('div', { class: 'list' }, table.box), more);
}

export function rehearsalReport(console: Console, words: PolicyWords, found: Rehearsal): Content[] {
  const { rehearsal } = words;
  const { numbers, redirected, lockedOut, setUpUntil } = found;
  const until = setUpUntil === undefined ? '' : ` ${rehearsal.until(dayText(setUpUntil))}`;
  return [
    element('h3', {}, rehearsal.title),
    paragraph(rehearsal.text(numberText(numbers.examined)), { class: 'soft' }),
    element(
      'dl',
      { class: 'measures' },
      line(numberText(numbers.redirected), rehearsal.redirected, `${rehearsal.redirectedText}${until}`),
      line(numberText(numbers.lockedOut), rehearsal.lockedOut, rehearsal.lockedOutText, numbers.lockedOut > 0 ? 'bad' : 'good'),
      line(numberText(numbers.asked), rehearsal.asked, rehearsal.askedText),
      line(numberText(numbers.untouched), rehearsal.untouched, rehearsal.untouchedText),
      costLine(words, found),
    ),
    numbers.losingFactors > 0 ? paragraph(rehearsal.losing(numberText(numbers.losingFactors))) : undefined,
    found.complete ? undefined : paragraph(rehearsal.partly),
    peopleBox(console, words, rehearsal.whoLockedOut, lockedOut, numbers.lockedOut),
    peopleBox(console, words, rehearsal.whoRedirected, redirected, numbers.redirected),
  ];
}
