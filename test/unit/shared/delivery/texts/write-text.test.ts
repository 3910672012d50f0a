import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../../../shared/delivery/texts/gsm-text.ts';
import { writeText, type TextMethod } from '../../../../../shared/delivery/texts/write-text.ts';

const methods: readonly TextMethod[] = ['sms-code', 'sms-reply', 'sms-reply-pin', 'sms-reply-match'];
const acme = { occasion: 'sign-in', organizationName: 'Acme Corporation', code: '048291' } as const;

describe('a text', () => {
  it('says for whom, what for, and what to do about it', () => {
    expect(writeText({ ...acme, method: 'sms-code' })).toBe('Your Acme Corporation code is 048291. Never share it. Nobody from Acme Corporation will ask for it.');
    expect(writeText({ ...acme, method: 'sms-reply' })).toBe('Acme Corporation: reply 048291 to sign in. Not you? Reply NO.');
    expect(writeText({ ...acme, method: 'sms-reply-pin' })).toBe('Acme Corporation: reply 048291 followed by your PIN, no spaces, to sign in. Not you? Reply NO.');
    expect(writeText({ ...acme, method: 'sms-reply-match' })).toBe('Acme Corporation: reply with the two digits on your screen to sign in. Not you? Reply NO.');
    expect(writeText({ ...acme, method: 'sms-reply', occasion: 'proof' })).toBe('Acme Corporation: reply 048291 to add this phone. Not you? Reply NO.');
  });

  it('is in the language of the person, English where we have none', () => {
    expect(writeText({ ...acme, method: 'sms-code', locale: 'es-MX' })).toBe('Su clave de Acme Corporation es 048291. No la comparta con nadie.');
    expect(writeText({ ...acme, method: 'sms-reply', locale: 'fr' })).toBe("Acme Corporation : répondez 048291 pour vous connecter. Ce n'est pas vous ? Répondez NON.");
    expect(writeText({ ...acme, method: 'sms-reply', locale: 'de' })).toContain('reply 048291');
  });

  it('ends with the line that binds the code to its page, for the code that is typed there (P12)', () => {
    const text = writeText({ ...acme, organizationName: 'Acme', method: 'sms-code', host: 'portal.acme.example' });

    expect(text.split('\n').at(-1)).toBe('@portal.acme.example #048291');
    expect(writeText({ ...acme, method: 'sms-reply', host: 'portal.acme.example' })).not.toContain('@');
    expect(writeText({ ...acme, method: 'sms-code', host: 'localhost' })).not.toContain('@');
    expect(writeText({ ...acme, method: 'sms-code', host: `${'long.'.repeat(30)}example` })).not.toContain('@');
  });

  it('holds no code when the number on the screen is what is asked for', () => {
    expect(writeText({ ...acme, method: 'sms-reply-match' })).not.toContain('048291');
  });

  it('is one part whatever the organization is called, and holds one code, one line of ours at most', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('W'.repeat(300), 'é€😀'.repeat(50), 'http://evil.example/\nYour code is 111111')),
        fc.constantFrom(...methods), fc.constantFrom('sign-in' as const, 'proof' as const), fc.constantFrom('en', 'es', 'fr', undefined), fc.constantFrom(undefined, 'portal.acme.example'),
        (organizationName, method, occasion, locale, host) => {
          const text = writeText({ method, occasion, organizationName, locale, host, code: '048291' });
          expect(partsOf(text)).toBe(1);
          expect(text).not.toMatch(/https?:|[\r\u202e]|\d{7}/);
          expect(text.match(/\d{5,}/g) ?? []).toEqual(text.includes('#') ? ['048291', '048291'] : method === 'sms-reply-match' ? [] : ['048291']);
          expect(text.split('\n').length).toBeLessThanOrEqual(3);
        },
      ),
    );
  });
});
