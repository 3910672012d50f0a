/** Writes a text: fixed words in the person's language, around a name that was made harmless; never more than one part. */
import { languageOf } from '../words/language.ts';
import { textWords, type TextOccasion } from '../words/texts.ts';
import { fitsOneText, textName } from './gsm-text.ts';

const textMethods = ['sms-code', 'sms-reply', 'sms-reply-pin', 'sms-reply-match'] as const;
export type TextMethod = (typeof textMethods)[number];

export const isTextMethod = (method: string): method is TextMethod => (textMethods as readonly string[]).includes(method);

export interface WrittenText {
  readonly method: TextMethod;
  readonly occasion: TextOccasion;
  readonly organizationName: string;
  readonly locale?: string | undefined;
  /** Six digits, for every method but the match. */
  readonly code?: string | undefined;
  /** Of the page on which the code is typed: lets the telephone fill it in there and nowhere else. */
  readonly host?: string | undefined;
}

function sentence({ method, occasion, organizationName, locale, code = '' }: WrittenText): string {
  const words = textWords[languageOf(locale)];
  const name = textName(organizationName);
  switch (method) {
    case 'sms-code':
      return words.code(name, occasion, code);
    case 'sms-reply':
      return words.reply(name, occasion, code);
    case 'sms-reply-pin':
      return words.replyWithPin(name, occasion, code);
    case 'sms-reply-match':
      return words.replyWithShown(name, occasion);
  }
}

const isHost = (host: string): boolean => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host);

/** The form that telephones bind to a page's origin: the last line, `@host #code`. Only while it costs nothing. */
function boundTo(host: string | undefined, { method, code = '' }: WrittenText): string {
  return method === 'sms-code' && host !== undefined && isHost(host) ? `\n\n@${host} #${code}` : '';
}

export function writeText(written: WrittenText): string {
  const text = sentence(written);
  const bound = text + boundTo(written.host, written);
  if (fitsOneText(bound)) return bound;
  if (fitsOneText(text)) return text;
  throw new Error('a text that is longer than one part');
}
