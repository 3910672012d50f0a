/** The invitation: from the organization's support by name, what confirming sign-ins is and why, and a link (row 0.6). */
import { hour } from '../platform/clock.ts';
import { plainName, writeMail, type WrittenMail } from './mail-form.ts';
import { wordsIn } from './words/language.ts';
import type { Language } from './words/words.ts';

export interface InvitationOf {
  readonly language: Language;
  readonly organizationName: string;
  readonly supportName?: string | undefined;
  /** Ours, from the configured address: never made from a request. */
  readonly url: string;
  readonly lasts: number;
}

export function invitationMail({ language, organizationName, supportName, url, lasts }: InvitationOf): WrittenMail {
  const { tag, mail } = wordsIn(language);
  const { subject, invited, why, how, link, validFor, otherwise } = mail.invitation;
  const paragraphs = [invited(plainName(organizationName)), why, how, { label: link, url }, validFor(Math.round(lasts / hour)), otherwise];
  return writeMail({ tag, organizationName, supportName, subject, paragraphs });
}
