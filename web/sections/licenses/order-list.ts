/** The orders of an organization, newest first, each with what it costs and a way to cancel it. */
import { button } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { pagedList, type PagedList } from '../../dom/paged-list.ts';
import { dayText, moneyText, numberText } from '../../frame/texts.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console } from '../../pages/console/console.ts';
import { tellCount } from '../../pages/console/tell-count.ts';
import { withQuery } from '../../pages/console/every-page.ts';
import type { LicensesWords } from '../../words/en/console-licenses.ts';
import type { Order, OrderPage } from './license-answers.ts';

export function whatText(words: LicensesWords, { quantity, item, userId, credentialId }: Order): string {
  return [
    words.whatOf(numberText(quantity), words.items[item]),
    ...(userId === undefined ? [] : [words.forUser(userId)]),
    ...(credentialId === undefined ? [] : [words.credential(credentialId)]),
  ].join(', ');
}

const soft = (text: string): HTMLElement => element('span', { class: 'what' }, text);

function statusCell(words: LicensesWords, { status, endsAt }: Order): Content {
  const tone = status === 'active' ? 'state good' : 'state';
  const text = status === 'active' ? words.statuses.active : words.statuses[status](endsAt === undefined ? '' : dayText(endsAt));
  return element('span', { class: tone }, text);
}

function openCancel(console: Console, words: LicensesWords, order: Order, now: string): void {
  const [year = '', month = ''] = now.split('-');
  const end = new Date(Date.UTC(Number(year), Number(month), 0, 12)).toISOString();
  openAction(console, {
    title: words.cancelOf(whatText(words, order)),
    text: words.cancelText(dayText(end)),
    doName: words.cancelOrder,
    act: () => console.ask('POST', `/page/v1/orders/${encodeURIComponent(order.orderId)}/cancel`),
    done: () => console.goTelling(words.canceledNow, 'licenses'),
  });
}

export function orderList(console: Console, words: LicensesWords, now: string): PagedList {
  const mayCancel = console.may('administrator');
  const cancel = (order: Order): Content => {
    if (!mayCancel || order.status !== 'active') return '';
    const press = button(words.cancelOrder, () => openCancel(console, words, order, now));
    press.setAttribute('aria-label', `${words.cancelOrder}: ${whatText(words, order)}`);
    return press;
  };
  return pagedList<Order>({
    name: words.orders,
    columns: [
      { name: words.what, cell: (order) => whatText(words, order) },
      { name: words.perMonth, cell: ({ monthlyTotal, currency, promo }) => [moneyText(monthlyTotal, currency), promo ? soft(words.less(`${String(promo.percentOff)} %`, promo.code)) : undefined] },
      { name: words.ordered, cell: ({ orderedAt, orderedBy }) => [dayText(orderedAt), soft(words.orderedBy(orderedBy))] },
      { name: words.status, cell: (order) => statusCell(words, order) },
      ...(mayCancel ? [{ name: words.cancelOrder, cell: cancel }] : []),
    ],
    load: async (cursor) => {
      const page = await console.attempt(() => console.ask<OrderPage>('GET', withQuery(console.at('orders'), { cursor })));
      return page && { rows: page.orders, cursor: page.cursor };
    },
    empty: () => [paragraph(words.noOrders)],
    moreName: console.words.more,
    tellCount: tellCount(console),
  });
}
