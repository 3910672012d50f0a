import { describe, expect, it } from 'vitest';
import type { Factor } from '../../../../shared/user-state/factor.ts';
import { heldLicenses, releaseLicense, reserveLicense, wantsLicense } from '../../../../shared/user-state/held-licenses.ts';
import { readLicenseCount, type LicenseReservation } from '../../../../shared/user-state/license-count.ts';
import type { UserState } from '../../../../shared/user-state/user-state.ts';

const made = (kind: string, status = 'active'): Factor => ({ id: new Uint8Array(8), kind, status, createdAt: 0 }) as unknown as Factor;
const state = (factors: Factor[], licenses?: LicenseReservation[]): UserState => ({ factors, ...(licenses ? { licenses } : {}) }) as unknown as UserState;

describe('heldLicenses', () => {
  it.each([
    [['phone'], ['phone']],
    [['app'], ['phone']],
    [['phone', 'app'], ['phone']],
    [['token', 'phone'], ['phone', 'token']],
    [['totp', 'email', 'passkey', 'recovery-key'], []],
  ] as [string[], string[]][])('takes one for a telephone or our app, one for a token, none for the rest: %j', (kinds, held) => {
    expect(heldLicenses(state(kinds.map((kind) => made(kind))))).toEqual(held);
  });

  it.each([['inactive', 1], ['disabled', 1], ['proving', 0]])('a factor that is %s holds %i', (status, count) => {
    expect(heldLicenses(state([made('phone', status)]))).toHaveLength(count);
  });

  it('one that is kept for the user is held, for whichever reason, and only once', () => {
    expect(heldLicenses(state([], ['phone']))).toEqual(['phone']);
    expect(heldLicenses(state([], ['ordered-token']))).toEqual(['token']);
    expect(heldLicenses(state([made('app')], ['phone', 'ordered-phone']))).toEqual(['phone']);
  });
});

describe('reserving and releasing', () => {
  it('keeps the reasons apart: what is released for one is held for the other', () => {
    const both = reserveLicense(reserveLicense(state([]), 'phone'), 'ordered-phone');

    expect(heldLicenses(releaseLicense(both, 'phone'))).toEqual(['phone']);
    expect(releaseLicense(releaseLicense(both, 'phone'), 'ordered-phone')).toEqual(state([]));
    expect(reserveLicense(both, 'phone')).toBe(both);
  });

  it('whoever sets up what needs a license wants one, unless it is held already', () => {
    expect(wantsLicense(state([made('phone', 'proving')]), 'phone')).toBe(true);
    expect(wantsLicense(state([made('phone', 'proving')], ['phone']), 'phone')).toBe(false);
    expect(wantsLicense(state([made('app', 'proving'), made('phone')]), 'phone')).toBe(false);
    expect(wantsLicense(state([made('totp', 'proving')]), 'phone')).toBe(false);
  });
});

describe('readLicenseCount', () => {
  const item = (values: Record<string, number>) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { N: String(value) }]));
  const lastMoment = Date.UTC(2026, 10, 30, 23, 59, 59, 999);

  it('counts what was canceled as bought until its month is over, and not as free', () => {
    const found = item({ limit: 5, used: 3, 'ends2026-11': 10, 'ends2026-10': 4, 'ends2027-01': 1 });

    expect(readLicenseCount(found, lastMoment)).toEqual({ bought: 16, used: 3, free: 2, ending: 11, metered: true });
    expect(readLicenseCount(found, lastMoment + 1)).toEqual({ bought: 6, used: 3, free: 2, ending: 1, metered: true });
  });

  it('never says less bought than used, once something was ordered', () => {
    expect(readLicenseCount(item({ limit: 1, used: 3 }), lastMoment)).toMatchObject({ bought: 3, used: 3, free: 0 });
  });

  it('an organization that never ordered has bought none, whatever its people use', () => {
    expect(readLicenseCount(undefined, lastMoment)).toEqual({ bought: 0, used: 0, free: 0, ending: 0, metered: false });
    expect(readLicenseCount(item({ used: 3 }), lastMoment)).toEqual({ bought: 0, used: 3, free: 0, ending: 0, metered: false });
  });
});
