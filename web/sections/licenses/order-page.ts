/** The page to order on (row 1.2): kind, number or user, credential ID, promo code, the agreement, and the monthly fee; Cancel abandons it. */
import { Refusal } from '../../ask/ask.ts';
import { button, check, field, form, type Field } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { radios } from '../../dom/radios.ts';
import { moneyText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import type { LicensesWords } from '../../words/en/console-licenses.ts';
import type { LicenseItem, Order, OrderOptions } from './license-answers.ts';
import { whatText } from './order-list.ts';

interface OrderFields {
  readonly quantity: Field;
  readonly userId: Field;
  readonly credentialId: Field;
  readonly promoCode: Field;
}

const mostLicenses = 100_000;

function orderFields(words: LicensesWords): OrderFields {
  const plain = { autocomplete: 'off', maxlength: 64 };
  return {
    quantity: field(words.quantity, { ...plain, inputmode: 'numeric', maxlength: 6, value: '1' }),
    userId: field(words.userId, { ...plain, maxlength: 200 }),
    credentialId: field(words.credentialId, { ...plain, hint: words.credentialHint }),
    promoCode: field(words.promoCode, { ...plain, hint: words.promoHint }),
  };
}

export const readQuantity = (text: string): number | undefined => {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= mostLicenses ? value : undefined;
};

interface Chosen {
  readonly item: LicenseItem;
  readonly isForUser: boolean;
}

/** Undefined, and said at the field, when something is missing. */
function readFields(words: LicensesWords, { quantity, userId, credentialId, promoCode }: OrderFields, { item, isForUser }: Chosen): object | undefined {
  for (const each of [quantity, userId, credentialId, promoCode]) each.complain('');
  const count = readQuantity(quantity.value());
  if (isForUser && userId.value() === '') userId.complain(words.userIdMissing);
  else if (!isForUser && count === undefined) quantity.complain(words.quantityWrong);
  else {
    return {
      item,
      ...(isForUser ? { userId: userId.value() } : { quantity: count }),
      ...(isForUser && item === 'token' && credentialId.value() !== '' ? { credentialId: credentialId.value() } : {}),
      ...(promoCode.value() === '' ? {} : { promoCode: promoCode.value() }),
    };
  }
  return undefined;
}

function agreementBox(words: LicensesWords, { agreement: { version, url } }: OrderOptions) {
  const accepted = check(`${words.agreement} (${words.agreementVersion(version)})`);
  const isPage = url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:';
  const link = isPage ? element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, words.readAgreement, element('span', { class: 'unseen' }, ` ${words.opens}`)) : undefined;
  const wrong = paragraph(words.agreementMissing, { class: 'wrong', hidden: true });
  const isAccepted = (): boolean => {
    wrong.hidden = accepted.input.checked;
    accepted.input.toggleAttribute('aria-invalid', !accepted.input.checked);
    if (!accepted.input.checked) accepted.input.focus();
    return accepted.input.checked;
  };
  return { box: element('div', { class: 'field' }, link && element('p', {}, link), accepted.box, wrong), isAccepted };
}

/** Whether it was said: at its field, or as a line. */
function explain(console: Console, words: LicensesWords, error: unknown, fields: OrderFields): boolean {
  if (!(error instanceof Refusal)) return false;
  const lines: Readonly<Record<string, string>> = { 'order-too-small': words.tooSmall, 'license-ordered': words.alreadyOrdered, 'agreement-changed': words.agreementChanged };
  const line = lines[error.problem];
  if (line !== undefined) console.tell(line, 'bad');
  else if (error.problem === 'promo-code-refused') fields.promoCode.complain(words.promoRefused);
  else if (error.problem === 'not-found') fields.userId.complain(words.noSuchUser);
  else return false;
  return true;
}

export async function showOrderPage(console: Console, words: LicensesWords): Promise<void> {
  const options = await console.ask<OrderOptions>('GET', console.at('order-options'));
  const feeText = ({ monthlyFee, currency }: OrderOptions['items'][number]): string => (monthlyFee === 0 ? words.freeOfCharge : words.fee(moneyText(monthlyFee, currency)));
  const items = radios<LicenseItem>(options.items.map((each) => ({ value: each.item, name: words.items[each.item], what: feeText(each) })), 'phone');
  const whom = radios(
    [
      { value: 'all', name: words.forOrganization, what: words.forOrganizationWhat },
      { value: 'one', name: words.forOne, what: words.forOneWhat },
    ],
    'all',
  );
  const fields = orderFields(words);
  fields.quantity.box.classList.add('narrow-field');
  const agreement = agreementBox(words, options);
  const total = element('p', { class: 'total', 'aria-live': 'polite' });
  const chosen = (): Chosen => ({ item: items.value(), isForUser: whom.value() === 'one' });
  let [sent, idempotencyKey] = ['', ''];

  const adapt = (): void => {
    const { item, isForUser } = chosen();
    fields.quantity.box.hidden = isForUser;
    fields.userId.box.hidden = !isForUser;
    fields.credentialId.box.hidden = !isForUser || item !== 'token';
    const price = options.items.find((each) => each.item === item);
    const count = isForUser ? 1 : readQuantity(fields.quantity.value());
    total.textContent = price && count !== undefined ? words.total(moneyText(price.monthlyFee * count, price.currency)) : '';
  };
  const place = async (): Promise<void> => {
    const read = readFields(words, fields, chosen());
    if (!read || !agreement.isAccepted()) return;
    // The same order sent twice, because an answer was lost, is one order.
    if (JSON.stringify(read) !== sent) [sent, idempotencyKey] = [JSON.stringify(read), crypto.randomUUID()];
    const body = { ...read, agreementVersion: options.agreement.version, agreementAccepted: true };
    const order = await console.attempt(async () => {
      try {
        return { placed: await console.ask<Order>('POST', console.at('orders'), body, { idempotencyKey }) };
      } catch (error) {
        if (explain(console, words, error, fields)) return undefined;
        throw error;
      }
    });
    if (order) console.goTelling(words.placed(whatText(words, order.placed), moneyText(order.placed.monthlyTotal, order.placed.currency)), 'licenses');
  };
  const group = (name: string, content: readonly Content[]): HTMLElement => element('fieldset', {}, element('legend', {}, name), ...content);
  const all = [fields.quantity, fields.userId, fields.credentialId, fields.promoCode];
  const content = [group(words.choice, items.content), group(words.whom, whom.content), ...all.map(({ box }) => box), total, paragraph(words.totalNote, { class: 'soft' }), agreement.box];
  const made = form(words.place, place, ...content);
  made.append(' ', button(words.abandon, () => console.go('licenses'), { look: 'link' }));
  made.addEventListener('input', adapt);
  adapt();
  console.show({ title: words.orderTitle, content: [made] });
}
