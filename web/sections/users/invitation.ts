/** A user's invitation: what has become of it, to send again and to cancel. */
import { button } from '../../dom/controls.ts';
import { element, type Content } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { timeText, type Enrollment, type User } from './user.ts';

const open = ['invited', 'reminded', 'registering'];

function step(console: Console, words: UsersWords, user: User, { enrollmentId }: Enrollment, kind: 'resend' | 'cancel') {
  const isResend = kind === 'resend';
  openAction(console, {
    title: isResend ? words.resend : words.cancelEnrollment,
    text: [isResend ? words.resendText : words.cancelText],
    doName: isResend ? words.resend : words.cancelEnrollment,
    act: () => console.ask('POST', console.at('users', user.userId, 'enrollments', enrollmentId, kind)),
    done: () => console.goTelling(isResend ? words.resent : words.canceledNow, 'users', 'user', user.userId),
  });
}

export function invitationBox(console: Console, words: UsersWords, user: User): Content[] {
  const { enrollment } = user;
  if (!enrollment) return [];
  const isOpen = open.includes(enrollment.state);
  const box = facts([
    [words.enrollment, words.enrollmentStates[enrollment.state]],
    [words.enrollmentKind, words.enrollmentKinds[enrollment.kind]],
    [words.sent, timeText(enrollment.sentAt ?? enrollment.createdAt)],
    ...(isOpen ? [[words.expires, timeText(enrollment.expiresAt)] as const] : []),
  ]);
  const buttons = isOpen && console.may('helpdesk')
    ? element('div', { class: 'row' }, button(words.resend, () => step(console, words, user, enrollment, 'resend')), button(words.cancelEnrollment, () => step(console, words, user, enrollment, 'cancel')))
    : undefined;
  return [element('h2', {}, words.enrollment), box, buttons];
}
