import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { promptsFor, speakable } from '../../../../../shared/delivery/call-prompts.ts';
import { codeMail } from '../../../../../shared/delivery/code-mail.ts';
import { invitationMail } from '../../../../../shared/delivery/invitation-mail.ts';
import { noticeMail } from '../../../../../shared/delivery/notices.ts';
import { languageOf, wordsIn } from '../../../../../shared/delivery/words/language.ts';
import { codePurposes, languages, noticeNames } from '../../../../../shared/delivery/words/words.ts';
import { minute } from '../../../../../shared/platform/clock.ts';

const organizationName = 'Acme';

/** Everything that a language says, one text each. */
function textsIn(language: (typeof languages)[number]): string[] {
  const of = { language, organizationName };
  const calls = (['call', 'call-pin', 'call-match'] as const).flatMap((method) =>
    [true, false].flatMap((isProof) => Object.values(promptsFor({ ...of, method, isProof, extension: '12' }))),
  );
  const codes = codePurposes.map((purpose) => codeMail({ ...of, purpose, code: '123456', lasts: 5 * minute }));
  const notices = noticeNames.map((notice) => noticeMail(notice, { ...of, at: 0 }));
  const invitations = (['invitation', 'reminder'] as const).map((what) => invitationMail({ ...of, what, url: 'https://example.com/register', lasts: 24 * 60 * minute }));
  return [...calls, ...[...codes, ...notices, ...invitations].flatMap((mail) => [mail?.subject ?? '', mail?.text ?? ''])];
}

describe('languageOf', () => {
  it.each([
    ['en', 'en'], ['es', 'es'], ['fr', 'fr'], ['es-MX', 'es'], ['es-419', 'es'], ['fr-CA', 'fr'], ['FR-ca', 'fr'], ['en-GB', 'en'],
    ['de', 'en'], ['est', 'en'], ['fro-x', 'en'], ['', 'en'], ['constructor', 'en'], [undefined, 'en'],
  ])('speaks to %j in %s', (locale, language) => {
    expect(languageOf(locale)).toBe(language);
  });
});

describe.each(languages)('the words in %s', (language) => {
  it('say something everywhere, and nothing twice in one language', () => {
    const texts = textsIn(language);

    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
    const subjects = noticeNames.map((notice) => wordsIn(language).mail.notices[notice].subject);
    expect(new Set(subjects).size).toBe(subjects.length);
  });

  it('hold nothing that would break out of SSML, a header or a line', () => {
    const { call } = wordsIn(language);
    const spoken = [call.greeting('Acme'), call.putThrough('1 2'), ...Object.values(call).flatMap((value: unknown) => (typeof value === 'object' && value !== null ? Object.values(value) : [value])).filter((value) => typeof value === 'string')] as string[];

    expect(spoken.filter((text) => speakable(text).length < Math.min(text.length, 60) || /[<>&"]/.test(text))).toEqual([]);
    expect(codePurposes.filter((purpose) => /[\r\n]/.test(wordsIn(language).mail.codes[purpose].subject))).toEqual([]);
  });

  it('never speak a code or a PIN, nor write one where a locked screen shows it (P12)', () => {
    const { subject } = codeMail({ language, organizationName, purpose: 'sign-in', code: '492039', lasts: minute });

    expect(subject).not.toContain('492039');
    expect(Object.values(promptsFor({ language, organizationName, method: 'call-pin' })).filter((text) => /\d{4}/.test(text))).toEqual([]);
  });
});

describe('the languages other than English', () => {
  it.each(['es', 'fr'] as const)('have no English text left in %s', (language) => {
    const english = new Set(textsIn('en'));
    const same = textsIn(language).filter((text) => english.has(text));

    expect(same).toEqual([]);
  });

  it('are named, each in its own file, and in no other file of the product', () => {
    for (const language of languages) {
      const file = readFileSync(new URL(`../../../../../shared/delivery/words/${language}.ts`, import.meta.url), 'utf8');
      expect(file).toContain(`tag: '${language}'`);
    }
  });
});
