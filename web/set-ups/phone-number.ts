/** The fields of a telephone number, as row 0.4 has them: country, calling code, number, extension. */
import type { SetUpOptions } from '../ask/answers.ts';
import { choice, field, type Field } from '../dom/controls.ts';
import { element } from '../dom/element.ts';
import type { SetUpWords } from '../words/en/set-up.ts';

/** What is wrong with a field; false when nothing is. */
export type Complaint = readonly [field: Field, text: string | false];

/** One complaint at a time, at the first field that has one. True when there is none. */
export function isComplete(complaints: readonly Complaint[]): boolean {
  for (const [each] of complaints) each.complain('');
  const found = complaints.find(([, text]) => text !== false);
  if (found) found[0].complain(found[1] || '');
  return found === undefined;
}

export interface NumberFields {
  readonly content: readonly HTMLElement[];
  readonly first: HTMLElement;
  readonly extension: Field;
  complaints(): readonly Complaint[];
  read(): object;
}

const northAmerica = ['US', 'CA'];

function countryChoice({ phone }: SetUpWords, { countries }: SetUpOptions): Field {
  const isHome = countries.some((country) => northAmerica.includes(country));
  const isAbroad = countries.some((country) => !northAmerica.includes(country));
  const all = [['US/CA', phone.northAmerica], ['other', phone.other]] as const;
  const options = all.filter(([value]) => (value === 'other' ? isAbroad || !isHome : isHome));
  return choice(phone.country, options, { autocomplete: 'off' });
}

export function numberFields(words: SetUpWords, options: SetUpOptions): NumberFields {
  const { phone } = words;
  const country = countryChoice(words, options);
  const callingCode = field(phone.callingCode, { inputmode: 'tel', autocomplete: 'tel-country-code', maxlength: 4 });
  const number = field(phone.number, { type: 'tel', autocomplete: 'tel-national', maxlength: 24, hint: phone.numberHintNorthAmerica });
  const extension = field(phone.extension, { inputmode: 'numeric', autocomplete: 'tel-extension', maxlength: 8, hint: phone.extensionHint });
  const hint = number.box.querySelector('.hint');
  const isOther = (): boolean => country.value() === 'other';
  const adapt = (): void => {
    callingCode.box.hidden = !isOther();
    if (hint) hint.textContent = isOther() ? phone.numberHintOther : phone.numberHintNorthAmerica;
  };
  country.input.addEventListener('change', adapt);
  adapt();
  number.box.classList.add('wide');
  extension.box.classList.add('narrow');
  return {
    content: [country.box, callingCode.box, element('div', { class: 'pair' }, number.box, extension.box)],
    first: country.input,
    extension,
    complaints: () => [
      [callingCode, isOther() && !/^\+?\d{1,3}$/.test(callingCode.value()) && phone.codeMissing],
      [number, number.value() === '' && phone.numberMissing],
    ],
    read: () => ({
      country: country.value(),
      ...(isOther() ? { callingCode: callingCode.value() } : {}),
      phoneNumber: number.value(),
      ...(extension.value() === '' ? {} : { extension: extension.value() }),
    }),
  };
}
