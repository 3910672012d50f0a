/** The mail that carries a code: what for, the code, for how long, and what to do if nobody asked for it (P12). */
import { minute } from '../platform/clock.ts';
import { writeMail, type WrittenMail } from './mail-form.ts';
import { wordsIn } from './words/language.ts';
import type { CodePurpose, Language } from './words/words.ts';

export interface CodeMailOf {
  readonly language: Language;
  readonly organizationName: string;
  readonly supportName?: string | undefined;
  readonly purpose: CodePurpose;
  readonly code: string;
  /** Milliseconds for which the code is valid from now on. */
  readonly lasts: number;
}

/** The code is not in the subject, which a locked screen shows to everybody. */
export function codeMail({ language, organizationName, supportName, purpose, code, lasts }: CodeMailOf): WrittenMail {
  const { tag, mail } = wordsIn(language);
  const { subject, occasion, otherwise } = mail.codes[purpose];
  const validity = mail.validFor(Math.max(1, Math.floor(lasts / minute)));
  return writeMail({ tag, organizationName, supportName, subject, paragraphs: [occasion, { code }, validity, otherwise, mail.keepIt] });
}
