import { describe, expect, it } from 'vitest';
import { day } from '../../../../shared/platform/clock.ts';
import { defaultRules, isSetUpOpen, type Policy } from '../../../../shared/policy/policy.ts';

const start = Date.UTC(2030, 0, 1);
const policy: Policy = { ...defaultRules, enforcement: 'required', setUpWindowDays: 14, version: 1, enforcedAt: start };

describe('the window for a first set-up', () => {
  it('opens with the later of enforcement and the user, and closes by itself (D26)', () => {
    const early = { createdAt: start - 90 * day };
    const late = { createdAt: start + 30 * day };

    expect([start, start + 14 * day - 1, start + 14 * day].map((now) => isSetUpOpen(policy, early, now))).toEqual([true, true, false]);
    expect([start + 43 * day, start + 44 * day].map((now) => isSetUpOpen(policy, late, now))).toEqual([true, false]);
  });

  it('is shut for whom an administrator took the factors from while it was open, and opens with a later enforcement', () => {
    const stripped = { createdAt: start - day, resetAt: start + day };

    expect(isSetUpOpen(policy, stripped, start + 2 * day)).toBe(false);
    expect(isSetUpOpen({ ...policy, enforcedAt: start + 5 * day }, stripped, start + 6 * day)).toBe(true);
  });
});
