import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../../shared/platform/clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['Ada Example', 'Ada Example'],
    ['  Ada\r\nBcc: x@example.com ', 'Ada Bcc: x@example.com'],
    ['Ada\u202Eelpmaxe', 'Ada elpmaxe'],
    ['Zo\u00eb \u{1F469}\u200D\u{1F4BB}', 'Zo\u00eb \u{1F469}\u200D\u{1F4BB}'],
    ['a\u0000b\u2028c\u009fd', 'a b c d'],
    ['\u0007', ''],
  ])('makes one line of %j', (text, expected) => {
    expect(cleanText(text)).toBe(expected);
  });
});
