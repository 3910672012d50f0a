/** The fields of a user's profile, as they are typed and as they are sent. */
import type { Role } from '../../ask/answers.ts';
import { choice, field, type Field } from '../../dom/controls.ts';
import type { ConsoleWords } from '../../words/en/console.ts';
import type { UsersWords } from '../../words/en/console-users.ts';
import { languages } from '../../words/languages.ts';
import type { UserSummary } from './user.ts';

/** What is sent: the profile, whole. */
export interface UserInput {
  readonly displayName: string;
  readonly email: string;
  readonly role: Role;
  readonly identity: 'local' | 'sso';
  readonly locale: string;
  /** Null: every one. */
  readonly audiences: readonly string[] | null;
  readonly emailProblem?: null;
}

export interface UserFields {
  readonly all: Readonly<Record<keyof Omit<UserInput, 'emailProblem'>, Field>>;
  read(): UserInput;
  /** False when something is missing, and that was said at its field. */
  isComplete(): boolean;
}

export type ProfileName = keyof UserFields['all'];

const roles: readonly Role[] = ['member', 'auditor', 'helpdesk', 'administrator'];

/** A profile as texts, as its fields show it. */
export function textsOf({ displayName, email, role, identity, locale, audiences }: Pick<UserSummary, ProfileName>): Record<ProfileName, string> {
  return { displayName, email, role, identity, locale, audiences: (audiences ?? []).join(', ') };
}

const namesIn = (text: string): string[] => [...new Set(text.split(',').map((each) => each.trim()).filter((each) => each !== ''))];

/** In its own language; one that pages do not speak by its tag. */
export const languageName = (locale: string): string => (Object.entries(languages).find(([value]) => value === locale) ?? [locale, locale])[1];

function languageChoices(locale: string | undefined): (readonly [string, string])[] {
  const known = Object.entries(languages);
  return locale === undefined || known.some(([value]) => value === locale) ? known : [...known, [locale, locale]];
}

export function userFields(shared: ConsoleWords, words: UsersWords, user?: UserSummary): UserFields {
  const plain = { autocomplete: 'off', maxlength: 100 };
  const all = {
    displayName: field(words.name, { ...plain, autocapitalize: 'words' }),
    email: field(words.email, { ...plain, type: 'email', maxlength: 254, hint: words.emailHint }),
    role: choice(words.role, roles.map((role) => [role, shared.roles[role]]), { hint: words.roleHint }),
    identity: choice(words.identity, [['local', words.identities.local], ['sso', words.identities.sso]]),
    locale: choice(words.locale, languageChoices(user?.locale), { hint: words.localeHint }),
    audiences: field(words.audiences, { ...plain, hint: words.audiencesHint }),
  };
  if (user) for (const [name, text] of Object.entries(textsOf(user))) all[name as ProfileName].input.value = text;
  return {
    all,
    read: () => {
      const audiences = namesIn(all.audiences.value());
      return {
        displayName: all.displayName.value(),
        email: all.email.value(),
        role: all.role.value() as Role,
        identity: all.identity.value() as UserInput['identity'],
        locale: all.locale.value(),
        audiences: audiences.length === 0 ? null : audiences,
      };
    },
    isComplete: () => {
      const isAddress = /^[^\s@]+@[^\s@]+$/.test(all.email.value());
      if (!isAddress) all.email.complain(words.emailMissing);
      if (all.displayName.value() === '') all.displayName.complain(words.nameMissing);
      return isAddress && all.displayName.value() !== '';
    },
  };
}
