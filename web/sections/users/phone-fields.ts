/** The form of a telephone: country first, then what a number there is made of (row 0.4), and how the user will confirm. */
import { choice, field, type Field } from '../../dom/controls.ts';
import { element } from '../../dom/element.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { phoneMethods, type PhonePolicy } from './phone-policy.ts';
import { partsOf, readPhone, type PhoneFault, type SentPhone } from './phone-input.ts';

export interface PhoneInput extends SentPhone {
  readonly method: string;
}

export interface PhoneFields {
  readonly content: readonly HTMLElement[];
  readonly first: HTMLElement;
  /** By their names in the request. */
  readonly fields: Readonly<Record<string, Field>>;
  /** Undefined, and said at the field, when something is missing. */
  read(): PhoneInput | undefined;
  /** Says at the number that the service does not take it. */
  refuse(): void;
}

const northAmerica = ['US', 'CA'];

function countryChoices({ phone }: UsersWords, { countries }: PhonePolicy): readonly (readonly [string, string])[] {
  const isHome = countries.some((country) => northAmerica.includes(country));
  const isAbroad = countries.some((country) => !northAmerica.includes(country));
  const all = [['US/CA', phone.northAmerica], ['other', phone.other]] as const;
  return all.filter(([value]) => (value === 'other' ? isAbroad || !isHome : isHome));
}

/** Whoever pastes a whole number finds it in its three parts. */
function spreadPasted(parts: readonly Field[]): void {
  for (const { input } of parts) {
    input.addEventListener('paste', (event) => {
      const found = partsOf((event as ClipboardEvent).clipboardData?.getData('text') ?? '');
      if (!found) return;
      event.preventDefault();
      parts.forEach((part, position) => void (part.input.value = found[position] ?? ''));
      parts.at(-1)?.input.focus();
    });
  }
}

export function phoneFields(words: UsersWords, policy: PhonePolicy): PhoneFields {
  const { phone } = words;
  const digits = { inputmode: 'numeric', autocomplete: 'off' };
  const made = {
    area: field(phone.area, { ...digits, maxlength: 14 }),
    exchange: field(phone.exchange, { ...digits, maxlength: 14 }),
    subscriber: field(phone.subscriber, { ...digits, maxlength: 14 }),
    callingCode: field(phone.callingCode, { inputmode: 'tel', autocomplete: 'off', maxlength: 5, hint: phone.callingCodeHint }),
    number: field(phone.number, { inputmode: 'tel', autocomplete: 'off', maxlength: 24, hint: phone.numberHint }),
    extension: field(phone.extension, { ...digits, maxlength: 12, hint: phone.extensionHint }),
  };
  const country = choice(phone.country, countryChoices(words, policy));
  const method = choice(phone.method, phoneMethods(policy).map((name) => [name, phone.methods[name]]), { hint: phone.methodHint });
  const parts = element('fieldset', {}, element('legend', {}, phone.legend), element('div', { class: 'pair parts' }, ...[made.area, made.exchange, made.subscriber].map(({ box }) => box)));
  const abroad = element('div', { class: 'pair parts' }, made.callingCode.box, made.number.box);
  for (const { box } of [made.area, made.exchange, made.subscriber, made.callingCode]) box.classList.add('narrow');
  made.number.box.classList.add('wide');
  spreadPasted([made.area, made.exchange, made.subscriber]);

  const adapt = (): void => {
    const isOther = country.value() === 'other';
    [parts.hidden, abroad.hidden] = [isOther, !isOther];
    // Whoever answers at a switchboard could press # for anybody: behind an extension only a PIN confirms.
    const hasExtension = made.extension.value() !== '';
    for (const option of (method.input as HTMLSelectElement).options) option.disabled = hasExtension && option.value !== 'call-pin';
    if (hasExtension) method.input.value = 'call-pin';
  };
  for (const { input } of [country, made.extension]) input.addEventListener('input', adapt);
  adapt();

  const complain = (fault: PhoneFault | 'method', text: string): void => ({ ...made, method })[fault].complain(text);
  return {
    content: [country.box, parts, abroad, made.extension.box, method.box],
    first: country.input,
    fields: { country, callingCode: made.callingCode, extension: made.extension, method },
    refuse: () => complain(country.value() === 'other' ? 'number' : 'area', phone.refused),
    read: () => {
      for (const each of [...Object.values(made), method]) each.complain('');
      const typed = Object.fromEntries(Object.entries(made).map(([name, each]) => [name, each.value()])) as Record<PhoneFault, string>;
      const { phone: sent, fault } = readPhone({ country: country.value(), ...typed });
      if (fault) complain(fault, phone.faults[fault]);
      else if (method.value() === '') complain('method', phone.faults.method);
      return fault || method.value() === '' ? undefined : { ...sent, method: method.value() };
    },
  };
}
