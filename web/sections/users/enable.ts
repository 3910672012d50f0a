/** Enabling a user (rows 0.1 to 0.6): by telephone, with the number that is entered here, or by an invitation alone. */
import { Refusal } from '../../ask/ask.ts';
import { element, paragraph } from '../../dom/element.ts';
import type { Dialog } from '../../dom/dialog.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import type { ActionsContext } from './actions-context.ts';
import { phoneFields, type PhoneInput } from './phone-fields.ts';
import { phoneMethods } from './phone-policy.ts';
import type { Enrollment } from './user.ts';

interface Licenses {
  readonly phone?: { readonly bought: number; readonly used: number };
}

const isRefusal = (error: unknown, problem: string): boolean => error instanceof Refusal && error.problem === problem;

/** Row 0.3: how many are bought and used, and where to get more. */
async function showNoLicense(console: Console, words: UsersWords, dialog: Dialog): Promise<void> {
  const { phone = { bought: 0, used: 0 } } = await console.ask<Licenses>('GET', console.at('licenses'));
  const link = console.link(words.toLicenses, 'licenses');
  link.addEventListener('click', () => dialog.close());
  dialog.show(words.noLicenseTitle, [paragraph(words.noLicense(phone.bought, phone.used)), paragraph(words.noLicenseNext), element('p', {}, link)]);
}

export function openEnable({ console, words, tagged: { body: user }, policy }: ActionsContext): void {
  const phone = phoneFields(words, policy);
  if (phoneMethods(policy).length === 0) {
    console.tell(words.noPhoneMethods, 'bad');
    return;
  }
  let input: PhoneInput | undefined;
  let idempotencyKey = '';
  openAction(console, {
    title: words.enableOf(user.displayName),
    text: [words.enableText],
    doName: words.enableDo,
    content: phone.content,
    focus: phone.first,
    fields: phone.fields,
    isComplete: () => {
      const read = phone.read();
      // What was sent once, and got no answer, may be sent again and is done once; another number is another request.
      if (JSON.stringify(read) !== JSON.stringify(input)) idempotencyKey = crypto.randomUUID();
      input = read;
      return read !== undefined;
    },
    act: () => console.ask<Enrollment>('POST', console.at('users', user.userId, 'enrollments'), { kind: 'phone', ...input }, { idempotencyKey }),
    refused: async (error, dialog) => {
      if (isRefusal(error, 'number-refused')) phone.refuse();
      else if (isRefusal(error, 'no-license')) await showNoLicense(console, words, dialog);
      else return false;
      return true;
    },
    done: () => console.goTelling(words.enabled(user.email), 'users', 'user', user.userId),
  });
}

export function openInvite({ console, words, tagged: { body: user } }: ActionsContext): void {
  const idempotencyKey = crypto.randomUUID();
  openAction(console, {
    title: words.inviteOf(user.displayName),
    text: [words.inviteText],
    doName: words.inviteDo,
    act: () => console.ask<Enrollment>('POST', console.at('users', user.userId, 'enrollments'), { kind: 'any' }, { idempotencyKey }),
    done: () => console.goTelling(words.enabled(user.email), 'users', 'user', user.userId),
  });
}
