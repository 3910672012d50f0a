import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecoveryKey, writeRecoveryKey } from '../../../../shared/factors/recovery-key-text.ts';
import { systemRandom } from '../../../../shared/platform/random.ts';

const counting = (from: number) => {
  let at = from;
  return { bytes: (length: number) => new Uint8Array(length), integer: (below: number) => at++ % below };
};

/** As a person types it: letters that look alike, other hyphens, blanks, small letters. */
const sloppy = (text: string, choices: readonly number[]): string =>
  [...text].map((character, position) => {
    const choice = choices[position % choices.length] ?? 0;
    const isCheck = position >= text.length - 1;
    if (character === '-') return ['-', ' ', '', '‑', '–'][choice % 5] ?? '';
    if (!isCheck && character === '0') return ['0', 'O', 'o'][choice % 3] ?? '';
    if (!isCheck && character === '1') return ['1', 'I', 'l'][choice % 3] ?? '';
    return choice % 2 === 0 ? character : character.toLowerCase();
  }).join('');

describe('the text of a recovery key', () => {
  it('is 26 characters of 32 and a check character, in groups (D13)', () => {
    const text = writeRecoveryKey(systemRandom);

    expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z*~$=U]{2}$/);
    expect(writeRecoveryKey(counting(0)).startsWith('01234-56789-ABCDE-FGHJK-MNPQR-S')).toBe(true);
  });

  it('is read as it was meant, however it is typed', () => {
    fc.assert(fc.property(fc.nat(), fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 40 }), (from, choices) => {
      const text = writeRecoveryKey(counting(from));
      expect(readRecoveryKey(sloppy(text, choices))).toBe(text.replaceAll('-', '').slice(0, 26));
    }));
  });

  it('shows every single character that is wrong, and every two that changed places', () => {
    const plain = writeRecoveryKey(systemRandom).replaceAll('-', '');
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    for (let at = 0; at < 26; at += 1) {
      const others = [...alphabet].filter((character) => character !== plain[at]);
      expect(others.map((character) => readRecoveryKey(plain.slice(0, at) + character + plain.slice(at + 1))).every((read) => read === undefined)).toBe(true);
      const [one, other] = [plain[at], plain[at + 1]];
      if (at < 25 && one !== other) expect(readRecoveryKey(`${plain.slice(0, at)}${String(other)}${String(one)}${plain.slice(at + 2)}`)).toBeUndefined();
    }
  });

  it.each(['', '123456', '0'.repeat(26), '0'.repeat(64), 'U'.repeat(27), '💥'.repeat(27)])('%j is none', (typed) => {
    expect(readRecoveryKey(typed)).toBeUndefined();
  });
});
