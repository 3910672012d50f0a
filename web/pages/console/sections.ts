/** The sections of the console: a row each, in the order in which they are offered. Each is loaded, with its words, when it is first opened. */
import type { Role } from '../../ask/answers.ts';
import type { ConsoleWords } from '../../words/en/console.ts';
import { currentLanguage, type WordLoaders } from '../../words/languages.ts';
import type { Console, Organization } from './console.ts';

/** `at` is the place within the section: what follows it in the address. */
export type DrawSection = (console: Console, at: readonly string[]) => unknown;

export interface Section {
  /** In the address, and of its words in `ConsoleWords.sections`. */
  readonly name: keyof ConsoleWords['sections'];
  readonly leastRole: Role;
  /** Where not every organization has it. */
  isFor?(organization: Organization): boolean;
  load(): Promise<DrawSection>;
}

/** What a section's file exports. */
interface SectionFile<Words> {
  draw(console: Console, words: Words, at: readonly string[]): unknown;
}

function section<Words>(name: Section['name'], leastRole: Role, file: () => Promise<SectionFile<Words>>, words: WordLoaders<{ readonly words: Words }>): Section {
  return {
    name,
    leastRole,
    load: async () => {
      const [{ draw }, own] = await Promise.all([file(), words[currentLanguage()]()]);
      return (console, at) => draw(console, own.words, at);
    },
  };
}

export const sections: readonly Section[] = [
  section('users', 'auditor', () => import('../../sections/users/users-section.ts'), {
    en: () => import('../../words/en/console-users.ts'),
    es: () => import('../../words/es/console-users.ts'),
    fr: () => import('../../words/fr/console-users.ts'),
  }),
  section('policy', 'auditor', () => import('../../sections/policy/policy-section.ts'), {
    en: () => import('../../words/en/console-policy.ts'),
    es: () => import('../../words/es/console-policy.ts'),
    fr: () => import('../../words/fr/console-policy.ts'),
  }),
  section('licenses', 'auditor', () => import('../../sections/licenses/licenses-section.ts'), {
    en: () => import('../../words/en/console-licenses.ts'),
    es: () => import('../../words/es/console-licenses.ts'),
    fr: () => import('../../words/fr/console-licenses.ts'),
  }),
  section('tokens', 'auditor', () => import('../../sections/tokens/tokens-section.ts'), {
    en: () => import('../../words/en/console-tokens.ts'),
    es: () => import('../../words/es/console-tokens.ts'),
    fr: () => import('../../words/fr/console-tokens.ts'),
  }),
  section('audit', 'auditor', () => import('../../sections/audit/audit-section.ts'), {
    en: () => import('../../words/en/console-audit.ts'),
    es: () => import('../../words/es/console-audit.ts'),
    fr: () => import('../../words/fr/console-audit.ts'),
  }),
  section('spend', 'auditor', () => import('../../sections/spend/spend-section.ts'), {
    en: () => import('../../words/en/console-spend.ts'),
    es: () => import('../../words/es/console-spend.ts'),
    fr: () => import('../../words/fr/console-spend.ts'),
  }),
  section('portals', 'auditor', () => import('../../sections/portals/portals-section.ts'), {
    en: () => import('../../words/en/console-portals.ts'),
    es: () => import('../../words/es/console-portals.ts'),
    fr: () => import('../../words/fr/console-portals.ts'),
  }),
  // Two levels, no more: a company has none of its own.
  { ...section('companies', 'auditor', () => import('../../sections/companies/companies-section.ts'), {
    en: () => import('../../words/en/console-companies.ts'),
    es: () => import('../../words/es/console-companies.ts'),
    fr: () => import('../../words/fr/console-companies.ts'),
  }), isFor: ({ parentId }) => parentId === undefined },
  section('organization', 'auditor', () => import('../../sections/organization/organization-section.ts'), {
    en: () => import('../../words/en/console-organization.ts'),
    es: () => import('../../words/es/console-organization.ts'),
    fr: () => import('../../words/fr/console-organization.ts'),
  }),
];
