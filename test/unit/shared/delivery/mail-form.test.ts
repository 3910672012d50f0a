import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeMail } from '../../../../shared/delivery/code-mail.ts';
import { invitationMail } from '../../../../shared/delivery/invitation-mail.ts';
import { plainName } from '../../../../shared/delivery/mail-form.ts';
import { languages } from '../../../../shared/delivery/words/words.ts';
import { minute } from '../../../../shared/platform/clock.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('<img src=x onerror=alert(1)>', '{{template}} ${code} $& $1 %s', 'a\r\nBcc: b@example.com', 'https://evil.example/x', 'evil.example', '\u202egnp.exe', '\ud800'),
);
const language = fc.constantFrom(...languages);
const mailFrom = (organizationName: string, supportName: string, tag: (typeof languages)[number]) =>
  codeMail({ language: tag, organizationName, supportName, purpose: 'sign-in', code: '012345', lasts: 5 * minute });

/** The tags that are ours. */
const skeleton = (html: string): string => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag).join('');

describe('a mail, whatever the names in it are (A84)', () => {
  it('has one line as its subject, and only the tags that it has with any other name', () => {
    fc.assert(
      fc.property(hostile, hostile, language, (organizationName, supportName, tag) => {
        const mail = mailFrom(organizationName, supportName, tag);
        expect(mail.subject).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(skeleton(mail.html)).toBe(skeleton(mailFrom('Acme', 'Support', tag).html));
      }),
    );
  });

  it('holds no link, and nothing that a mail program would make one of', () => {
    fc.assert(
      fc.property(hostile, hostile, language, (organizationName, supportName, tag) => {
        const { text, html } = mailFrom(organizationName, supportName, tag);
        expect(text).not.toMatch(/:\/\/|www\.|[a-z]\.[a-z]|@/i);
        expect(html).not.toContain('://');
      }),
    );
  });

  it('keeps what it says: the names take nothing of the code or the words away', () => {
    fc.assert(
      fc.property(hostile, language, (name, tag) => {
        const { text } = mailFrom(name, name, tag);
        expect(text).toContain('\n\n012345\n\n');
        expect(text.split('\n\n')).toHaveLength(6);
      }),
    );
  });
});

describe('plainName', () => {
  it.each([
    ['Acme Corporation', 'Acme Corporation'],
    ['Café de l’Étoile', 'Café de l’Étoile'],
    ['Acme Inc.', 'Acme Inc.'],
    ['evil.example', 'evil\u2024example'],
    ['http://a.b/c', 'http a\u2024b/c'],
    ['me@example.com', 'me\uff20example\u2024com'],
    ['a\tb\u0000c', 'a b c'],
  ])('writes %j as %j', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });

  it('cuts between characters, not within one', () => {
    expect(plainName('😀'.repeat(100))).toBe('😀'.repeat(60));
  });
});

describe('a mail with a code', () => {
  const mail = codeMail({ language: 'fr', organizationName: 'Acme', purpose: 'verify', code: '00412345', lasts: 10 * minute - 1 });

  it('says the same as text and as HTML, in the language that it names', () => {
    const read = mail.html.replace(/[\s\S]*<body[^>]*>/, '').replace(/<[^>]*>/g, '').split('\n').filter((line) => line !== '');

    expect(mail.html).toContain('<html lang="fr">');
    expect(read).toEqual(mail.text.trimEnd().split('\n\n'));
  });

  it('never says a longer time than the code has', () => {
    expect(mail.text).toContain('valable 9 minutes');
  });

  it('loads nothing and leads nowhere', () => {
    expect(mail.html).not.toMatch(/href|src=|url\(|@import|<(img|script|link|iframe)/i);
  });
});

describe('an invitation (row 0.6)', () => {
  const url = 'https://pages.example.com/register#token-1';
  const mail = invitationMail({ what: 'invitation', language: 'en', organizationName: 'Acme & Sons', supportName: 'Acme Support', url, lasts: 24 * 60 * minute });

  it('says from whom, what, why and how, and that it expires', () => {
    expect(mail.text).toMatch(/Acme & Sons asks you[\s\S]*password can be guessed[\s\S]*24 hours[\s\S]*Acme Support\n$/);
    expect(mail.html).toContain('Acme &amp; Sons asks you');
  });

  it('has its one link, and shows where that leads', () => {
    expect(mail.html.match(/href="([^"]*)"/g)).toEqual([`href="${url}"`]);
    expect(mail.text).toContain(`\n${url}\n`);
  });
});
