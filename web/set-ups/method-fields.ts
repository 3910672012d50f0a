/** How somebody wants to confirm by telephone or app, and the PIN that some of these ways take, twice. */
import { choice, field, type Field } from '../dom/controls.ts';
import type { SetUpWords } from '../words/en/set-up.ts';
import type { Complaint } from './phone-number.ts';

/** The order in which they are offered: the strongest that everybody can use first. */
export const phoneMethods = ['call-pin', 'call-match', 'call', 'sms-code', 'sms-reply-pin', 'sms-reply-match', 'sms-reply'] as const;
/** The one that a push at midnight cannot trick anybody into comes first. */
export const appMethods = ['match', 'approve-pin', 'approve'] as const;

const withPin = ['call-pin', 'sms-reply-pin', 'approve-pin'];

export interface MethodInput {
  readonly method: string;
  readonly pin?: string;
}

export interface MethodFields {
  readonly content: readonly HTMLElement[];
  readonly method: Field;
  complaints(): readonly Complaint[];
  read(): MethodInput;
  /** A receptionist could press # for anybody: a number with an extension is confirmed with a PIN. */
  preferPin(): void;
}

/** By their names alone, those of app and telephone: none is the same. */
export function methodNames({ phone, ways }: SetUpWords): Readonly<Record<string, string>> {
  return { ...phone.methods, ...ways.texts.methods, ...ways.app.methods };
}

export interface MethodChoice {
  readonly allowed: readonly string[];
  readonly label: string;
  readonly least: number;
  readonly current?: string | undefined;
}

export function methodFields(words: SetUpWords, { allowed, label, least, current }: MethodChoice): MethodFields {
  const { phone } = words;
  const names = methodNames(words);
  const method = choice(label, allowed.map((name) => [name, names[name] ?? name]));
  if (current !== undefined && allowed.includes(current)) method.input.value = current;
  const secret = { type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: 8 };
  const [pin, again] = [field(phone.pin, { ...secret, hint: phone.pinHint(least) }), field(phone.pinAgain, secret)];
  const takesPin = (): boolean => withPin.includes(method.value());
  const adapt = (): void => {
    for (const { box } of [pin, again]) box.hidden = !takesPin();
  };
  method.input.addEventListener('input', adapt);
  adapt();
  const isPin = (): boolean => new RegExp(`^\\d{${String(Math.max(4, least))},8}$`).test(pin.value());
  return {
    content: [method.box, pin.box, again.box],
    method,
    complaints: () => [
      [pin, takesPin() && !isPin() && phone.pinLength(least)],
      [again, takesPin() && pin.value() !== again.value() && phone.pinsDiffer],
    ],
    read: () => ({ method: method.value(), ...(takesPin() ? { pin: pin.value() } : {}) }),
    preferPin: () => {
      if (allowed.includes('call-pin')) method.input.value = 'call-pin';
      adapt();
    },
  };
}
