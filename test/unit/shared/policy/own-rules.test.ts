import { describe, expect, it } from 'vitest';
import { combineRules } from '../../../../shared/policy/effective-policy.ts';
import {
  boundFor,
  mayChange,
  patchOwnRules,
  withoutSetter,
  type Inherited,
  type OwnRules,
  type RulesPatch,
} from '../../../../shared/policy/own-rules.ts';
import { defaultRules, type Rules } from '../../../../shared/policy/policy.ts';

const place = { organizationId: 'company', parentId: 'reseller' };

const patch = (own: OwnRules, change: RulesPatch, setter: string, inherited?: Inherited) =>
  patchOwnRules(own, change, { place, setter, inherited });

const inherits = (rules: Partial<Rules>): Inherited => ({
  rules: { ...defaultRules, ...rules },
  setBy: Object.fromEntries(Object.keys(rules).map((name) => [name, 'reseller'])),
});

describe('patchOwnRules', () => {
  it.each([
    ['enforcement', { enforcement: 'required' }, { enforcement: 'optional' }, {}],
    ['appliesTo', { appliesTo: 'all-users' }, { appliesTo: 'local-users' }, {}],
    ['setUpWindowDays', { setUpWindowDays: 7 }, { setUpWindowDays: 8 }, { setUpWindowDays: 6 }],
    ['methods', { methods: ['totp'] }, { methods: ['totp', 'phone:call'] }, {}],
    ['protects', { protects: ['mail', 'money'] }, { protects: [] }, { protects: ['mail'] }],
    [
      'lockout',
      { lockout: { failures: 4, minutes: 90 } },
      { lockout: { failures: 4, minutes: 60 } },
      { lockout: { failures: 3, minutes: 90 } },
    ],
    ['pin', { pin: { minimumLength: 6 } }, { pin: { minimumLength: 5 } }, { pin: { minimumLength: 7 } }],
    ['countries', { countries: ['US'] }, { countries: ['US', 'CA'] }, { countries: [] }],
    ['minimumAcr', { minimumAcr: 'otp' }, { minimumAcr: 'pstn' }, { minimumAcr: 'app' }],
    ['spend', { spend: { sendsPerDay: 100 } }, { spend: { sendsPerDay: 101 } }, { spend: { sendsPerDay: 99 } }],
  ] as [string, RulesPatch, RulesPatch, RulesPatch][])(
    'lets a company only tighten what its reseller said of %s',
    (name, locked, looser, tighter) => {
      const own = patch({}, locked, 'reseller');

      expect(() => patch(own, looser, 'company')).toThrow(
        expect.objectContaining({
          problem: 'policy-forbids',
          members: { detail: expect.stringContaining(`"${name}"`) as string },
        }) as Error,
      );
      expect(() => patch(own, tighter, 'company')).not.toThrow();
      expect(() => patch({}, looser, 'company', inherits(locked as Partial<Rules>))).toThrow('policy-forbids');
    },
  );

  it('lets whoever set a rule loosen it again', () => {
    const own = patch(patch({}, { enforcement: 'required' }, 'company'), { enforcement: 'optional' }, 'company');

    expect(combineRules(undefined, own).rules.enforcement).toBe('optional');
  });

  it('lets the reseller set anew what the company had set, and locks it', () => {
    const own = patch(patch({}, { countries: ['US'] }, 'company'), { countries: ['US', 'GB'] }, 'reseller');

    expect(combineRules(undefined, own)).toMatchObject({
      rules: { countries: ['GB', 'US'] },
      setBy: { countries: 'reseller' },
    });
    expect(() => patch(own, { countries: ['US', 'GB', 'CA'] }, 'company')).toThrow('policy-forbids');
  });

  it("keeps the reseller's rule when the company takes its own back", () => {
    const own = patch(patch({}, { pin: { minimumLength: 6 } }, 'reseller'), { pin: { minimumLength: 8 } }, 'company');

    expect(combineRules(undefined, own).rules.pin.minimumLength).toBe(8);
    expect(combineRules(undefined, patch(own, { pin: null }, 'company')).rules.pin.minimumLength).toBe(6);
  });

  it('does not let a company take back what its reseller set', () => {
    const own = patch({}, { enforcement: 'required' }, 'reseller');

    expect(() => patch(own, { enforcement: null }, 'company')).toThrow('policy-forbids');
    expect(() => patch({}, { enforcement: null }, 'company', inherits({ enforcement: 'required' }))).toThrow(
      'policy-forbids',
    );
    expect(() => patch({}, { enforcement: null }, 'company')).not.toThrow();
  });

  it('locks for whom and for how long, together with the duty', () => {
    const own = patch({}, { enforcement: 'required' }, 'reseller');

    expect(() => patch(own, { appliesTo: 'local-users' }, 'company')).toThrow('policy-forbids');
    expect(() => patch(own, { setUpWindowDays: 15 }, 'company')).toThrow('policy-forbids');
  });

  it('lets only the installation loosen the lock-out and the budget that the service comes with', () => {
    expect(() => patch({}, { lockout: { failures: 10, minutes: 60 } }, 'reseller')).toThrow('policy-forbids');
    expect(() => patch({}, { spend: { sendsPerDay: 2001 } }, 'company')).toThrow('policy-forbids');
    expect(() =>
      patch({}, { lockout: { failures: 10, minutes: 30 }, spend: { sendsPerDay: 9000 } }, 'installation'),
    ).not.toThrow();
  });

  it('lets a company open countries that nobody above spoke of', () => {
    const own = patch({}, { countries: ['US', 'CA', 'GB'] }, 'company');

    expect(combineRules(undefined, own).rules.countries).toEqual(['CA', 'GB', 'US']);
  });
});

describe('mayChange', () => {
  it('is false for what was set above, and true for the rest', () => {
    const own = patch({}, { pin: { minimumLength: 6 } }, 'reseller');
    const setting = { place, inherited: inherits({ methods: ['totp'] }) };

    expect(mayChange(own, 'pin', { ...setting, setter: 'company' })).toBe(false);
    expect(mayChange(own, 'pin', { ...setting, setter: 'reseller' })).toBe(true);
    expect(mayChange(own, 'methods', { ...setting, setter: 'company' })).toBe(false);
    expect(mayChange(own, 'countries', { ...setting, setter: 'company' })).toBe(true);
  });
});

describe('boundFor', () => {
  it('says how loose a rule may be made, and who says so', () => {
    const own = patch(patch({}, { pin: { minimumLength: 6 } }, 'reseller'), { pin: { minimumLength: 8 } }, 'company');
    const setting = { place, inherited: inherits({ methods: ['totp'], pin: { minimumLength: 5 } }) };

    expect(boundFor(own, 'pin', { ...setting, setter: 'company' })).toEqual({ value: { minimumLength: 6 }, setBy: 'reseller' });
    expect(boundFor(own, 'methods', { ...setting, setter: 'company' })).toEqual({ value: ['totp'], setBy: 'reseller' });
    expect(boundFor(own, 'countries', { ...setting, setter: 'company' })).toBeUndefined();
  });

  it('is what the service comes with for the numbers that protect everyone, but for the installation', () => {
    const setting = { place, inherited: undefined };

    expect(boundFor({}, 'lockout', { ...setting, setter: 'reseller' })).toEqual({ value: defaultRules.lockout, setBy: 'default' });
    expect(boundFor({}, 'spend', { ...setting, setter: 'installation' })).toBeUndefined();
  });
});

describe('withoutSetter', () => {
  it('leaves behind only what the old parent set', () => {
    const own = patch(
      patch({}, { pin: { minimumLength: 6 } }, 'reseller'),
      { pin: { minimumLength: 8 }, countries: ['US'] },
      'company',
    );

    const left = withoutSetter(own, 'reseller');

    expect(left.pin).toEqual([{ value: { minimumLength: 8 }, setBy: 'company' }]);
    expect(withoutSetter(patch({}, { countries: ['US'] }, 'reseller'), 'reseller')).toEqual({});
  });
});
