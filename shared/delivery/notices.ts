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
  'wrong-answer': {
    subject: 'A sign-in was not confirmed',
    body: 'Somebody who knows your password gave a wrong answer when a sign-in with your name had to be confirmed. If that was not you, change your password.',
  },
  'user-locked': {
    subject: 'Your sign-in is locked for now',
    body: 'There were too many attempts to confirm a sign-in with your name, so it is locked for a while. If that was not you, somebody knows your password: change it.',
  },
  'fraud-reported': {
    subject: 'A sign-in was reported as fraud',
    body: 'Somebody who was asked to confirm a sign-in with your name said that it was not theirs. Your sign-in stays locked until your administrator has looked into it. Change your password.',
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
  'app-unpaired': {
    subject: 'An app no longer confirms your sign-ins',
    body: 'The account was removed from an app that confirmed your sign-ins, so that app can confirm nothing any more. If you did not do this, tell your administrator at once.',
  },
  'push-paused': {
    subject: 'Somebody keeps asking you to confirm sign-ins',
    body: 'There were several requests to confirm a sign-in with your name that you did not approve, so your app is not asked for an hour. If they were not yours, somebody knows your password: change it.',
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

const toAdministrators: Readonly<Record<string, (user: string) => NoticeText>> = {
  'user-locked': (user) => ({
    subject: 'A sign-in was locked',
    body: `After too many wrong or unanswered attempts the sign-in of ${user} is locked for a while. Others may have been locked in the same quarter of an hour: see the audit list.`,
  }),
  'fraud-reported': (user) => ({
    subject: 'A sign-in was reported as fraud',
    body: `Somebody who was called to confirm a sign-in of ${user} said that it was not theirs. Whoever tried knows the password. The sign-in stays locked until one of you has looked into it and unlocks it.`,
  }),
  'enforcement-started': () => ({
    subject: 'Sign-ins have to be confirmed from now on',
    body: 'The policy of your organization now requires that sign-ins are confirmed. Whoever has not set up a way to confirm them yet can do so at the next sign-in, while the time for that lasts: tell your people, and see the policy for how long. If nobody among you wanted this, see the audit list for who changed it.',
  }),
};

/** The same for those who administer the organization; most notices are not for them. */
export function administratorsText(notice: string, of: NoticeOf & { readonly user: string }): NoticeText | undefined {
  const text = Object.hasOwn(toAdministrators, notice) ? toAdministrators[notice]?.(oneLine(of.user)) : undefined;
  return text && signed(text, of);
}

/** Undefined for a notice that nobody has words for: the caller logs it. */
export function noticeText(notice: string, of: NoticeOf): NoticeText | undefined {
  const text = Object.hasOwn(texts, notice) ? texts[notice] : undefined;
  return text && signed(text, of);
}

function signed(text: NoticeText, { organizationName, supportName, at }: NoticeOf): NoticeText {
  const from = oneLine(supportName ?? organizationName);
  return { subject: `${oneLine(organizationName)}: ${text.subject}`, body: `${text.body}\n\nWhen: ${at}\n\n${from}\n` };
}
