/** The rehearsal of a policy: whom it would send to set up, whom it would lock out, and what it would cost, before it holds. */
import { element, paragraph, type Content } from '../../dom/element.ts';
import type { Console } from '../../pages/console/console.ts';
import type { PolicyWords } from '../../words/en/console-policy.ts';
import type { PolicyChange } from './policy-answers.ts';

interface Concerned {
  readonly count: number;
  /** Some of them. */
  readonly userIds: readonly string[];
}

export interface Rehearsal {
  readonly days: number;
  readonly users: number;
  readonly ready: number;
  readonly redirected: Concerned;
  readonly lockedOut: Concerned;
  readonly notBound: number;
  readonly cost: { readonly currency: string; readonly perMonth: number };
  /** Not all users were looked at. */
  readonly partial?: true;
}

const numberText = (value: number): string => value.toLocaleString(document.documentElement.lang);
const moneyText = (value: number, currency: string): string => value.toLocaleString(document.documentElement.lang, { style: 'currency', currency });

function line(count: string, name: string, text: string, tone = ''): HTMLElement {
  return element('div', { class: `measure ${tone}`.trim() }, element('dt', {}, name), element('dd', {}, element('strong', {}, count), element('span', { class: 'what' }, text)));
}

function lockedOutList(console: Console, { rehearsal: words }: PolicyWords, { count, userIds }: Concerned): Content[] {
  if (count === 0) return [paragraph(words.nobodyLockedOut)];
  const rows = userIds.map((userId) => element('li', {}, console.link(userId, 'users', 'user', userId)));
  const more = count > userIds.length ? element('li', {}, words.andMore(count - userIds.length)) : undefined;
  return [element('details', {}, element('summary', {}, words.who), element('ul', {}, ...rows, more))];
}

export function rehearsalReport(console: Console, words: PolicyWords, found: Rehearsal): Content[] {
  const { rehearsal } = words;
  const { ready, redirected, lockedOut, notBound, cost } = found;
  const tone = lockedOut.count > 0 ? 'bad' : 'good';
  return [
    element('h3', {}, rehearsal.title),
    paragraph(rehearsal.text(found.days, found.users), { class: 'soft' }),
    element(
      'dl',
      { class: 'measures' },
      line(numberText(ready), rehearsal.ready, rehearsal.readyText),
      line(numberText(redirected.count), rehearsal.redirected, rehearsal.redirectedText),
      line(numberText(lockedOut.count), rehearsal.lockedOut, rehearsal.lockedOutText, tone),
      line(numberText(notBound), rehearsal.notBound, rehearsal.notBoundText),
      line(moneyText(cost.perMonth, cost.currency), rehearsal.cost, rehearsal.costText),
    ),
    found.partial ? paragraph(rehearsal.partly) : undefined,
    ...lockedOutList(console, words, lockedOut),
  ];
}

export const rehearse = (console: Console, change: PolicyChange): Promise<Rehearsal> => console.ask<Rehearsal>('POST', console.at('policy', 'rehearsal'), change);
