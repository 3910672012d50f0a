/** The accounts of this device and their codes. A request takes the place of this view by itself. */
import { button } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { now } from '../../frame/time.ts';
import type { AuthenticatorWords } from '../../words/en/authenticator.ts';
import type { App } from './app-frame.ts';
import { codeAt, secondsLeft } from './codes.ts';
import { forgetAccount, forgetCodes, type Account, type Codes } from './keeping.ts';
import { askSigned } from './signed-ask.ts';
import { canBeWoken, isAllowedToWake, subscribeAccounts } from './waking.ts';

export interface Kept {
  readonly accounts: readonly Account[];
  readonly codes: readonly Codes[];
  /** Those that the service knows no more. */
  readonly gone: ReadonlySet<string>;
}

/** Asked twice, in place: what is pressed in passing removes nothing. */
function removal(words: AuthenticatorWords, name: string, warning: string, remove: () => Promise<void>): HTMLElement {
  const box = element('div', { class: 'row' });
  const first = button(words.remove(name), () => {
    box.replaceChildren(paragraph(warning, { class: 'soft' }), button(words.removeReally(name), remove), button(words.cancel, reset, { look: 'link' }));
    box.querySelector('button')?.focus();
  }, { look: 'link' });
  const reset = (): void => {
    box.replaceChildren(first);
    first.focus();
  };
  box.append(first);
  return box;
}

/** The service is told when it can be: where it knows the account no more, there is nothing to tell. */
async function removeAccount(app: App, account: Account, isGone: boolean): Promise<void> {
  const { words } = app.frame;
  try {
    if (!isGone) await askSigned(account, 'unpair');
  } catch (error) {
    app.frame.tellProblem(error);
    return;
  }
  await forgetAccount(account.factorId);
  await app.home(words.removed(account.organization));
}

function accountRow(app: App, account: Account, isGone: boolean): HTMLElement {
  const { words } = app.frame;
  const { organization, person } = account;
  const state = isGone ? paragraph(words.gone, { class: 'told bad' }) : undefined;
  const row = removal(words, organization, isGone ? '' : words.removeWarning, () => removeAccount(app, account, isGone));
  return element('li', {}, element('h3', {}, organization), paragraph(person, { class: 'soft' }), state, row);
}

/** The code is read by a screen reader when somebody goes to it, not every 30 seconds. */
function codeRow(app: App, codes: Codes, shown: (() => void)[]): HTMLElement {
  const { words } = app.frame;
  const name = codes.issuer === '' ? codes.name : `${codes.issuer} (${codes.name})`;
  const [code, left] = [element('span', { class: 'number code-shown' }), paragraph('', { class: 'soft' })];
  const show = (): void => {
    const at = now();
    left.textContent = words.secondsLeft(secondsLeft(codes, at));
    void codeAt(codes, at).then((text) => {
      const spaced = text.replace(/^(...)/, '$1 ');
      if (code.textContent !== spaced) code.textContent = spaced;
    });
  };
  shown.push(show);
  show();
  const row = removal(words, name, words.removeCodesWarning, async () => {
    await forgetCodes(codes.id);
    await app.home(words.removed(name));
  });
  return element('li', {}, element('h3', {}, name), code, left, row);
}

/** As long as the view is there. */
function keepShowing(list: HTMLElement, shown: readonly (() => void)[]): void {
  const timer = setInterval(() => {
    if (!list.isConnected) clearInterval(timer);
    else for (const show of shown) show();
  }, 1000);
}

function wakingRow(app: App, accounts: readonly Account[]): Content {
  const { words, tell } = app.frame;
  if (accounts.length === 0 || isAllowedToWake() || !canBeWoken()) return undefined;
  const allow = async (): Promise<void> => {
    await Notification.requestPermission();
    const isWoken = await subscribeAccounts(accounts);
    tell(isWoken ? words.willBeWoken : words.cannotBeWoken, isWoken ? 'good' : 'plain');
  };
  return element('div', { class: 'row' }, button(words.wakeMe, allow));
}

export function showHome(app: App, { accounts, codes, gone }: Kept): void {
  const { frame } = app;
  const { words } = frame;
  const shown: (() => void)[] = [];
  const accountList = element('ul', { class: 'ways' }, ...accounts.map((account) => accountRow(app, account, gone.has(account.factorId))));
  const codeList = element('ul', { class: 'ways' }, ...codes.map((each) => codeRow(app, each, shown)));
  const content = [
    accounts.length > 0 ? paragraph(words.openHint) : paragraph(words.emptyHint),
    accounts.length > 0 ? element('h2', {}, words.accounts) : undefined,
    accounts.length > 0 ? accountList : undefined,
    codes.length > 0 ? element('h2', {}, words.codes) : undefined,
    codes.length > 0 ? codeList : undefined,
    wakingRow(app, accounts),
    element('div', { class: 'row' }, button(words.add, () => app.add(), { look: 'main' })),
  ];
  frame.show({ title: words.title, content });
  if (codes.length > 0) keepShowing(codeList, shown);
}
