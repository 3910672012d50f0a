import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSatisfiable, isTelephoneOnly } from '../../../../shared/policy/effective-policy.ts';
import { defaultRules } from '../../../../shared/policy/policy.ts';
import { isWithin as serviceIsWithin, ruleNames } from '../../../../shared/policy/tightness.ts';
import { methodNames, methods, strengths } from '../../../../shared/user-state/methods.ts';
import { leewayOf, mayChoose, mayTakeBack, setterOf, type Place } from '../../../../web/sections/policy/lineage.ts';
import * as page from '../../../../web/sections/policy/method-rows.ts';
import { changeOf, isEmpty, isWorthRehearsing, needsAcceptance } from '../../../../web/sections/policy/policy-patch.ts';
import type { Policy, Rule, RuleName } from '../../../../web/sections/policy/policy-answers.ts';
import { isWithin } from '../../../../web/sections/policy/tightness.ts';

const some = fc.subarray(['US', 'CA', 'GB']);
const values: Record<RuleName, fc.Arbitrary<unknown>> = {
  enforcement: fc.constantFrom('optional', 'offered', 'required'),
  appliesTo: fc.constantFrom('local-users', 'all-users'),
  setUpWindowDays: fc.integer({ min: 1, max: 30 }),
  methods: fc.subarray([...methodNames]),
  protects: some,
  lockout: fc.record({ failures: fc.integer({ min: 3, max: 10 }), minutes: fc.integer({ min: 30, max: 90 }) }),
  pin: fc.record({ minimumLength: fc.integer({ min: 4, max: 8 }) }),
  passkeys: fc.record({ userVerification: fc.constantFrom('preferred', 'required') }),
  countries: some,
  minimumAcr: fc.constantFrom(...strengths),
  spend: fc.record({ sendsPerDay: fc.integer({ min: 0, max: 50 }) }),
};

describe('what the page takes for stricter', () => {
  it.each(ruleNames)('is what the service takes for it, of %s', (name) => {
    fc.assert(
      fc.property(values[name], values[name], (value, bound) => {
        expect(isWithin(name, value as never, bound as never)).toBe(serviceIsWithin(name, value as never, bound as never));
      }),
    );
  });

  it('knows every method with the strength that the service gives it', () => {
    expect(page.strengthOfMethod).toEqual(Object.fromEntries(methodNames.map((name) => [name, methods[name].strength])));
    expect(page.strengths).toEqual(strengths);
  });

  it('knows as the service does when telephones are alone, and when nobody could confirm', () => {
    fc.assert(
      fc.property(fc.subarray([...methodNames]), fc.constantFrom(...strengths), some, (listed, minimumAcr, countries) => {
        expect(page.isTelephoneOnly(listed)).toBe(isTelephoneOnly(listed));
        expect(page.letsSomebodyIn({ methods: listed, minimumAcr, countries })).toBe(isSatisfiable({ methods: listed, minimumAcr, countries }));
      }),
    );
  });
});

/** As a service that nobody has told anything answers it, but for these rules. */
function policyWith(rules: { readonly [Name in RuleName]?: Partial<Rule<Name>> }): Policy {
  const plain = Object.entries(defaultRules).map(([name, value]) => [name, { value, setBy: 'default', mayChange: true, ...rules[name as RuleName] }]);
  return { rules: Object.fromEntries(plain), parent: { organizationId: 'reseller', name: 'Reseller One' } };
}

const placeWith = (rules: Parameters<typeof policyWith>[0], setterId = 'company'): Place => ({ organizationId: 'company', name: 'Company Two', setterId, policy: policyWith(rules) });

describe('the lineage of a rule', () => {
  const required = { value: 'required', setBy: 'reseller', mayChange: false, bound: { value: 'required', setBy: 'reseller' } } as const;

  it('names who set it, as whoever looks knows them', () => {
    const seenBy = (setBy: string, setterId?: string, bound?: Rule<'pin'>['bound']) =>
      setterOf('pin', placeWith({ pin: { setBy, ...(bound ? { bound } : {}) } }, setterId));

    expect(['default', 'installation', 'company', 'reseller', 'other'].map((setBy) => seenBy(setBy))).toEqual([
      { is: 'default' },
      { is: 'installation' },
      { is: 'own' },
      { is: 'above', name: 'Reseller One' },
      { is: 'above', name: 'other' },
    ]);
    expect(seenBy('company', 'reseller')).toEqual({ is: 'below', name: 'Company Two' });
    expect(seenBy('reseller', 'reseller')).toEqual({ is: 'for-one' });
    expect(seenBy('reseller', 'reseller', { value: defaultRules.pin, setBy: 'reseller' })).toEqual({ is: 'for-all' });
  });

  it('leaves nothing to choose of what is as strict as can be, and says by whose word', () => {
    const place = placeWith({ enforcement: required });

    expect(leewayOf('enforcement', place, true)).toEqual({ is: 'fixed', by: { is: 'above', name: 'Reseller One' } });
    expect(['optional', 'offered', 'required'].map((value) => mayChoose('enforcement', value as 'optional', place))).toEqual([false, false, true]);
  });

  it('leaves what is stricter to choose, and everything where nothing binds', () => {
    const pin = { value: { minimumLength: 7 }, setBy: 'company', mayChange: false, bound: { value: { minimumLength: 6 }, setBy: 'reseller' } };
    const place = placeWith({ pin });

    expect(leewayOf('pin', place, true)).toEqual({ is: 'stricter', by: { is: 'above', name: 'Reseller One' } });
    expect([5, 6, 7].map((minimumLength) => mayChoose('pin', { minimumLength }, place))).toEqual([false, true, true]);
    expect(leewayOf('countries', place, true)).toEqual({ is: 'free' });
  });

  it('leaves an auditor nothing', () => {
    expect(leewayOf('countries', placeWith({}), false)).toEqual({ is: 'reading' });
    expect(mayTakeBack('pin', placeWith({ pin: { setBy: 'company' } }), false)).toBe(false);
  });

  it('is taken back only by whoever set it', () => {
    expect(mayTakeBack('pin', placeWith({ pin: { setBy: 'company' } }), true)).toBe(true);
    expect(mayTakeBack('pin', placeWith({ pin: { setBy: 'reseller' } }), true)).toBe(false);
    expect(mayTakeBack('pin', placeWith({ pin: { setBy: 'reseller' } }, 'reseller'), true)).toBe(true);
  });
});

describe('what is asked to change', () => {
  it('is only what is different, in whatever order it is listed', () => {
    const policy = policyWith({});

    expect(changeOf({ countries: ['CA', 'US'], pin: { minimumLength: 6 } }, policy)).toEqual({ pin: { minimumLength: 6 } });
    expect(isEmpty(changeOf({ enforcement: 'optional', methods: [...defaultRules.methods].reverse() }, policy))).toBe(true);
  });

  it('is rehearsed where people have to confirm, and it touches whether they can', () => {
    const required = policyWith({ enforcement: { value: 'required' } });

    expect(isWorthRehearsing(policyWith({}), { enforcement: 'required' })).toBe(true);
    expect(isWorthRehearsing(policyWith({}), { enforcement: 'offered' })).toBe(false);
    expect(isWorthRehearsing(required, { methods: ['totp'] })).toBe(true);
    expect(isWorthRehearsing(required, { pin: { minimumLength: 6 } })).toBe(false);
    expect(isWorthRehearsing(required, { enforcement: 'optional' })).toBe(false);
  });

  it('needs a name where it leaves nothing but telephones', () => {
    expect(needsAcceptance(policyWith({}), { methods: ['phone:call', 'recovery-key'] })).toBe(true);
    expect(needsAcceptance(policyWith({}), { methods: ['phone:call', 'totp'] })).toBe(false);
    expect(needsAcceptance(policyWith({ methods: { value: ['phone:call'] } }), { pin: { minimumLength: 5 } })).toBe(false);
  });
});
