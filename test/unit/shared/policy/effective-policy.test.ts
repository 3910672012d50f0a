import { describe, expect, it } from 'vitest';
import {
  combineRules,
  nextPolicy,
  refuseUnusable,
  type Effective,
} from '../../../../shared/policy/effective-policy.ts';
import type { Inherited, OwnRules } from '../../../../shared/policy/own-rules.ts';
import { defaultRules, type Rules } from '../../../../shared/policy/policy.ts';

const ownMethods = (...value: string[]): OwnRules => ({ methods: [{ value, setBy: 'company' }] });

const inherits = (rules: Partial<Rules>): Inherited => ({
  rules: { ...defaultRules, ...rules },
  setBy: Object.fromEntries(Object.keys(rules).map((name) => [name, 'reseller'])),
});

const effective = (rules: Partial<Rules>): Effective => ({ rules: { ...defaultRules, ...rules }, setBy: {} });

describe('combineRules', () => {
  it('says of what nobody set what the service comes with, and that nobody set it', () => {
    expect(combineRules(undefined, {})).toEqual({ rules: defaultRules, setBy: {} });
  });

  it('does not inherit what the parent never set', () => {
    const inherited = { rules: { ...defaultRules, countries: ['GB'] }, setBy: {} };

    expect(combineRules(inherited, {}).rules.countries).toEqual(defaultRules.countries);
  });

  it('names the parent for a value that both agree on', () => {
    expect(combineRules(inherits({ methods: ['totp'] }), ownMethods('totp')).setBy.methods).toBe('reseller');
  });

  it("gives a child the parent's methods when they have none in common", () => {
    expect(combineRules(inherits({ methods: ['totp'] }), ownMethods('phone:call'))).toMatchObject({
      rules: { methods: ['totp'] },
      setBy: { methods: 'reseller' },
    });
  });

  it('does not leave a child with telephones only that neither of the two chose', () => {
    const { rules } = combineRules(
      inherits({ methods: ['totp', 'phone:call'] }),
      ownMethods('phone:call', 'phone:call-pin'),
    );
    const mixed = combineRules(inherits({ methods: ['phone:call', 'phone:call-match', 'totp'] }), {
      ...ownMethods('phone:call', 'totp'),
      minimumAcr: [{ value: 'otp', setBy: 'company' }],
    });

    expect(rules.methods).toEqual(['phone:call']);
    expect(mixed.rules.methods).toEqual(['phone:call', 'totp']);
  });

  it('makes no rule of what two lists of protected things have not in common', () => {
    const own: OwnRules = { protects: [{ value: ['mail'], setBy: 'company' }] };

    expect(combineRules(inherits({ protects: ['money'] }), own).rules.protects).toEqual(['money']);
  });
});

describe('refuseUnusable', () => {
  it('refuses telephones only, unless somebody answers for it', () => {
    const rules = { ...defaultRules, methods: ['phone:call', 'phone:call-pin'] };

    expect(() => refuseUnusable(rules, false)).toThrow('policy-forbids');
    expect(() => refuseUnusable(rules, true)).not.toThrow();
  });

  it('refuses a strength that no allowed method has', () => {
    expect(() => refuseUnusable({ ...defaultRules, methods: ['totp', 'recovery-key'], minimumAcr: 'phishing-resistant' }, true)).toThrow('policy-forbids');
    expect(() => refuseUnusable({ ...defaultRules, methods: ['phone:call'], minimumAcr: 'otp' }, true)).toThrow(
      'policy-forbids',
    );
  });
});

describe('nextPolicy', () => {
  it('remembers when the duty began, through changes of other rules', () => {
    const first = nextPolicy(undefined, effective({ enforcement: 'required' }), 100);
    const second = nextPolicy(
      { policy: first, setBy: {} },
      effective({ enforcement: 'required', countries: ['US'] }),
      200,
    );

    expect(first).toMatchObject({ version: 1, enforcedAt: 100 });
    expect(second).toMatchObject({ version: 2, enforcedAt: 100 });
  });

  it('forgets it when the duty ends, and starts anew with the next', () => {
    const first = nextPolicy(undefined, effective({ enforcement: 'required' }), 100);
    const ended = nextPolicy({ policy: first, setBy: {} }, effective({ enforcement: 'offered' }), 200);
    const again = nextPolicy({ policy: ended, setBy: {} }, effective({ enforcement: 'required' }), 300);

    expect(ended.enforcedAt).toBeUndefined();
    expect(again.enforcedAt).toBe(300);
  });

  it('opens no window again when the duty is widened (D26)', () => {
    const first = nextPolicy(undefined, effective({ enforcement: 'required', appliesTo: 'local-users' }), 100);

    expect(nextPolicy({ policy: first, setBy: {} }, effective({ enforcement: 'required' }), 200).enforcedAt).toBe(100);
  });

  it('is another version when only who set a rule has changed, for that binds the children', () => {
    const first = nextPolicy(undefined, effective({}), 100);

    expect(
      nextPolicy({ policy: first, setBy: {} }, { ...effective({}), setBy: { countries: 'reseller' } }, 200).version,
    ).toBe(2);
  });
});
