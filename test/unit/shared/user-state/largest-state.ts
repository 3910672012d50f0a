/** States with as much in them as is permitted: every list full, every name as long as the API takes it. */
import type { Factor, PhoneFactor, PhoneNumberEntry, TotpFactor } from '../../../../shared/user-state/factor.ts';
import type { Challenge, UserState } from '../../../../shared/user-state/user-state.ts';

const at = Date.UTC(2030, 0, 15, 12, 34, 56, 789);
const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);
const text = (length: number): string => 'n'.repeat(length);

interface Names {
  readonly organization: number;
  readonly user: number;
  readonly label: number;
  readonly audience: number;
  readonly nonce: number;
  readonly protects: readonly number[];
}

/** As functions/api/wire takes them. */
const longest: Names = { organization: 64, user: 100, label: 32, audience: 24, nonce: 64, protects: [16, 16, 16, 16] };
/** As portals choose them. */
const usual: Names = { organization: 20, user: 36, label: 12, audience: 6, nonce: 43, protects: [14] };

const app = (names: Names): TotpFactor => ({
  id: bytes(8), kind: 'totp', status: 'active', label: text(names.label), rank: 99, createdAt: at, failures: 49, secret: bytes(50), lastStep: 63_123_456,
});

const number = (slot: 'primary' | 'secondary', proved: boolean, length: number): PhoneNumberEntry => ({
  slot, number: bytes(length), proved, ...(length > 50 ? { hasExtension: true } : {}), ...(proved ? {} : { proposedAt: at }),
});

/** Sealed: 30 bytes, and the number, its country and its extension. */
const telephone = (names: Names, numbers: readonly PhoneNumberEntry[]): PhoneFactor => ({
  id: bytes(8), kind: 'phone', status: 'active', label: text(names.label), rank: 99, createdAt: at, failures: 49, method: 'call-pin', pin: bytes(18), pinFailures: 9, numbers,
});

const asked = (names: Names): Challenge => ({
  id: bytes(16), status: 'pending', clientId: text(16), audience: text(names.audience), purpose: 'change-factors', firstFactor: 'password',
  nonce: text(names.nonce), protects: names.protects.map(text), returnAddress: 19, createdAt: at, expiresAt: at + 600_000,
});
const pending = (names: Names): Challenge => ({
  ...asked(names), methods: ['totp', 'phone:call-pin'], wrongAnswers: 4, sends: 4, sending: { factorId: bytes(8), send: 4, countedLeg: 4 },
});
const fresh = (names: Names): Challenge => ({
  ...asked(names), status: 'approved', decidedAt: at, approval: { resultId: bytes(16), at, strength: 'otp', methods: ['tel', 'pin', 'pwd', 'mfa'] },
});
const spent = (names: Names): Challenge => {
  const { nonce: _nonce, protects: _protects, returnAddress: _address, ...rest } = fresh(names);
  return { ...rest, approval: { resultId: bytes(16), at, strength: 'otp', methods: ['tel', 'pin', 'pwd', 'mfa'], redeemedAt: at } };
};

const state = (names: Names, factors: readonly Factor[], challenges: readonly Challenge[]): UserState => ({
  schema: 1, version: 123_456, organizationId: text(names.organization), userId: text(names.user), wrappedKey: bytes(62), identity: 'local',
  createdAt: at, lastAt: at + 1, lastSignInAt: at, failures: 4, locks: 3, starts: { at, count: 10 }, sends: { at, count: 5 },
  licenses: ['ordered-phone'],
  factors, challenges, receipts: Array.from({ length: 9 }, () => bytes(14)),
});

export const oneFactor: UserState = state(longest, [app(longest)], [pending(longest)]);

const many = (names: Names): Challenge[] => [
  pending(names), pending(names), pending(names), fresh(names), fresh(names), spent(names),
];

/** Two apps, a telephone with two numbers and a third being proved; three sign-ins pending, three just decided. */
export const heaviest: UserState = state(
  usual,
  [app(usual), app(usual), telephone(usual, [number('primary', true, 45), number('secondary', true, 45), number('primary', false, 45)])],
  many(usual),
);

export const largest: UserState = {
  ...state(
    longest,
    [app(longest), app(longest), telephone(longest, [number('primary', true, 58), number('secondary', true, 58), number('primary', false, 58)])],
    many(longest),
  ),
  restoredAt: at,
  licenses: ['phone', 'token', 'ordered-phone', 'ordered-token'],
  audiences: Array.from({ length: 4 }, () => text(longest.audience)),
};
