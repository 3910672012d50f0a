/** Adds a user, or changes one. Two administrators who change one user at once are both told, and neither loses what they typed. */
import { Refusal } from '../../ask/ask.ts';
import { check, field } from '../../dom/controls.ts';
import { openAction } from '../../pages/console/action-dialog.ts';
import type { Console } from '../../pages/console/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import type { User } from './user.ts';
import { textsOf, userFields, type ProfileName, type UserFields, type UserInput } from './user-fields.ts';

const isRefusal = (error: unknown, problem: string): boolean => error instanceof Refusal && error.problem === problem;

async function isThere(console: Console, userId: string): Promise<boolean> {
  try {
    await console.ask('GET', console.at('users', userId));
    return true;
  } catch (error) {
    if (isRefusal(error, 'not-found')) return false;
    throw error;
  }
}

export function openNewUser(console: Console, words: UsersWords): void {
  const fields = userFields(console.words, words);
  const userId = field(words.userId, { autocomplete: 'off', maxlength: 100, hint: words.userIdHint });
  openAction(console, {
    title: words.add,
    doName: words.add,
    content: [userId.box, ...Object.values(fields.all).map(({ box }) => box)],
    focus: userId.input,
    fields: { userId, ...fields.all },
    isComplete: () => {
      const isRest = fields.isComplete();
      if (userId.value() === '') userId.complain(words.userIdMissing);
      return isRest && userId.value() !== '';
    },
    act: async () => {
      // The service would change whoever has this id already.
      if (await isThere(console, userId.value())) throw new Refusal('user-exists');
      return console.ask<User>('PUT', console.at('users', userId.value()), fields.read());
    },
    refused: (error) => {
      if (!isRefusal(error, 'user-exists')) return false;
      userId.complain(words.userIdTaken);
      return true;
    },
    done: (user) => console.go('users', 'user', user.userId),
  });
}

/** What the other one saved is taken over where nothing was typed here, and shown beside what was. True when something stands against something. */
function merge(fields: UserFields['all'], before: Record<ProfileName, string>, now: Record<ProfileName, string>, words: UsersWords): void {
  for (const [key, each] of Object.entries(fields)) {
    const name = key as ProfileName;
    if (now[name] === before[name]) continue;
    if (each.value() === before[name]) each.input.value = now[name];
    else if (each.value() !== now[name]) each.complain(words.savedMeanwhile(now[name]));
  }
}

export function openEditUser(console: Console, words: UsersWords, first: { readonly body: User; readonly etag: string | undefined }): void {
  let { body: user, etag } = first;
  const path = console.at('users', user.userId);
  const fields = userFields(console.words, words, user);
  const reaches = user.emailProblem && check(words.reachesAgain);
  openAction(console, {
    title: words.editOf(user.displayName),
    doName: console.words.save,
    content: [...Object.values(fields.all).map(({ box }) => box), reaches?.box],
    focus: fields.all.displayName.input,
    fields: fields.all,
    isComplete: fields.isComplete,
    act: () => {
      const input: UserInput = { ...fields.read(), ...(reaches?.input.checked ? { emailProblem: null } : {}) };
      return console.ask<User>('PUT', path, input, { ifMatch: etag });
    },
    refused: async (error, dialog) => {
      if (!isRefusal(error, 'version-mismatch')) return false;
      const before = textsOf(user);
      ({ body: user, etag } = await console.askTagged<User>('GET', path));
      dialog.tell(words.changedMeanwhile, 'bad');
      merge(fields.all, before, textsOf(user), words);
      return true;
    },
    done: ({ userId }) => console.goTelling(console.words.saved, 'users', 'user', userId),
  });
}
