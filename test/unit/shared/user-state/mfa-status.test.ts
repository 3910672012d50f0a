import { describe, expect, it } from 'vitest';
import type { Factor } from '../../../../shared/user-state/factor.ts';
import { mfaOf } from '../../../../shared/user-state/mfa-status.ts';

const totp = (status: Factor['status']): Factor => ({ id: new Uint8Array(8), kind: 'totp', status, createdAt: 0, secret: new Uint8Array(1) });

describe('mfaOf', () => {
  it.each([
    [[], 'none'],
    [[totp('proving')], 'none'],
    [[totp('disabled'), totp('proving')], 'inactive'],
    [[totp('inactive'), totp('active')], 'active'],
  ] as [Factor[], string][])('tells on from off (%#)', (factors, expected) => {
    expect(mfaOf({ factors })).toBe(expected);
  });
});
