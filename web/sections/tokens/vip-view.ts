/** The account at Symantec VIP: whose certificate checks VIP's credentials for this organization. */
import { Refusal } from '../../ask/ask.ts';
import { button } from '../../dom/controls.ts';
import { element, newId, paragraph, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { dayText } from '../../frame/texts.ts';
import { now } from '../../frame/time.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console } from '../../pages/console/console.ts';
import type { TokensWords } from '../../words/en/console-tokens.ts';
import type { VipAccount } from './token-answers.ts';

async function readAccount(console: Console): Promise<VipAccount | undefined> {
  try {
    return await console.ask<VipAccount>('GET', console.at('vip-account'));
  } catch (error) {
    if (error instanceof Refusal && error.problem === 'not-found') return undefined;
    throw error;
  }
}

/** Several lines, which a field of one does not hold. */
function pemField(label: string, wrongText: string) {
  const id = newId('pem');
  const input = element('textarea', { id, rows: 5, spellcheck: 'false', autocomplete: 'off', maxlength: 7000, 'aria-describedby': `${id}-wrong` });
  const wrong = paragraph('', { class: 'wrong', id: `${id}-wrong`, hidden: true });
  const isGood = (): boolean => {
    const good = input.value.includes('-----BEGIN ');
    wrong.hidden = good;
    wrong.textContent = good ? '' : wrongText;
    if (!good) input.focus();
    return good;
  };
  return { box: element('div', { class: 'field' }, element('label', { for: id }, label), input, wrong), value: () => input.value.trim(), isGood };
}

function openConnect(console: Console, words: TokensWords): void {
  const [certificate, privateKey] = [pemField(words.certificate, words.pemMissing('CERTIFICATE-----')), pemField(words.privateKey, words.pemMissing('PRIVATE KEY-----'))];
  openAction(console, {
    title: words.vipConnect,
    text: [words.vipConnectText],
    doName: words.vipConnect,
    content: [certificate.box, privateKey.box],
    isComplete: () => certificate.isGood() && privateKey.isGood(),
    act: () => console.ask<VipAccount>('PUT', console.at('vip-account'), { certificate: certificate.value(), privateKey: privateKey.value() }),
    done: () => console.goTelling(words.vipConnected, 'tokens'),
  });
}

function openRemove(console: Console, words: TokensWords): void {
  openAction(console, {
    title: words.vipRemove,
    text: [words.vipRemoveText],
    doName: words.vipRemove,
    act: () => console.ask('DELETE', console.at('vip-account')),
    done: () => console.goTelling(words.vipRemoved, 'tokens'),
  });
}

export async function vipBox(console: Console, words: TokensWords): Promise<Content[]> {
  const account = await readAccount(console);
  const mayChange = console.may('administrator');
  const connect = button(account ? words.vipReplace : words.vipConnect, () => openConnect(console, words));
  const remove = account ? button(words.vipRemove, () => openRemove(console, words)) : undefined;
  const isOver = account !== undefined && Date.parse(account.validTo) <= now();
  return [
    element('h2', {}, words.vip),
    paragraph(words.vipText),
    account ? facts([[words.vipSubject, account.subject], [words.vipFingerprint, account.fingerprint], [words.vipUntil, dayText(account.validTo)]]) : paragraph(words.vipNone, { class: 'soft' }),
    isOver ? paragraph(words.vipOver, { class: 'told bad' }) : undefined,
    mayChange ? element('div', { class: 'row' }, connect, remove) : undefined,
  ];
}
