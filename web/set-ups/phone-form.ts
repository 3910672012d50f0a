/** The form of a telephone: country and number as row 0.4 has them, the method, and a PIN with its rules said beforehand. */
import type { SetUpOptions } from '../ask/answers.ts';
import { choice, field, type Field } from '../dom/controls.ts';
import { element } from '../dom/element.ts';
import type { SetUpWords } from '../words/en/set-up.ts';

export interface PhoneInput {
  readonly kind: 'phone';
  readonly method: string;
  readonly pin?: string;
  readonly numbers: { readonly primary: object };
}

export interface PhoneForm {
  readonly content: readonly HTMLElement[];
  readonly first: HTMLElement;
  /** Undefined, and said at the field, when something is missing. */
  read(): PhoneInput | undefined;
}

/** The order in which they are offered: the strongest that everybody can use first. */
const ordered = ['call-pin', 'call-match', 'call', 'sms-code', 'sms-reply-pin', 'sms-reply-match', 'sms-reply'] as const;
const withPin = ['call-pin', 'sms-reply-pin'];
const northAmerica = ['US', 'CA'];

function countryFields({ phone }: SetUpWords, { countries }: SetUpOptions) {
  const isHome = countries.some((country) => northAmerica.includes(country));
  const isAbroad = countries.some((country) => !northAmerica.includes(country));
  const all = [['US/CA', phone.northAmerica], ['other', phone.other]] as const;
  const options = all.filter(([value]) => (value === 'other' ? isAbroad || !isHome : isHome));
  const country = choice(phone.country, options, { autocomplete: 'off' });
  const callingCode = field(phone.callingCode, { inputmode: 'tel', autocomplete: 'tel-country-code', maxlength: 4 });
  const number = field(phone.number, { type: 'tel', autocomplete: 'tel-national', maxlength: 24, hint: phone.numberHintNorthAmerica });
  const extension = field(phone.extension, { inputmode: 'numeric', autocomplete: 'tel-extension', maxlength: 8, hint: phone.extensionHint });
  const hint = number.box.querySelector('.hint');
  const adapt = (): void => {
    const isOther = country.value() === 'other';
    callingCode.box.hidden = !isOther;
    if (hint) hint.textContent = isOther ? phone.numberHintOther : phone.numberHintNorthAmerica;
  };
  country.input.addEventListener('change', adapt);
  adapt();
  return { country, callingCode, number, extension };
}

function pinFields({ phone }: SetUpWords, least: number): { pin: Field; again: Field } {
  const secret = { type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: 8 };
  return { pin: field(phone.pin, { ...secret, hint: phone.pinHint(least) }), again: field(phone.pinAgain, secret) };
}

/** One complaint at a time, at the first field that has one. */
function complainFirst(complaints: readonly (readonly [Field, string | false])[]): boolean {
  for (const [each] of complaints) each.complain('');
  const found = complaints.find(([, text]) => text !== false);
  if (found) found[0].complain(found[1] || '');
  return found !== undefined;
}

interface PhoneFields {
  readonly country: Field;
  readonly callingCode: Field;
  readonly number: Field;
  readonly extension: Field;
  readonly method: Field;
  readonly pin: Field;
  readonly again: Field;
}

function isComplete({ phone }: SetUpWords, fields: PhoneFields, least: number): boolean {
  const { country, callingCode, number, method, pin, again } = fields;
  const [isOther, takesPin] = [country.value() === 'other', withPin.includes(method.value())];
  const isPin = new RegExp(`^\\d{${String(Math.max(4, least))},8}$`).test(pin.value());
  return !complainFirst([
    [callingCode, isOther && !/^\+?\d{1,3}$/.test(callingCode.value()) && phone.codeMissing],
    [number, number.value() === '' && phone.numberMissing],
    [pin, takesPin && !isPin && phone.pinLength(least)],
    [again, takesPin && pin.value() !== again.value() && phone.pinsDiffer],
  ]);
}

function readFields({ country, callingCode, number, extension, method, pin }: PhoneFields): PhoneInput {
  const primary = {
    country: country.value(),
    ...(country.value() === 'other' ? { callingCode: callingCode.value() } : {}),
    phoneNumber: number.value(),
    ...(extension.value() === '' ? {} : { extension: extension.value() }),
  };
  return { kind: 'phone', method: method.value(), ...(withPin.includes(method.value()) ? { pin: pin.value() } : {}), numbers: { primary } };
}

export function phoneForm(words: SetUpWords, options: SetUpOptions): PhoneForm {
  const { phone } = words;
  const least = options.pin.minimumLength;
  const numberFields = countryFields(words, options);
  const { country, callingCode, number, extension } = numberFields;
  const names = { ...phone.methods, ...words.ways.texts.methods };
  const allowed = ordered.filter((method) => options.methods.includes(`phone:${method}`));
  const method = choice(phone.how, allowed.map((name) => [name, names[name]]));
  const { pin, again } = pinFields(words, least);
  const adapt = (): void => {
    // A receptionist could press # for anybody: a number with an extension is confirmed with a PIN.
    if (extension.value() !== '' && allowed.includes('call-pin')) method.input.value = 'call-pin';
    for (const { box } of [pin, again]) box.hidden = !withPin.includes(method.value());
  };
  for (const { input } of [method, extension]) input.addEventListener('input', adapt);
  adapt();
  number.box.classList.add('wide');
  extension.box.classList.add('narrow');
  const pair = element('div', { class: 'pair' }, number.box, extension.box);
  const fields = { ...numberFields, method, pin, again };
  return {
    content: [country.box, callingCode.box, pair, method.box, pin.box, again.box],
    first: country.input,
    read: () => (isComplete(words, fields, least) ? readFields(fields) : undefined),
  };
}
