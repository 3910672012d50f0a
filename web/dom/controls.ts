/** What people type into and press. A control that is busy stays where it is and keeps the focus; it only does nothing. */
import { element, newId, paragraph, type Attributes, type Content } from './element.ts';

export interface ButtonOptions {
  readonly look?: 'main' | 'plain' | 'link' | 'danger';
  /** Further lines under the name. */
  readonly what?: string | undefined;
}

/** While the work lasts, pressing again does nothing. */
export function button(name: string, press: () => unknown, { look = 'plain', what }: ButtonOptions = {}): HTMLButtonElement {
  const lines: Content[] = what === undefined ? [name] : [element('span', {}, name), element('span', { class: 'what' }, what)];
  const made = element('button', { type: 'button', class: look === 'plain' ? undefined : look }, ...lines);
  made.addEventListener('click', () => void whileBusy(made, press));
  return made;
}

export async function whileBusy(control: HTMLElement, work: () => unknown): Promise<void> {
  if (control.getAttribute('aria-disabled') === 'true') return;
  control.setAttribute('aria-disabled', 'true');
  try {
    await work();
  } finally {
    control.removeAttribute('aria-disabled');
  }
}

export interface Field {
  readonly box: HTMLElement;
  readonly input: HTMLInputElement | HTMLSelectElement;
  value(): string;
  /** Says what is wrong with it, at it, and brings the person there; an empty text takes that back. */
  complain(text: string): void;
}

export interface FieldOptions extends Attributes {
  readonly hint?: string | undefined;
}

function fieldAround(label: string, hint: string | undefined, input: HTMLInputElement | HTMLSelectElement): Field {
  const id = newId('field');
  const [hintId, wrongId] = [`${id}-hint`, `${id}-wrong`];
  input.id = id;
  const wrong = paragraph('', { class: 'wrong', id: wrongId, hidden: true });
  const described = [...(hint === undefined ? [] : [hintId]), wrongId].join(' ');
  input.setAttribute('aria-describedby', described);
  const hinted = hint === undefined ? undefined : paragraph(hint, { class: 'hint', id: hintId });
  return {
    box: element('div', { class: 'field' }, element('label', { for: id }, label), hinted, input, wrong),
    input,
    value: () => input.value.trim(),
    complain: (text) => {
      wrong.textContent = text;
      wrong.hidden = text === '';
      if (text === '') input.removeAttribute('aria-invalid');
      else {
        input.setAttribute('aria-invalid', 'true');
        input.focus();
      }
    },
  };
}

/** The browser's own messages are not used: they vanish, and say little. */
export function field(label: string, { hint, ...attributes }: FieldOptions = {}): Field {
  return fieldAround(label, hint, element('input', { type: 'text', autocapitalize: 'none', spellcheck: 'false', ...attributes }));
}

export function choice(label: string, options: readonly (readonly [value: string, name: string])[], { hint, ...attributes }: FieldOptions = {}): Field {
  const made = element('select', attributes, ...options.map(([value, name]) => element('option', { value }, name)));
  return fieldAround(label, hint, made);
}

/** A box to tick, with what it means beside it. */
export function check(label: string, attributes: Attributes = {}): { readonly box: HTMLElement; readonly input: HTMLInputElement } {
  const input = element('input', { type: 'checkbox', ...attributes });
  return { box: element('label', { class: 'check' }, input, label), input };
}

/** A short code that somebody was sent, or reads from a device: a number pad on a phone, and the phone's own suggestion. */
export const codeField = (label: string, options: FieldOptions = {}): Field =>
  field(label, { class: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', maxlength: 12, ...options });

/** A form that is sent by Enter and by its button alike. */
export function form(sendName: string, send: () => unknown, ...content: Content[]): HTMLFormElement {
  const press = element('button', { type: 'submit', class: 'main' }, sendName);
  const made = element('form', { novalidate: true }, ...content, press);
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    void whileBusy(press, send);
  });
  return made;
}
