import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeAt } from '../../../../../shared/factors/kinds/totp.ts';
import { sealBinding, type VerifyInput } from '../../../../../shared/factors/kinds/factor-kind.ts';
import { openToken, packToken, token } from '../../../../../shared/factors/kinds/token.ts';
import { driftWindow, lookAhead, mostDrift, resyncLookAhead, tokenStepAt } from '../../../../../shared/factors/kinds/token-codes.ts';
import { seal } from '../../../../../shared/platform/crypto/seal.ts';
import type { TokenFactor } from '../../../../../shared/user-state/factor.ts';
import type { UserState } from '../../../../../shared/user-state/user-state.ts';
import { defaultRules } from '../../../../../shared/policy/policy.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';
import { runTool } from '../../../../support/pskc.ts';
import { testKeyRing, testStart } from '../../../../support/stage.ts';

const keys = testKeyRing();
const userKey = createSecretKey(Buffer.alloc(32, 6));
const state = { organizationId: 'acme', userId: 'u-1', factors: [], challenges: [] } as unknown as UserState;
const id = new Uint8Array(8);
const seeds = { sha1: Buffer.from('12345678901234567890'), sha256: Buffer.from('12345678901234567890123456789012'), sha512: Buffer.from('1234567890123456789012345678901234567890123456789012345678901234') };

function make(changes: Partial<TokenFactor> = {}, seed: Uint8Array = seeds.sha1): TokenFactor {
  const secret = new Uint8Array(seal(userKey, 1, packToken('AB1234', seed), sealBinding('token', state, id), seededRandom()));
  return { id, kind: 'token', status: 'active', createdAt: 0, tokenKey: new Uint8Array(16), codes: 'totp', secret, ...changes };
}

const verify = (factor: TokenFactor, answer: string, now = testStart, more: Partial<VerifyInput> = {}) =>
  token.verify(factor, { answer, now, state, challenge: undefined, sending: undefined, keys, policy: { ...defaultRules, version: 1 }, userKey: () => userKey, ...more });


/** With eight digits two positions hardly ever share a code: what random runs say of a position is then so. */
const makeLong = (changes: Partial<TokenFactor> = {}): TokenFactor => make({ digits: 8, ...changes });
const longCode = (position: number): string => codeAt(createSecretKey(seeds.sha1), position, 8);

describe('the codes of a token', () => {
  it.each(['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map((code, counter) => [counter, code] as const))(
    'of counter %i are those of RFC 4226, Appendix D',
    (counter, code) => {
      expect(verify(make({ codes: 'hotp', lastStep: counter - 1 }), code)).toMatchObject({ is: 'right', position: counter });
    },
  );

  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])('at %i s are those of RFC 6238, Appendix B', (seconds, one, two, three) => {
    expect(verify(make({ digits: 8 }), one, seconds * 1000)).toMatchObject({ is: 'right' });
    expect(verify(make({ digits: 8, algorithm: 'sha256' }, seeds.sha256), two, seconds * 1000)).toMatchObject({ is: 'right' });
    expect(verify(make({ digits: 8, algorithm: 'sha512' }, seeds.sha512), three, seconds * 1000)).toMatchObject({ is: 'right' });
  });

  it.each([
    ['sha1', 6, 30],
    ['sha1', 8, 60],
    ['sha256', 7, 30],
    ['sha512', 8, 30],
  ] as const)('are those that oathtool shows, with %s, %i digits and %i s', (algorithm, digits, period) => {
    const shape: Partial<TokenFactor> = { ...(algorithm === 'sha1' ? {} : { algorithm }), digits, period };
    const args = [`--totp=${algorithm}`, `--digits=${String(digits)}`, `--time-step-size=${String(period)}s`, `--now=@${String(testStart / 1000)}`, seeds[algorithm].toString('hex')];

    expect(verify(make(shape, seeds[algorithm]), runTool('oathtool', args).trim())).toMatchObject({ is: 'right' });
  });

  it('are those that oathtool counts', () => {
    const shown = runTool('oathtool', ['--hotp', '--counter=500', '--window=9', seeds.sha1.toString('hex')]).trim().split('\n');

    expect(shown.map((code, index) => verify(make({ codes: 'hotp', lastStep: 499 + index }), code).is)).toEqual(Array(10).fill('right'));
  });

  it('open for their owner, and say of the token no more than its end', () => {
    expect(openToken(make(), state, () => userKey)).toMatchObject({ credentialId: 'AB1234', seed: seeds.sha1 });
    expect(token.view?.(make(), { state, userKey: () => userKey })).toEqual({ hint: '••••1234' });
  });
});

describe('a counter', () => {
  const counter = fc.integer({ min: 0, max: 2 ** 40 });

  it('is found in the next ten codes and no further, whatever went wrong before (A15)', () => {
    fc.assert(
      fc.property(counter, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 49 }), (last, ahead, failures) => {
        const verdict = verify(makeLong({ codes: 'hotp', lastStep: last, failures }), longCode(last + ahead));
        expect(verdict.is === 'right').toBe(ahead <= lookAhead);
      }),
    );
  });

  it('only grows: what was used, or stood before what was used, is never right again (A21)', () => {
    fc.assert(
      fc.property(counter, fc.array(fc.integer({ min: -3, max: lookAhead }), { maxLength: 12 }), (start, moves) => {
        let factor = makeLong({ codes: 'hotp', lastStep: start });
        for (const move of moves) {
          const last = factor.lastStep ?? -1;
          const verdict = verify(factor, longCode(Math.max(0, last + move)));
          if (move <= 0) expect(verdict.is).not.toBe('right');
          if (verdict.is === 'right') factor = token.accept(factor, verdict)!;
          expect(factor.lastStep).toBe(move > 0 ? last + move : last);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is told from a wrong code when it was the last one used', () => {
    expect([verify(makeLong({ codes: 'hotp', lastStep: 7 }), longCode(7)).is, verify(makeLong({ codes: 'hotp', lastStep: 7 }), longCode(6)).is]).toEqual(['used', 'wrong']);
  });

  it('that ran away is found by two codes in a row, and both are used up', () => {
    fc.assert(
      fc.property(counter, fc.integer({ min: 1, max: 130 }), fc.constantFrom(1, 2, -1, 0), (last, ahead, gap) => {
        const factor = makeLong({ codes: 'hotp', lastStep: last });
        const verdict = verify(factor, longCode(last + ahead), testStart, { nextAnswer: longCode(Math.max(0, last + ahead + gap)) });
        expect(verdict.is === 'right').toBe(gap === 1 && ahead < resyncLookAhead);
        if (verdict.is !== 'right') return;
        const found = token.accept(factor, verdict)!;
        expect(found.lastStep).toBe(last + ahead + 1);
        expect([verify(found, longCode(last + ahead)).is, verify(found, longCode(last + ahead + 1)).is]).not.toContain('right');
        expect(verify(found, longCode(last + ahead + 2)).is).toBe('right');
      }),
      { numRuns: 60 },
    );
  });

  it('of a table that was restored is not believed before it was found again', () => {
    const restored = { ...state, restoredAt: testStart };
    const factor = makeLong({ codes: 'hotp', lastStep: 7 });
    const pair = verify(factor, longCode(30), testStart, { state: restored, nextAnswer: longCode(31) });

    expect(verify(factor, longCode(8), testStart, { state: restored }).is).toBe('used');
    expect(verify(token.accept(factor, pair as never)!, longCode(32), testStart, { state: restored }).is).toBe('right');
    expect(verify(token.accept(factor, pair as never)!, longCode(32), testStart, { state: { ...state, restoredAt: testStart + 1 } }).is).toBe('used');
  });
});

describe('a clock', () => {
  const current = tokenStepAt(make(), testStart);

  it('may be two steps off what was learned of it, and no more', () => {
    fc.assert(
      fc.property(fc.integer({ min: -mostDrift, max: mostDrift }), fc.integer({ min: -6, max: 6 }), (drift, off) => {
        const verdict = verify(makeLong({ drift }), longCode(current + drift + off));
        expect(verdict.is === 'right').toBe(Math.abs(off) <= driftWindow && Math.abs(drift + off) <= mostDrift);
      }),
    );
  });

  it('is followed as it goes wrong, by one step in a month, for two years', () => {
    let factor = makeLong();
    for (let month = 1; month <= 24; month += 1) {
      const at = testStart + month * 30 * 86_400_000;
      const verdict = verify(factor, longCode(tokenStepAt(factor, at) + month), at);
      expect([month, verdict.is]).toEqual([month, 'right']);
      if (verdict.is === 'right') factor = token.accept(factor, verdict)!;
      expect(factor.drift).toBe(month);
    }
  });

  it('never makes a step right twice, nor an older one after it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), fc.integer({ min: -4, max: 4 })), { maxLength: 20 }), (answers) => {
        let factor = makeLong();
        let now = testStart;
        const accepted: number[] = [];
        for (const [wait, off] of answers) {
          now += wait;
          const step = tokenStepAt(factor, now) + off;
          const verdict = verify(factor, longCode(step), now);
          if (verdict.is !== 'right') continue;
          factor = token.accept(factor, verdict)!;
          accepted.push(verdict.position!);
        }
        expect(accepted).toEqual([...new Set(accepted)].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it.each([-21, -20, -5, 5, 19, 20])('that is %i steps off is found again by two codes, as far as twenty', (off) => {
    const factor = makeLong();
    const verdict = verify(factor, longCode(current + off - 1), testStart, { nextAnswer: longCode(current + off) });

    expect(verdict.is).toBe(off > -20 ? 'right' : 'wrong');
    if (verdict.is === 'right') expect(token.accept(factor, verdict)).toMatchObject({ lastStep: current + off, drift: off });
  });

  it('burns the steps that may have been used before a restore (A113)', () => {
    const restored = { ...state, restoredAt: testStart };

    expect(verify(makeLong(), longCode(current + 2), testStart, { state: restored }).is).toBe('used');
    expect(verify(makeLong(), longCode(current + 3), testStart + 30_000, { state: restored }).is).toBe('right');
  });

  it('is never right while the token is not confirmed, by one code', () => {
    expect(verify(makeLong({ status: 'proving' }), longCode(current)).is).toBe('wrong');
  });
});
