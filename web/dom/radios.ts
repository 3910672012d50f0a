/** A choice of one, with what each means; what cannot be chosen is there to be seen. */
import { element, newId, type Content } from './element.ts';

export interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly name: string;
  readonly what?: string;
  readonly disabled?: boolean;
}

export interface Radios<Value extends string> {
  readonly content: readonly HTMLElement[];
  value(): Value;
}

export function radios<Value extends string>(options: readonly RadioOption<Value>[], current: Value): Radios<Value> {
  const name = newId('radios');
  const rows = options.map(({ value, name: label, what, disabled = false }) => {
    const input = element('input', { type: 'radio', name, value, checked: value === current, disabled });
    const lines: Content[] = [element('span', {}, label), ...(what === undefined ? [] : [element('span', { class: 'what' }, what)])];
    return { input, box: element('label', { class: 'check' }, input, element('span', { class: 'lines' }, ...lines)) };
  });
  return { content: rows.map(({ box }) => box), value: () => (rows.find(({ input }) => input.checked)?.input.value ?? current) as Value };
}
