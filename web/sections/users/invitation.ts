/** A user's invitation: what has become of it, to send again and to cancel. */
import { button } from '../../dom/controls.ts';
import { element, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import { timeText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import type { Enrollment, OpenEnrollment, User } from './user.ts';

function step(console: Console, words: UsersWords, user: User, { enrollmentId }: OpenEnrollment, kind: 'resend' | 'cancel') {
  const isResend = kind === 'resend';
  openAction(console, {
    title: isResend ? words.resend : words.cancelEnrollment,
    text: [isResend ? words.resendText : words.cancelText],
    doName: isResend ? words.resend : words.cancelEnrollment,
    act: () => console.ask('POST', console.at('users', user.userId, 'enrollments', enrollmentId, kind)),
    done: () => console.goTelling(isResend ? words.resent : words.canceledNow, 'users', 'user', user.userId),
  });
}

export async function invitationBox(console: Console, words: UsersWords, user: User): Promise<Content[]> {
  const { enrollment } = user;
  if (!enrollment) return [];
  const { state, kind, expiresAt } = enrollment;
  const { createdAt, invitations, number } = await console.ask<Enrollment>('GET', console.at('users', user.userId, 'enrollments', enrollment.enrollmentId));
  const box = facts([
    [words.enrollmentState, words.enrollmentStates[state]],
    [words.enrollmentKind, [words.enrollmentKinds[kind], ...(number ? [number.hint] : [])].join(': ')],
    [words.sent, invitations > 1 ? words.sentTimes(timeText(createdAt), invitations) : timeText(createdAt)],
    [words.expires, timeText(expiresAt)],
  ]);
  const again = console.may('helpdesk') ? button(words.resend, () => step(console, words, user, enrollment, 'resend')) : undefined;
  const cancel = console.may('administrator') ? button(words.cancelEnrollment, () => step(console, words, user, enrollment, 'cancel')) : undefined;
  return [element('h2', {}, words.enrollment), box, again && element('div', { class: 'row' }, again, cancel)];
}
