/** The mails that tell people what happened to their protection (I14). Plain text; nothing secret, nothing to click. */

export interface NoticeOf {
  readonly organizationName: string;
  readonly supportName?: string | undefined;
  readonly at: string;
}

export interface NoticeText {
  readonly subject: string;
  readonly body: string;
}

const texts: Readonly<Record<string, NoticeText>> = {
  'user-locked': {
    subject: 'Your sign-in is locked for now',
    body: 'There were too many attempts to confirm a sign-in with your name, so it is locked for a while. If that was not you, somebody knows your password: change it.',
  },
  'fraud-reported': {
    subject: 'A sign-in was reported as fraud',
    body: 'Somebody who answered your telephone said that the sign-in was not theirs. Your sign-in stays locked until your administrator has looked into it. Change your password.',
  },
  'factor-added': {
    subject: 'A way to confirm your sign-ins was added',
    body: 'A new way to confirm sign-ins was set up for you. If you did not do this, tell your administrator at once.',
  },
  'factor-changed': {
    subject: 'A way to confirm your sign-ins was changed',
    body: 'A number, a PIN or the method by which you confirm sign-ins was changed. If you did not do this, tell your administrator at once.',
  },
  'factor-removed': {
    subject: 'A way to confirm your sign-ins was removed',
    body: 'One of the ways by which you confirm sign-ins was removed. If you did not do this, tell your administrator at once.',
  },
  'factor-disabled': {
    subject: 'A way to confirm your sign-ins was switched off',
    body: 'There were too many wrong answers with one of your ways to confirm sign-ins. It has to be set up again before it can be used.',
  },
  'recovery-key-made': {
    subject: 'A recovery key was made',
    body: 'A new recovery key was made for your sign-ins; an older one is worth nothing any more. If you did not do this, tell your administrator at once.',
  },
  'recovery-key-used': {
    subject: 'Your recovery key was used',
    body: 'Somebody signed in with your recovery key, which is used up now, and has to set up another way to confirm sign-ins. If that was not you, tell your administrator at once.',
  },
  'user-suspended': {
    subject: 'Your sign-in was suspended',
    body: 'Your sign-in was suspended. Nobody can sign in with your name until it is resumed by your administrator.',
  },
  'user-resumed': { subject: 'Your sign-in was resumed', body: 'Your sign-in is no longer suspended.' },
  'user-unlocked': { subject: 'Your sign-in was unlocked', body: 'An administrator unlocked your sign-in.' },
  'user-changed': { subject: 'Your account was changed', body: 'Your name, address or role was changed by an administrator.' },
};

/** A header is one line: names are other people's text. */
const oneLine = (text: string): string => text.replace(/\p{C}/gu, ' ').slice(0, 100);

/** Undefined for a notice that nobody has words for: the caller logs it. */
export function noticeText(notice: string, { organizationName, supportName, at }: NoticeOf): NoticeText | undefined {
  const text = Object.hasOwn(texts, notice) ? texts[notice] : undefined;
  if (!text) return undefined;
  const from = oneLine(supportName ?? organizationName);
  return { subject: `${oneLine(organizationName)}: ${text.subject}`, body: `${text.body}\n\nWhen: ${at}\n\n${from}\n` };
}
