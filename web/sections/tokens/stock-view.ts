/** The stock: found by its state or by a credential ID, with who holds what. */
import { Refusal } from '../../ask/ask.ts';
import { choice, field, form } from '../../dom/controls.ts';
import { element, paragraph, type Content } from '../../dom/element.ts';
import { pagedList, type PagedList } from '../../dom/paged-list.ts';
import { reasonedButton } from '../../dom/reasoned-button.ts';
import { numberText } from '../../frame/texts.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console } from '../../pages/console/console.ts';
import { tellCount } from '../../pages/console/tell-count.ts';
import { withQuery } from '../../pages/console/every-page.ts';
import type { TokensWords } from '../../words/en/console-tokens.ts';
import type { Token, TokenPage } from './token-answers.ts';
import { vipBox } from './vip-view.ts';

function kindText(words: TokensWords, { type, period, digits }: Token): string {
  const kind = type === 'totp' ? words.kinds.totp(numberText(period ?? 30)) : words.kinds.hotp;
  return `${kind}, ${words.digits(numberText(digits))}`;
}

function openRemove(console: Console, words: TokensWords, { credentialId }: Token): void {
  openAction(console, {
    title: words.removeOf(credentialId),
    text: [words.removeText],
    doName: words.remove,
    act: () => console.ask('DELETE', console.at('tokens', credentialId)),
    refused: (error, dialog) => {
      if (!(error instanceof Refusal) || error.problem !== 'token-assigned') return false;
      dialog.tell(words.heldMeanwhile, 'bad');
      return true;
    },
    done: () => console.goTelling(words.removedNow, 'tokens'),
  });
}

function removeCell(console: Console, words: TokensWords, token: Token): Content {
  const made = reasonedButton(words.remove, () => openRemove(console, words, token), token.owner && words.removeHeld(token.owner.userId));
  const press = made instanceof HTMLButtonElement ? made : made.querySelector('button');
  press?.setAttribute('aria-label', `${words.remove}: ${token.credentialId}`);
  return made;
}

interface Filters {
  readonly credentialId: string;
  readonly assigned: string;
}

function stockList(console: Console, words: TokensWords, read: () => Filters): PagedList {
  const isFiltered = (): boolean => Object.values(read()).some((value) => value !== '');
  return pagedList<Token>({
    name: words.title,
    columns: [
      { name: words.credentialId, cell: ({ credentialId }) => credentialId },
      { name: words.kind, cell: (token) => kindText(words, token) },
      { name: words.state, cell: ({ owner }) => element('span', { class: owner ? 'state good' : 'state' }, owner ? words.held : words.free) },
      { name: words.owner, cell: ({ owner }) => (owner ? console.link(owner.userId, 'users', 'user', owner.userId) : '') },
      ...(console.may('administrator') ? [{ name: words.remove, cell: (token: Token) => removeCell(console, words, token) }] : []),
    ],
    load: async (cursor) => {
      const page = await console.attempt(() => console.ask<TokenPage>('GET', withQuery(console.at('tokens'), { ...read(), cursor })));
      return page && { rows: page.tokens, cursor: page.cursor };
    },
    empty: () => [paragraph(isFiltered() ? words.noneFound : words.none)],
    moreName: console.words.more,
    tellCount: tellCount(console),
  });
}

export async function showStock(console: Console, words: TokensWords): Promise<void> {
  const credentialId = field(words.search, { type: 'search', autocomplete: 'off', maxlength: 64, hint: words.searchHint });
  const assigned = choice(words.state, [['', words.all], ['false', words.free], ['true', words.held]]);
  const list = stockList(console, words, () => ({ credentialId: credentialId.value(), assigned: assigned.value() }));
  const why = console.may('administrator') ? undefined : console.words.needsAdministrator;
  const search = form(words.find, () => list.reload(), element('div', { class: 'filters', role: 'search' }, credentialId.box, assigned.box));
  credentialId.box.classList.add('wide-field');
  search.querySelector('button')?.classList.remove('main');
  assigned.input.addEventListener('change', () => void list.reload());
  // The cross of a search field empties it, and whoever emptied it wants to see all again.
  credentialId.input.addEventListener('search', () => void list.reload());
  const vip = await vipBox(console, words);
  console.show({
    title: words.titleOf(console.organization.name),
    content: [
      paragraph(words.intro),
      element('div', { class: 'row' }, reasonedButton(words.import, () => console.go('tokens', 'import'), why, { look: 'main' })),
      element('div', { class: 'apart' }, search),
      list.box,
      ...vip,
    ],
  });
  await list.reload();
}

