/** The mails that tell people what happened to their protection (I14). Nothing secret in them, nothing to click. */
import { plainName, writeMail, type WrittenMail } from './mail-form.ts';
import { wordsIn } from './words/language.ts';
import { administratorNoticeNames, noticeNames, type Language, type NoticeWords } from './words/words.ts';

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

interface Named {
  readonly of: NoticeOf;
  readonly words: NoticeWords;
}

function writeNotice({ of: { language, organizationName, supportName, at }, words: { subject, body } }: Named): WrittenMail {
  const { tag, mail } = wordsIn(language);
  return writeMail({ tag, organizationName, supportName, subject, paragraphs: [body, mail.when(timeText(at, tag))] });
}

export const isForAdministrators = (notice: string): boolean => administratorNoticeNames.some((each) => each === notice);

/** The same for those who administer the organization; most notices are not for them. */
export function administratorsMail(notice: string, of: NoticeOf & { readonly user: string }): WrittenMail | undefined {
  const name = administratorNoticeNames.find((each) => each === notice);
  return name && writeNotice({ of, words: wordsIn(of.language).mail.administrators[name](plainName(of.user)) });
}

/** Undefined for a notice that nobody has words for: the caller logs it. */
export function noticeMail(notice: string, of: NoticeOf): WrittenMail | undefined {
  const name = noticeNames.find((each) => each === notice);
  return name && writeNotice({ of, words: wordsIn(of.language).mail.notices[name] });
}
