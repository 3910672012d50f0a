/** A user's item with everything in it at once that the caps let in, so that its size can be watched. */
import type { Factor } from '../../shared/user-state/factor.ts';
import type { Challenge, UserState } from '../../shared/user-state/user-state.ts';
import { toUserStateItem } from '../../shared/user-state/user-state-item.ts';
import { itemSize } from './item-size.ts';

/** Names as portals choose them. The API takes longer ones; what those cost is theirs. */
const names = { organizationId: 'acme-corporation', userId: '3fa85f64-5717-4562-b3fc-2c963f66afa6' };
const at = 1_900_000_000_000;
const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(7);

const totpFactor = (label: string): Factor => ({
  id: bytes(8), kind: 'totp', status: 'active', label, createdAt: at, failures: 49, secret: bytes(50), lastStep: 63_333_333, rank: 1,
});

const phoneFactor: Factor = {
  id: bytes(8), kind: 'phone', status: 'active', label: 'Office and mobile', createdAt: at, method: 'call-pin', pin: bytes(18), pinFailures: 9,
  numbers: [{ slot: 'primary', number: bytes(48), proved: true }, { slot: 'secondary', number: bytes(48), proved: true, hasExtension: true }],
};

const challengeOf = (status: Challenge['status'], more: Partial<Challenge>): Challenge => ({
  id: bytes(16), status, clientId: 'a'.repeat(16), audience: 'portal', purpose: 'change-factors', firstFactor: 'password',
  methods: ['totp', 'phone:call-pin'], createdAt: at, expiresAt: at + 600_000, wrongAnswers: 4, ...more,
});

const pending = challengeOf('pending', {
  sends: 4, nonce: 'n'.repeat(22), sending: { factorId: bytes(8), send: 4, countedLeg: 5, show: '42' },
});
const approved = challengeOf('approved', {
  decidedAt: at, approval: { resultId: bytes(16), at, strength: 'otp', methods: ['otp', 'pwd', 'mfa'], redeemedAt: at },
});

/** One factor and one pending challenge; what most people's items look like while they sign in. */
export const ordinaryState: UserState = {
  ...names, schema: 1, version: 1234, wrappedKey: bytes(62), identity: 'local', createdAt: at, lastAt: at,
  starts: { at, count: 1 },
  factors: [totpFactor('Phone')],
  challenges: [challengeOf('pending', { purpose: 'sign-in', methods: ['totp'] })],
  receipts: [bytes(24)],
};

export const largestState: UserState = {
  ...ordinaryState,
  failures: 4, locks: 3, lock: { until: at, reason: 'fraud-reported' }, sends: { at, count: 5 }, starts: { at, count: 10 },
  factors: [totpFactor('Phone'), totpFactor('Tablet'), totpFactor('Old phone'), phoneFactor],
  challenges: [pending, pending, pending, approved, approved, approved, approved],
  receipts: Array.from({ length: 9 }, () => bytes(24)),
};

export const stateSize = (state: UserState): number => itemSize(toUserStateItem('u'.repeat(22), state));
