/** The form of a portal: its name, what it may do, what people sign in to there, and where they come back to. */
import { check, field, type Field } from '../../dom/controls.ts';
import { element, newId, paragraph, type Content } from '../../dom/element.ts';
import type { PortalsWords } from '../../words/en/console-portals.ts';
import { isAddress, linesOf, namesOf, scopes, type Portal } from './portal.ts';

export interface PortalInput {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly returnUrls: readonly string[];
}

export interface PortalForm {
  readonly content: readonly Content[];
  readonly fields: Readonly<Record<string, Field>>;
  /** Undefined, and said where, when something is missing. */
  read(): PortalInput | undefined;
}

/** A field of several lines, as fields of one are. */
export function linesField(label: string, hint: string, value: readonly string[]): { readonly box: HTMLElement; lines(): string[]; complain(text: string): void } {
  const id = newId('lines');
  const input = element('textarea', { id, rows: 3, spellcheck: 'false', autocomplete: 'off', 'aria-describedby': `${id}-hint ${id}-wrong` });
  input.value = value.join('\n');
  const wrong = paragraph('', { class: 'wrong', id: `${id}-wrong`, hidden: true });
  return {
    box: element('div', { class: 'field' }, element('label', { for: id }, label), paragraph(hint, { class: 'hint', id: `${id}-hint` }), input, wrong),
    lines: () => linesOf(input.value),
    complain: (text) => {
      wrong.textContent = text;
      wrong.hidden = text === '';
      if (text !== '') input.focus();
    },
  };
}

export function portalForm(words: PortalsWords, portal?: Portal): PortalForm {
  const name = field(words.name, { autocomplete: 'off', autocapitalize: 'sentences', maxlength: 100, value: portal?.name ?? '' });
  const boxes = scopes.map((scope) => ({ scope, ...check(words.scopeNames[scope] ?? scope, { checked: portal ? portal.scopes.includes(scope) : scope === 'sign-in' || scope === 'users' }) }));
  const audiences = field(words.audiences, { autocomplete: 'off', maxlength: 400, hint: words.audiencesHint, value: (portal?.audiences ?? ['portal']).join(', ') });
  const returnUrls = linesField(words.returnUrls, words.returnUrlsHint, portal?.returnUrls ?? []);
  const wrong = paragraph(words.scopesMissing, { class: 'wrong', hidden: true });
  const chosen = (): string[] => boxes.filter(({ input }) => input.checked).map(({ scope }) => scope);
  return {
    content: [name.box, element('fieldset', {}, element('legend', {}, words.scopes), ...boxes.map(({ box }) => box), wrong), audiences.box, returnUrls.box],
    fields: { name, audiences },
    read: () => {
      const urls = returnUrls.lines();
      const isWrong = { urls: !urls.every(isAddress), scopes: chosen().length === 0, name: name.value() === '' };
      returnUrls.complain(isWrong.urls ? words.returnUrlsWrong : '');
      wrong.hidden = !isWrong.scopes;
      name.complain(isWrong.name ? words.nameMissing : '');
      if (Object.values(isWrong).includes(true)) return undefined;
      return { name: name.value(), scopes: chosen(), audiences: namesOf(audiences.value()), returnUrls: urls };
    },
  };
}
