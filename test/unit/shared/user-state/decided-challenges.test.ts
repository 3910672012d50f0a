import { describe, expect, it } from 'vitest';
import { fade, keepChallenges, proofLife, resultLife } from '../../../../shared/user-state/decided-challenges.ts';
import type { Challenge, UserState } from '../../../../shared/user-state/user-state.ts';
import { largest } from './largest-state.ts';

const at = 1_000_000_000;
const [pending] = largest.challenges;
let count = 0;

function challenge(status: Challenge['status'], decidedAt: number, more: Partial<Challenge> = {}): Challenge {
  count += 1;
  const id = new Uint8Array(16).fill(count);
  return { ...pending!, id, status, purpose: 'sign-in', ...(status === 'pending' ? {} : { decidedAt }), ...more };
}

const approved = (decidedAt: number, more: Partial<Challenge> = {}, redeemedAt?: number): Challenge =>
  challenge('approved', decidedAt, {
    approval: { resultId: new Uint8Array(16), at: decidedAt, strength: 'otp', methods: ['otp'], ...(redeemedAt === undefined ? {} : { redeemedAt }) },
    ...more,
  });

const stateOf = (challenges: readonly Challenge[], more: Partial<UserState> = {}): UserState => {
  const { restoredAt: _restoredAt, ...rest } = largest;
  return { ...rest, lastAt: at, challenges, ...more };
};
const keptOf = (challenges: readonly Challenge[], about: Uint8Array = new Uint8Array()): number[] =>
  keepChallenges(stateOf(challenges), about).challenges.map(({ id }) => challenges.findIndex((each) => each.id === id));

describe('what is remembered of challenges', () => {
  it('is every pending one, and the last three that were decided', () => {
    const challenges = [challenge('denied', at - 4), challenge('pending', 0), challenge('expired', at - 3), challenge('canceled', at - 1), challenge('pending', 0), challenge('locked', at - 2)];

    expect(keptOf(challenges)).toEqual([1, 2, 3, 4, 5]);
  });

  it('is two results that nobody has used yet, before whatever else was decided', () => {
    const challenges = [approved(at - 50), approved(at - 40), challenge('denied', at - 3), challenge('denied', at - 2)];

    expect(keptOf(challenges)).toEqual([0, 1, 3]);
    expect(keptOf([approved(at - 60), ...challenges])).toEqual([1, 2, 4]);
  });

  it('is always the one that was just decided: its caller is told of it', () => {
    const challenges = Array.from({ length: 6 }, () => challenge('locked', at));

    expect(keptOf(challenges, challenges[5]?.id)).toContain(5);
    expect(keptOf([approved(at), approved(at), ...challenges], challenges[4]?.id)).toContain(6);
  });

  it('is nothing for longer than a day (P7)', () => {
    expect(keptOf([challenge('denied', at - 86_400_000), challenge('denied', at - 86_399_999)])).toEqual([1]);
  });
});

describe('what is remembered of one', () => {
  const has = (each: Challenge): string[] => (['approval', 'nonce', 'protects', 'methods', 'sending', 'wrongAnswers', 'sends'] as const).filter((name) => each[name] !== undefined);
  const fadedAfter = (passed: number, each: Challenge, restoredAt?: number) => has(fade(each, at + passed, restoredAt));

  it('is everything while it is pending', () => {
    const each = challenge('pending', 0);

    expect(fade(each, at, undefined)).toBe(each);
  });

  it('is its result with what that repeats, as long as it can be redeemed', () => {
    expect(fadedAfter(resultLife - 1, approved(at))).toEqual(['approval', 'nonce', 'protects']);
    expect(fadedAfter(resultLife, approved(at))).toEqual([]);
  });

  it('is a proof for as long as it can prove', () => {
    const proof = approved(at, { purpose: 'change-factors' });

    expect(fadedAfter(proofLife - 1, proof)).toContain('approval');
    expect(fadedAfter(proofLife, proof)).toEqual([]);
  });

  it('is that it was spent, once it is', () => {
    expect(fadedAfter(1, approved(at, {}, at))).toEqual(['approval']);
  });

  it('is nothing that could be used, after a restore (A113)', () => {
    expect(fadedAfter(1, approved(at), at)).toEqual([]);
    expect(fadedAfter(1, approved(at), at - 1)).toContain('approval');
  });

  it('is what it came to, of all others', () => {
    const each = fade(challenge('denied', at, { reason: 'wrong-answer' }), at, undefined);

    expect(each).toMatchObject({ status: 'denied', reason: 'wrong-answer', decidedAt: at, clientId: pending?.clientId });
    expect(has(each)).toEqual([]);
  });
});
