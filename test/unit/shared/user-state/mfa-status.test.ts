import { describe, expect, it } from 'vitest';
import type { Factor } from '../../../../shared/user-state/factor.ts';
import { mfaOf } from '../../../../shared/user-state/mfa-status.ts';

const totp = (status: Factor['status']): Factor => ({ id: new Uint8Array(8), kind: 'totp', status, createdAt: 0, secret: new Uint8Array(1) });

describe('mfaOf', () => {
  it.each([
    [{ factors: [] }, 'none'],
    [{ factors: [totp('proving')] }, 'none'],
    [{ factors: [totp('disabled'), totp('proving')] }, 'inactive'],
    [{ factors: [totp('inactive'), totp('active')] }, 'active'],
    [{ factors: [], licenses: ['ordered-phone'] }, 'provisioned'],
    [{ factors: [totp('proving')], licenses: ['phone'] }, 'provisioned'],
    [{ factors: [totp('active')], licenses: ['phone'] }, 'active'],
  ] as [Parameters<typeof mfaOf>[0], string][])('tells on from off, and from what is only awaited (%#)', (state, expected) => {
    expect(mfaOf(state)).toBe(expected);
  });
});
