import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsOneText, partsOf, textName } from '../../../../../shared/delivery/texts/gsm-text.ts';

describe('the parts of a text', () => {
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ç'.repeat(70), 1],
    ['ç'.repeat(71), 2],
    [`${'a'.repeat(69)}😀`, 2],
  ])('are counted as a carrier counts them (%#)', (text, parts) => {
    expect(partsOf(text)).toBe(parts);
  });

  it('holds a short text in another alphabet for too long: it is never sent', () => {
    expect(fitsOneText('ç')).toBe(false);
    expect(fitsOneText('code')).toBe(true);
  });
});

describe('a name in a text', () => {
  it.each([
    ['Acme Corporation', 'Acme Corporation'],
    ['Société Générale', 'Société Générale'],
    ['Français Ltd', 'Francais Ltd'],
    ['Łódź', 'odz'],
    ['Müller & Söhne', 'Müller & Söhne'],
    ['Acme https://evil.example/x', 'Acme https evil example x'],
    ['Acme\nYour code is 999999', 'Acme Your code is'],
    ['\u202eemcA', 'emcA'],
    ['Acme 🚀', 'Acme'],
    ['Call +1 202 555 0100', 'Call'],
    ['Area 51', 'Area 51'],
    ['株式会社', 'Countersign'],
    ['', 'Countersign'],
    ['   ', 'Countersign'],
    ['x'.repeat(500), 'x'.repeat(30)],
  ])('%j becomes %j (A76)', (name, written) => {
    expect(textName(name)).toBe(written);
  });

  it('fits the alphabet, is short, and holds no link, line or long number, whatever anyone calls an organization', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.webUrl(), fc.string({ maxLength: 300 })), (name) => {
        const written = textName(name);
        expect(written).toMatch(/^[^./:@#\n\r+]{1,30}$/);
        expect(written.replace(/\D/g, '').length).toBeLessThanOrEqual(4);
        expect(fitsOneText(written)).toBe(true);
      }),
    );
  });
});
