/** The invitation, and its reminder: from the organization's support by name, what confirming sign-ins is and why, and a link (row 0.6). */
import { hour } from '../platform/clock.ts';
import { plainName, writeMail, type WrittenMail } from './mail-form.ts';
import { wordsIn } from './words/language.ts';
import type { Language } from './words/words.ts';

export interface InvitationOf {
  readonly what: 'invitation' | 'reminder';
  readonly language: Language;
  readonly organizationName: string;
  readonly supportName?: string | undefined;
  /** Ours, from the configured address: never made from a request. */
  readonly url: string;
  readonly lasts: number;
}

export function invitationMail({ what, language, organizationName, supportName, url, lasts }: InvitationOf): WrittenMail {
  const { tag, mail } = wordsIn(language);
  const { why, how, link, validFor, otherwise, ...words } = mail.invitation;
  const isReminder = what === 'reminder';
  const subject = isReminder ? words.reminder : words.subject;
  const occasion = (isReminder ? words.reminded : words.invited)(plainName(organizationName));
  const paragraphs = [occasion, why, how, { label: link, url }, validFor(Math.max(1, Math.round(lasts / hour))), otherwise];
  return writeMail({ tag, organizationName, supportName, subject, paragraphs });
}
