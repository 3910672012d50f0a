/** How the security page names what somebody has, and when. */
import { element } from '../../dom/element.ts';
import { methodNames } from '../../set-ups/method-fields.ts';
import type { SecurityWords } from '../../words/en/security.ts';
import type { Factor } from './account.ts';

/** The kind alone, of a factor or of a method as events name it: `phone:call-pin` is a telephone. */
export function kindName(words: SecurityWords, kindOrMethod: string): string {
  const kinds: Readonly<Record<string, string>> = {
    totp: words.totp.name,
    app: words.ways.app.name,
    phone: words.phone.name,
    email: words.ways.mail(''),
    token: words.token.name,
    passkey: words.passkey.name,
    'recovery-key': words.ways.recoveryKey,
  };
  const [kind = ''] = kindOrMethod.split(':');
  return kinds[kind] ?? kind;
}

/** Their own word for it, or its kind; with what tells it from others. */
export function nameOf(words: SecurityWords, { kind, label, hint }: Pick<Factor, 'kind' | 'label' | 'hint'>): string {
  return label ?? `${kindName(words, kind)} ${hint ?? ''}`.trim();
}

export function howOf(words: SecurityWords, { kind, method }: Pick<Factor, 'kind' | 'method'>): string {
  const name = kindName(words, kind);
  return method === undefined ? name : `${name}: ${methodNames(words)[method] ?? method}`;
}

/** Beside its name: what that says already is not said again. */
export function howBeside(words: SecurityWords, factor: Pick<Factor, 'kind' | 'method' | 'label'>): string | undefined {
  if (factor.label !== undefined) return howOf(words, factor);
  return factor.method === undefined ? undefined : (methodNames(words)[factor.method] ?? factor.method);
}

/** In the page's language, and by the clock of the person. */
function formatted(time: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(document.documentElement.lang, options).format(new Date(time));
}

export const dayText = (time: string): string => formatted(time, { dateStyle: 'long' });
export const timeText = (time: string): string => formatted(time, { dateStyle: 'medium', timeStyle: 'short' });

export const timeOf = (time: string): HTMLElement => element('time', { datetime: time }, timeText(time));
export const dayOf = (time: string): HTMLElement => element('time', { datetime: time }, dayText(time));
