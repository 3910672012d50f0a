import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { generateSync } from 'otplib';
import { describe, expect, it } from 'vitest';
import { typedDigits } from '../../../../../shared/factors/typed-digits.ts';
import { codeAt, stepAt, totpPeriod, verifyCode } from '../../../../../shared/factors/kinds/totp.ts';

const key = (text: string) => createSecretKey(Buffer.from(text));
const secret = key('12345678901234567890');

/** RFC 4226, appendix D. */
const hotp = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'];

/** RFC 6238, appendix B: seconds, and the codes by SHA-1, SHA-256 and SHA-512. */
const totp: [number, string, string, string][] = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
];
/** As the reference implementation has them: as long as the hash's output. */
const seeds = { sha1: 20, sha256: 32, sha512: 64 };
const seedOf = (hash: keyof typeof seeds) => '1234567890'.repeat(7).slice(0, seeds[hash]);

describe('codeAt', () => {
  it.each(hotp.map((code, counter) => [counter, code] as const))('gives the code of RFC 4226 for counter %i', (counter, code) => {
    expect(codeAt(secret, counter)).toBe(code);
  });

  it.each(totp)('gives the codes of RFC 6238 at %i seconds', (seconds, sha1, sha256, sha512) => {
    const step = stepAt(seconds * 1000);

    const codes = (['sha1', 'sha256', 'sha512'] as const).map((hash) => codeAt(key(seedOf(hash)), step, 8, hash));

    expect(codes).toEqual([sha1, sha256, sha512]);
  });

  it('gives what otplib gives, for any secret, step, length and hash', () => {
    const anySecret = fc.uint8Array({ minLength: 16, maxLength: 64 });
    const hash = fc.constantFrom('sha1' as const, 'sha256' as const, 'sha512' as const);
    const property = fc.property(anySecret, fc.nat(), fc.constantFrom(6 as const, 7 as const, 8 as const), hash, (bytes, step, digits, algorithm) => {
      const theirs = generateSync({ strategy: 'hotp', secret: bytes, counter: step, digits, algorithm });
      expect(codeAt(createSecretKey(bytes), step, digits, algorithm)).toBe(theirs);
    });
    fc.assert(property, { numRuns: 300 });
    expect(hotp).toHaveLength(10);
  });

  it('counts steps beyond 32 bits', () => {
    expect(codeAt(secret, 2 ** 40)).toBe(generateSync({ strategy: 'hotp', secret: Buffer.from('12345678901234567890'), counter: 2 ** 40 }));
  });
});

describe('verifyCode', () => {
  const now = 100 * totpPeriod + 12_000;

  it.each([
    [-2, 'wrong'], [-1, 'right'], [0, 'right'], [1, 'right'], [2, 'wrong'],
  ])('judges the code of the step %i away as %s', (offset, verdict) => {
    expect(verifyCode(secret, codeAt(secret, 100 + offset), now, -1).is).toBe(verdict);
  });

  it('says which step it was, so that it counts once', () => {
    expect(verifyCode(secret, codeAt(secret, 101), now, 100)).toEqual({ is: 'right', position: 101 });
  });

  it.each([99, 100, 101])('refuses a code of step 99 when step %i was used, and does not count it as wrong', (used) => {
    expect(verifyCode(secret, codeAt(secret, 99), now, used)).toEqual({ is: 'used' });
  });

  it('takes the newest step that was not used, where two steps share a code', () => {
    // Two neighbouring steps of this secret have one code: found by trying.
    const twin = 910_737;
    expect(codeAt(secret, twin)).toBe(codeAt(secret, twin + 1));

    expect(verifyCode(secret, codeAt(secret, twin), twin * totpPeriod, -1)).toEqual({ is: 'right', position: twin + 1 });
    expect(verifyCode(secret, codeAt(secret, twin), twin * totpPeriod, twin)).toEqual({ is: 'right', position: twin + 1 });
    expect(verifyCode(secret, codeAt(secret, twin), twin * totpPeriod, twin + 1)).toEqual({ is: 'used' });
  });

  it.each(['', '12345', '1234567', 'abcdef', '12345６7', '-12345', '1e5   ', '０'.repeat(7)])('judges %j as wrong', (typed) => {
    expect(verifyCode(secret, typed, now, -1).is).toBe('wrong');
  });

  it('is right for nothing but the three codes of the window', () => {
    const codes = new Set([99, 100, 101].map((step) => codeAt(secret, step)));
    const digits = fc.integer({ min: 0, max: 999_999 }).map((number) => String(number).padStart(6, '0'));
    const property = fc.property(digits, (typed) => {
      expect(verifyCode(secret, typed, now, -1).is === 'right').toBe(codes.has(typed));
    });
    fc.assert(property, { numRuns: 500 });
    expect(codes.size).toBe(3);
  });
});

describe('typedDigits', () => {
  it.each([['123 456', '123456'], ['１２３４５６', '123456'], [' 123\u00a0456\t', '123456']])('reads %j as %s', (typed, digits) => {
    expect(typedDigits(typed)).toBe(digits);
  });
});
