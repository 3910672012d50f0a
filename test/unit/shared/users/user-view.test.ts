import { describe, expect, it } from 'vitest';
import { hour } from '../../../../shared/platform/clock.ts';
import { approveChallenge } from '../../../../shared/user-state/approval.ts';
import { untilReviewed } from '../../../../shared/user-state/failures.ts';
import type { Factor } from '../../../../shared/user-state/factor.ts';
import type { Challenge, UserState } from '../../../../shared/user-state/user-state.ts';
import { viewUser } from '../../../../shared/users/user-view.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { buildOrganization, buildProfile, buildUserState, testKeyRing, testStart } from '../../../support/stage.ts';

const totp = (status: Factor['status']): Factor => ({
  id: new Uint8Array(8),
  kind: 'totp',
  status,
  createdAt: testStart,
  secret: new Uint8Array(1),
});

function view(changes: Partial<UserState>, now = testStart) {
  const [keys, random] = [testKeyRing(), seededRandom()];
  const state = buildUserState(keys, random, buildOrganization(keys, random), changes);
  return viewUser(buildProfile(state), state, now, ({ kind }) => ({ kind }));
}

describe('viewUser', () => {
  it('shows profile and state, and the factors as they are described', () => {
    expect(view({ factors: [totp('active')] })).toEqual({
      userId: 'u-1',
      organizationId: 'acme',
      displayName: 'Ada Example',
      email: 'u-1@example.com',
      emailVerified: true,
      role: 'member',
      identity: 'local',
      locale: 'en',
      mfa: 'active',
      suspended: false,
      createdAt: '2030-01-15T12:00:00Z',
      factors: [{ kind: 'totp' }],
      licenses: [],
    });
  });

  it('shows a lock until it ends', () => {
    const lock = { until: testStart + hour, reason: 'failures' } as const;

    expect(view({ lock }).lock).toEqual({ until: '2030-01-15T13:00:00Z', reason: 'failures' });
    expect(view({ lock }, testStart + hour).lock).toBeUndefined();
  });

  it('gives no time to a lock that only a person ends', () => {
    expect(view({ lock: { until: untilReviewed, reason: 'fraud-reported' } }).lock).toEqual({
      reason: 'fraud-reported',
    });
  });

  it('shows the last sign-in, however long ago, and the proving of a number is none', () => {
    const challenge: Challenge = {
      id: new Uint8Array(16),
      status: 'pending',
      clientId: 'c',
      audience: 'portal',
      purpose: 'sign-in',
      firstFactor: 'password',
      createdAt: testStart,
      expiresAt: testStart + hour,
    };
    const approval = { resultId: new Uint8Array(16), at: testStart + 1000, strength: 'otp', methods: ['otp'] } as const;
    const base = buildUserState(testKeyRing(), seededRandom(), buildOrganization(testKeyRing(), seededRandom()));
    const signedIn = approveChallenge(base, challenge, approval);

    expect(view({ ...signedIn, challenges: [] }, testStart + 400 * 24 * hour).lastSignIn).toBe('2030-01-15T12:00:01Z');
    const proved = approveChallenge(base, { ...challenge, purpose: 'change-factors' }, approval);
    expect(view(proved, testStart + 9000).lastSignIn).toBeUndefined();
  });
});
