/** The controls of rules that are one choice or one number. */
import { check, choice, field, type Field } from '../../dom/controls.ts';
import { radios } from '../../dom/radios.ts';
import { strengths, type Strength } from './method-rows.ts';
import { enforcements } from './policy-answers.ts';
import type { MakeControl } from './rule-control.ts';

const range = (least: number, most: number): number[] => Array.from({ length: most - least + 1 }, (_, index) => least + index);

/** A list to choose from, in which what cannot be chosen can be seen. */
export function numberChoice(label: string, numbers: readonly number[], current: number, isDisabled: (value: number) => boolean): Field {
  const made = choice(label, numbers.map((each) => [String(each), String(each)]));
  made.input.value = String(current);
  for (const option of made.input.querySelectorAll('option')) option.disabled = isDisabled(Number(option.value));
  return made;
}

export interface WholeNumber {
  readonly field: Field;
  read(): number | undefined;
}

export function wholeNumber(label: string, current: number, [least, most]: readonly [number, number], options: { readonly hint: string; readonly wrong: string; readonly disabled: boolean }): WholeNumber {
  const { hint, wrong, disabled } = options;
  const made = field(label, { inputmode: 'numeric', autocomplete: 'off', maxlength: 7, hint, value: String(current), disabled });
  made.box.classList.add('narrow-field');
  return {
    field: made,
    read: () => {
      const value = /^\d{1,7}$/.test(made.value()) ? Number(made.value()) : -1;
      const isWithin = value >= least && value <= most;
      made.complain(isWithin ? '' : wrong);
      return isWithin ? value : undefined;
    },
  };
}

export const enforcementControl: MakeControl<'enforcement'> = ({ words, value, isFixed, allows }) => {
  const made = radios(enforcements.map((each) => ({ value: each, name: words.enforcement[each], what: words.says.enforcement[each], disabled: isFixed || !allows(each) })), value);
  return { content: made.content, read: made.value };
};

export const appliesToControl: MakeControl<'appliesTo'> = ({ words, value, isFixed, allows }) => {
  const all = ['local-users', 'all-users'] as const;
  const made = radios(all.map((each) => ({ value: each, name: words.appliesTo[each], what: words.appliesToWhat[each], disabled: isFixed || !allows(each) })), value);
  return { content: made.content, read: made.value };
};

const longestWindow = 3650;

export const setUpWindowControl: MakeControl<'setUpWindowDays'> = ({ words, rule, value, isFixed }) => {
  const most = rule.bound?.value ?? longestWindow;
  const made = wholeNumber(words.days, value, [1, most], { hint: words.daysHint(most), wrong: words.notWithin, disabled: isFixed });
  return { content: [made.field.box], read: made.read };
};

export const minimumAcrControl: MakeControl<'minimumAcr'> = ({ words, value, isFixed, allows }) => {
  const made = choice(words.least, strengths.map((each) => [each, words.strengths[each]]), { disabled: isFixed });
  made.input.value = value;
  for (const option of made.input.querySelectorAll('option')) option.disabled = !allows(option.value as Strength);
  return { content: [made.box], read: () => made.value() as Strength };
};

export const passkeysControl: MakeControl<'passkeys'> = ({ words, value, isFixed }) => {
  const made = check(words.userVerification, { checked: value.userVerification === 'required', disabled: isFixed });
  return { content: [made.box], read: () => ({ userVerification: made.input.checked ? 'required' : 'preferred' }) };
};

export const pinControl: MakeControl<'pin'> = ({ words, value, isFixed, allows }) => {
  const made = numberChoice(words.digits, range(4, 8), value.minimumLength, (minimumLength) => !allows({ minimumLength }));
  made.input.disabled = isFixed;
  made.box.classList.add('narrow-field');
  return { content: [made.box], read: () => ({ minimumLength: Number(made.value()) }) };
};

const mostSends = 1_000_000;

export const spendControl: MakeControl<'spend'> = ({ words, rule, value, isFixed }) => {
  const most = rule.bound?.value.sendsPerDay ?? mostSends;
  const made = wholeNumber(words.perDay, value.sendsPerDay, [0, most], { hint: words.perDayHint(String(most)), wrong: words.notWithin, disabled: isFixed });
  return {
    content: [made.field.box],
    read: () => {
      const sendsPerDay = made.read();
      return sendsPerDay === undefined ? undefined : { sendsPerDay };
    },
  };
};

const [shortestLock, longestLock] = [30, 10_080];

export const lockoutControl: MakeControl<'lockout'> = ({ words, rule, value, isFixed }) => {
  const { failures: mostFailures = 10, minutes: leastMinutes = shortestLock } = rule.bound?.value ?? {};
  const failures = numberChoice(words.failures, range(3, 10), value.failures, (each) => each > mostFailures);
  failures.input.disabled = isFixed;
  failures.box.classList.add('narrow-field');
  const minutes = wholeNumber(words.minutes, value.minutes, [leastMinutes, longestLock], { hint: words.minutesHint(leastMinutes), wrong: words.notWithin, disabled: isFixed });
  return {
    content: [failures.box, minutes.field.box],
    read: () => {
      const read = minutes.read();
      return read === undefined ? undefined : { failures: Number(failures.value()), minutes: read };
    },
  };
};
