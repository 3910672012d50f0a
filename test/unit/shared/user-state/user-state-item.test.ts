import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemSize } from '../../../../bench/counts/item-size.ts';
import { unknownAttributes } from '../../../../shared/platform/dynamo/compact.ts';
import { fromUserStateItem, isTombstone, toUserStateItem } from '../../../../shared/user-state/user-state-item.ts';
import { strengths } from '../../../../shared/user-state/methods.ts';
import type { Factor } from '../../../../shared/user-state/factor.ts';
import type { Approval, Challenge, UserState } from '../../../../shared/user-state/user-state.ts';
import { heaviest, largest, oneFactor } from './largest-state.ts';

const userKey = 'k'.repeat(22);
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const time = fc.integer({ min: 0, max: 4_000_000_000_000 });
const small = fc.integer({ min: 1, max: 99 });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** As it is in the product: what is absent has no property. */
const whole = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  arbitrary.map((value) => Object.fromEntries(Object.entries(value as object).filter(([, each]) => each !== undefined && !(Array.isArray(each) && each.length === 0))) as T);

const factor = fc.oneof(
  whole(fc.record({
    id: bytes(8), kind: fc.constant('totp' as const), status: fc.constantFrom('proving', 'active', 'inactive', 'disabled'), label: optional(fc.string({ minLength: 1 })),
    rank: optional(small), createdAt: time, failures: optional(small), secret: bytes(50), lastStep: optional(fc.nat()),
  })),
  whole(fc.record({
    id: bytes(8), kind: fc.constant('phone' as const), status: fc.constantFrom('proving', 'active', 'inactive', 'disabled'), createdAt: time,
    method: fc.constantFrom('call', 'call-pin', 'call-match'), pin: optional(bytes(18)), pinFailures: optional(small), failures: optional(small),
    numbers: fc.array(whole(fc.record({ slot: fc.constantFrom('primary', 'secondary'), number: bytes(40), hasExtension: optional(fc.boolean()), proved: fc.boolean(), proposedAt: optional(time) })), { minLength: 1, maxLength: 3 }),
  })),
) as fc.Arbitrary<Factor>;

const approval = whole(fc.record({
  resultId: bytes(16), at: time, strength: fc.constantFrom(...strengths), redeemedAt: optional(time),
  methods: fc.subarray(['otp', 'tel', 'pin', 'pwd', 'mfa', 'swk'], { minLength: 1 }),
})) as fc.Arbitrary<Approval>;

const challenge = whole(fc.record({
  id: bytes(16), status: fc.constantFrom('pending', 'approved', 'denied', 'canceled', 'expired', 'locked'), clientId: fc.string(), audience: fc.string(),
  reason: optional(fc.constantFrom('failures', 'fraud-reported', 'wrong-answer', 'no-answer', 'suspended', 'a reason of tomorrow')),
  purpose: fc.constantFrom('sign-in', 'change-factors', 'administer'), firstFactor: fc.constantFrom('password', 'sso'),
  protects: fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }), nonce: optional(fc.string()), returnAddress: optional(fc.nat({ max: 20 })),
  methods: fc.subarray(['totp', 'phone:call', 'phone:call-pin', 'phone:call-match', 'email']), settingUp: optional(bytes(8)), proves: optional(fc.record({ factorId: bytes(8), part: fc.constantFrom('primary', 'secondary', 'address') })),
  createdAt: time, expiresAt: time, decidedAt: optional(time), wrongAnswers: optional(small), sends: optional(small),
  setUp: optional(fc.constantFrom('required', 'offered', 'recovered')), approval: optional(approval),
  sending: optional(whole(fc.record({ factorId: bytes(8), send: small, countedLeg: optional(small), show: optional(fc.string({ minLength: 1 })), codeMac: optional(bytes(12)) }))),
})) as fc.Arbitrary<Challenge>;

const state = whole(fc.record({
  schema: fc.constant(1), version: small, organizationId: fc.string(), userId: fc.string(), wrappedKey: bytes(62), identity: fc.constantFrom('local', 'sso'),
  createdAt: time, lastAt: time, lastSignInAt: optional(time), suspendedAt: optional(time), restoredAt: optional(time), failures: optional(small), locks: optional(small),
  audiences: optional(fc.array(fc.string(), { minLength: 1, maxLength: 3 })),
  licenses: optional(fc.subarray(['phone', 'token', 'ordered-phone', 'ordered-token'], { minLength: 1 })),
  lock: optional(fc.record({ until: time, reason: fc.constantFrom('failures', 'fraud-reported') })),
  starts: optional(fc.record({ at: time, count: small })), sends: optional(fc.record({ at: time, count: small })),
})) as unknown as fc.Arbitrary<UserState>;

const anyState = fc.record({ state, factors: fc.array(factor, { maxLength: 3 }), challenges: fc.array(challenge, { maxLength: 6 }), receipts: fc.array(bytes(14), { maxLength: 9 }) })
  .map(({ state: own, ...lists }): UserState => ({ ...own, ...lists }));

describe('the item of a user', () => {
  it('gives back the state that was put in', () => {
    fc.assert(fc.property(anyState, (value) => void expect(fromUserStateItem(toUserStateItem(userKey, value))).toEqual(value)));
    expect(isTombstone(toUserStateItem(userKey, largest))).toBe(false);
  });

  it('carries through what a newer version wrote, at every depth (X21)', () => {
    const item = toUserStateItem(userKey, largest);
    const added = { S: 'of tomorrow' };
    const deep = (attributes: typeof item): typeof item => ({
      ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [
        name, value.M ? { M: deep(value.M) } : value.L ? { L: value.L.map((each) => (each.M ? { M: deep(each.M) } : each)) } : value,
      ])),
      zz: added,
    });
    const newer = deep(item);

    const changed = { ...fromUserStateItem(newer), version: 7 };

    expect(toUserStateItem(userKey, changed)).toEqual({ ...newer, version: { N: '7' } });
  });

  it('keeps a word of tomorrow as it stands, and takes it for nothing that it knows', () => {
    const item = toUserStateItem(userKey, oneFactor);
    const [pending] = item['ch']?.L ?? [];
    if (pending?.M) pending.M['s'] = { S: 'z' };

    const read = fromUserStateItem(item);

    expect(read.challenges[0]?.status).toBe('z');
    expect(toUserStateItem(userKey, read)).toEqual(item);
  });

  it('is not read when it is of a newer schema, or of none', () => {
    const item = toUserStateItem(userKey, oneFactor);

    expect(() => fromUserStateItem({ ...item, schema: { N: '2' } })).toThrow('written by a newer version');
    expect(() => fromUserStateItem({})).toThrow();
  });

  it('loses no property on the way: one without a short name is refused', () => {
    expect(() => toUserStateItem(userKey, { ...oneFactor, nickname: 'Ada' } as UserState)).toThrow('no short name for nickname');
    expect(fromUserStateItem(toUserStateItem(userKey, oneFactor))[unknownAttributes]).toBeUndefined();
  });
});

describe('the size of the item', () => {
  it('is a kilobyte at most with one factor and one pending challenge, whatever they are called', () => {
    expect(itemSize(toUserStateItem(userKey, oneFactor))).toBeLessThanOrEqual(1024);
  });

  it('is two kilobytes at most with everything in it that people have', () => {
    expect(itemSize(toUserStateItem(userKey, heaviest))).toBeLessThanOrEqual(2048);
  });

  it('is three kilobytes at most in its largest permitted shape', () => {
    expect(itemSize(toUserStateItem(userKey, largest))).toBeLessThanOrEqual(3072);
  });
});
