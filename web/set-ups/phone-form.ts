/** The form of a telephone: its number, the method, and a PIN with its rules said beforehand. */
import type { SetUpOptions } from '../ask/answers.ts';
import type { SetUpWords } from '../words/en/set-up.ts';
import { methodFields, phoneMethods, type MethodInput } from './method-fields.ts';
import { isComplete, numberFields } from './phone-number.ts';

export interface PhoneInput extends MethodInput {
  readonly kind: 'phone';
  readonly numbers: { readonly primary: object };
}

export interface PhoneForm {
  readonly content: readonly HTMLElement[];
  readonly first: HTMLElement;
  /** Undefined, and said at the field, when something is missing. */
  read(): PhoneInput | undefined;
}

export function phoneForm(words: SetUpWords, options: SetUpOptions): PhoneForm {
  const number = numberFields(words, options);
  const allowed = phoneMethods.filter((method) => options.methods.includes(`phone:${method}`));
  const how = methodFields(words, { allowed, label: words.phone.how, least: options.pin.minimumLength });
  const adapt = (): void => {
    if (number.extension.value() !== '') how.preferPin();
  };
  for (const { input } of [number.extension, how.method]) input.addEventListener('input', adapt);
  return {
    content: [...number.content, ...how.content],
    first: number.first,
    read: () => (isComplete([...number.complaints(), ...how.complaints()]) ? { kind: 'phone', ...how.read(), numbers: { primary: number.read() } } : undefined),
  };
}
