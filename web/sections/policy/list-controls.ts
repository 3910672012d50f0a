/** The controls of rules that are lists: methods by their strength, countries by their names, and what portals may name. */
import { button, check, choice, field } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import type { PolicyWords } from '../../words/en/console-policy.ts';
import { countryCodes, countryName } from './countries.ts';
import { methodNames, strengthOfMethod, strengths } from './method-rows.ts';
import { isWithin } from './tightness.ts';
import type { MakeControl } from './rule-control.ts';

export const methodsControl: MakeControl<'methods'> = ({ words, value, isFixed, allows }) => {
  const boxes = methodNames.map((name) => ({ name, ...check(words.methods[name], { checked: value.includes(name), disabled: isFixed || !allows([name]) }) }));
  const wrong = paragraph('', { class: 'wrong', hidden: true });
  const groups = strengths.toReversed().map((strength) => {
    const own = boxes.filter(({ name }) => strengthOfMethod[name] === strength);
    return element('div', { role: 'group', 'aria-label': words.strengths[strength] }, paragraph(words.strengths[strength], { class: 'strength', 'aria-hidden': 'true' }), ...own.map(({ box }) => box));
  });
  return {
    content: [element('div', { class: 'columns' }, ...groups), wrong],
    read: () => {
      const chosen = boxes.filter(({ input }) => input.checked).map(({ name }) => name);
      const isMissing = chosen.every((name) => name === 'recovery-key');
      wrong.textContent = isMissing ? words.noMethod : '';
      wrong.hidden = !isMissing;
      if (isMissing) boxes[0]?.input.focus();
      return isMissing ? undefined : chosen;
    },
  };
};

const usual = ['US', 'CA'];

export const countriesControl: MakeControl<'countries'> = ({ words, rule, value, isFixed, allows }) => {
  const bound = rule.bound?.value;
  const listed = element('div', { class: 'columns' });
  const boxes: { readonly code: string; readonly input: HTMLInputElement }[] = [];
  const add = (code: string, checked: boolean): HTMLInputElement => {
    const made = check(countryName(code), { checked, disabled: isFixed || !allows([code]) });
    boxes.push({ code, input: made.input });
    listed.append(made.box);
    return made.input;
  };
  const first = bound ?? [...new Set([...usual, ...value])];
  for (const code of first.toSorted((one, other) => countryName(one).localeCompare(countryName(other)))) add(code, value.includes(code));
  const rest = countryCodes.filter((code) => !first.includes(code));
  const more = choice(words.addCountry, [['', words.chooseCountry], ...rest.map((code) => [code, countryName(code)] as const)]);
  const press = button(words.add, () => {
    const code = more.value();
    if (code === '') return;
    const found = boxes.find((each) => each.code === code);
    if (found) found.input.checked = true;
    (found?.input ?? add(code, true)).focus();
    more.input.value = '';
  });
  const adding = bound || isFixed ? undefined : element('div', { class: 'pair' }, more.box, element('div', { class: 'field' }, press));
  return { content: [listed, adding], read: () => boxes.filter(({ input }) => input.checked).map(({ code }) => code) };
};

const namesIn = (text: string): string[] => [...new Set(text.split(',').map((name) => name.trim()).filter((name) => name !== ''))];

function protectsHint(words: PolicyWords, bound: readonly string[]): string {
  return bound.length === 0 ? words.protectsHint : words.protectsWithin(bound.join(', '));
}

export const protectsControl: MakeControl<'protects'> = ({ words, rule, value, isFixed }) => {
  const bound = rule.bound?.value ?? [];
  const made = field(words.protectsLabel, { value: value.join(', '), autocomplete: 'off', maxlength: 700, hint: protectsHint(words, bound), disabled: isFixed });
  return {
    content: [made.box],
    read: () => {
      const names = namesIn(made.value());
      const isGood = names.length <= 20 && names.every(({ length }) => length <= 32) && isWithin('protects', names, bound);
      made.complain(isGood ? '' : protectsHint(words, bound));
      return isGood ? names : undefined;
    },
  };
};
