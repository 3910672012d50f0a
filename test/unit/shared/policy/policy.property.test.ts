import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineRules, nextPolicy } from '../../../../shared/policy/effective-policy.ts';
import { patchOwnRules, type Inherited, type OwnRules, type RulesPatch } from '../../../../shared/policy/own-rules.ts';
import { enforcements, type RuleName, type Rules } from '../../../../shared/policy/policy.ts';
import { isSame, isWithin, meet, ruleNames } from '../../../../shared/policy/tightness.ts';
import { Problem } from '../../../../shared/platform/problems/problem.ts';
import { methodNames, strengths } from '../../../../shared/user-state/methods.ts';

const values: { readonly [Name in RuleName]: fc.Arbitrary<Rules[Name]> } = {
  enforcement: fc.constantFrom(...enforcements),
  appliesTo: fc.constantFrom('local-users', 'all-users'),
  setUpWindowDays: fc.integer({ min: 1, max: 60 }),
  methods: fc.uniqueArray(fc.constantFrom(...methodNames), { minLength: 1 }),
  protects: fc.uniqueArray(fc.constantFrom('infrastructure', 'money', 'mail')),
  lockout: fc.record({ failures: fc.integer({ min: 3, max: 10 }), minutes: fc.integer({ min: 30, max: 600 }) }),
  pin: fc.record({ minimumLength: fc.integer({ min: 4, max: 8 }) }),
  passkeys: fc.record({ userVerification: fc.constantFrom('preferred', 'required') }),
  countries: fc.uniqueArray(fc.constantFrom('US', 'CA', 'GB', 'DE')),
  minimumAcr: fc.constantFrom(...strengths),
  spend: fc.record({ sendsPerDay: fc.integer({ min: 0, max: 5000 }) }),
};

const nothing = fc.constant(undefined);
const patches: fc.Arbitrary<RulesPatch> = fc
  .record(
    Object.fromEntries(
      ruleNames.map((name) => [name, fc.oneof(nothing, fc.constant(null), values[name] as fc.Arbitrary<unknown>)]),
    ),
  )
  .map((patch) => Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as RulesPatch);

const parent = 'reseller';
const company = { organizationId: 'company', parentId: parent };

function patched(own: OwnRules, patch: RulesPatch, setter: string, inherited?: Inherited): OwnRules {
  let result = own;
  for (const [name, value] of Object.entries(patch)) {
    try {
      result = patchOwnRules(result, { [name]: value }, { place: company, setter, inherited });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return result;
}

const inheritedFrom = (patch: RulesPatch): Inherited => {
  const { rules, setBy } = combineRules(
    undefined,
    patchOwnRules({}, patch, { place: { organizationId: parent }, setter: parent, inherited: undefined }),
  );
  return { rules, setBy };
};

/** Only what tightens the guarded defaults, so that a reseller may set it. */
const allowed = (patch: RulesPatch): RulesPatch => ({
  ...patch,
  ...(patch.lockout ? { lockout: meet('lockout', { failures: 5, minutes: 60 }, patch.lockout) } : {}),
  ...(patch.spend ? { spend: meet('spend', { sendsPerDay: 2000 }, patch.spend) } : {}),
});

describe('policy', () => {
  it('never lets a child be looser than its parent in what the parent set', () => {
    fc.assert(
      fc.property(patches.map(allowed), patches, patches, patches, (above, byInstallation, byReseller, byCompany) => {
        let own = patched({}, byInstallation, 'installation');
        own = patched(own, byReseller, parent);
        own = patched(own, byCompany, 'company');
        const inherited = inheritedFrom(above);

        const { rules } = combineRules(inherited, own);

        for (const name of ruleNames)
          {if (inherited.setBy[name] !== undefined)
            {expect(isWithin(name, rules[name], inherited.rules[name])).toBe(true);}}
      }),
      { numRuns: 1000 },
    );
  });

  it('holds what the parent set, in whichever order parent and child speak', () => {
    fc.assert(
      fc.property(patches, patches.map(allowed), patches, (byCompany, byReseller, later) => {
        const before = patched(patched({}, byCompany, 'company'), byReseller, parent);
        const after = patched(patched(patched({}, byReseller, parent), byCompany, 'company'), later, 'company');

        for (const own of [before, patched(before, later, 'company'), after]) {
          const { rules } = combineRules(undefined, own);
          for (const name of ruleNames) {
            const value = byReseller[name];
            if (value !== undefined && value !== null) expect(isWithin(name, rules[name], value as never)).toBe(true);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each(ruleNames)('combines %s to the same when it is combined again', (name) => {
    const value = values[name] as fc.Arbitrary<never>;
    fc.assert(
      fc.property(value, value, (one, other) => {
        const both = meet(name, one, other);

        expect(isSame(name, meet(name, one, both), both)).toBe(true);
        expect(isSame(name, meet(name, both, both), both)).toBe(true);
        expect(isWithin(name, both, one)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('takes a patch a second time without a change', () => {
    fc.assert(
      fc.property(patches, (patch) => {
        const once = patched({}, patch, 'installation');

        expect(patched(once, patch, 'installation')).toEqual(once);
      }),
    );
  });

  it('keeps its version while nothing changes', () => {
    fc.assert(
      fc.property(patches, patches, (first, second) => {
        const effective = combineRules(undefined, patched({}, first, 'installation'));
        const policy = nextPolicy(undefined, effective, 1);
        const other = combineRules(undefined, patched({}, second, 'installation'));

        expect(nextPolicy({ policy, setBy: effective.setBy }, effective, 2)).toBe(policy);
        expect(nextPolicy({ policy, setBy: effective.setBy }, other, 2).version - policy.version).toBeLessThanOrEqual(
          1,
        );
      }),
    );
  });
});
