/** Erasing a user: typed by its ID, so that it is never done by a slip, and certified. */
import { field } from '../../dom/controls.ts';
import { element, paragraph } from '../../dom/element.ts';
import { facts } from '../../dom/facts.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import { timeText } from '../../frame/texts.ts';
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import type { User } from './user.ts';

interface Certificate {
  readonly userId: string;
  readonly erasedAt: string;
  readonly erased: readonly string[];
  readonly remains: readonly string[];
}

const list = (lines: readonly string[]): HTMLElement => element('ul', { lang: 'en' }, ...lines.map((line) => element('li', {}, line)));

/** As the service wrote it, so that it can be kept. */
function showCertificate(console: Console, words: UsersWords, certificate: Certificate): void {
  const content = [
    paragraph(words.certificate),
    facts([[words.userId, certificate.userId], [words.erasedAt, timeText(certificate.erasedAt)]]),
    element('h2', {}, words.erasedWhat),
    list(certificate.erased),
    element('h2', {}, words.remains),
    list(certificate.remains),
    element('p', {}, console.link(words.backToList, 'users')),
  ];
  console.show({ title: words.erasedTitle, content });
}

export function openErase(console: Console, words: UsersWords, { userId, displayName }: User): void {
  const typed = field(words.eraseType(userId), { autocomplete: 'off' });
  openAction(console, {
    title: words.eraseOf(displayName),
    text: [words.eraseText],
    doName: words.erase,
    content: [typed.box],
    focus: typed.input,
    fields: { typed },
    isComplete: () => {
      const isSame = typed.value() === userId;
      if (!isSame) typed.complain(words.eraseDiffers);
      return isSame;
    },
    act: () => console.ask<Certificate>('DELETE', console.at('users', userId)),
    done: (certificate) => showCertificate(console, words, certificate),
  });
}
