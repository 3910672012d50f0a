/** The mails that tell people what happened to their protection (I14). Nothing secret in them, nothing to click. */
import { writeMail, type WrittenMail } from './mail-form.ts';
import { wordsIn } from './words/language.ts';
import { noticeNames, type Language } from './words/words.ts';

export interface NoticeOf {
  readonly language: Language;
  readonly organizationName: string;
  readonly supportName?: string | undefined;
  readonly at: number;
}

/** As people write it, in their language; everybody's clock is another, so it says which. */
function timeText(at: number, tag: string): string {
  const form = { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat(tag, form).format(at)} UTC`;
}

/** Undefined for a notice that nobody has words for: the caller logs it. */
export function noticeMail(notice: string, { language, organizationName, supportName, at }: NoticeOf): WrittenMail | undefined {
  const name = noticeNames.find((each) => each === notice);
  if (!name) return undefined;
  const { tag, mail } = wordsIn(language);
  const { subject, body } = mail.notices[name];
  return writeMail({ tag, organizationName, supportName, subject, paragraphs: [body, mail.when(timeText(at, tag))] });
}
