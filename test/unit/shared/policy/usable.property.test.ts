import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideInherit } from '../../../../shared/organizations/decide-inherit.ts';
import { decideChange, decideCreate } from '../../../../shared/organizations/decide-organization.ts';
import type { Organization } from '../../../../shared/organizations/organization.ts';
import { Problem } from '../../../../shared/platform/problems/problem.ts';
import { isSatisfiable } from '../../../../shared/policy/effective-policy.ts';
import type { RulesChange } from '../../../../shared/policy/own-rules.ts';
import { enforcements } from '../../../../shared/policy/policy.ts';
import { isWithin, ruleNames } from '../../../../shared/policy/tightness.ts';
import { methodNames, strengths } from '../../../../shared/user-state/methods.ts';

/** A change of the parent or of the child, by one of those who may. */
interface Step {
  readonly of: 'reseller' | 'company';
  readonly setter: 'installation' | 'reseller' | 'company';
  readonly policy: RulesChange;
}

const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 4 });
const methods = fc.uniqueArray(fc.constantFrom(...methodNames), { minLength: 1 });
const countries = fc.uniqueArray(fc.constantFrom('US', 'CA', 'GB'), { maxLength: 2 });
const policy = fc.record(
  {
    methods: orNull(methods),
    minimumAcr: orNull(fc.constantFrom(...strengths)),
    countries: orNull(countries),
    enforcement: orNull(fc.constantFrom(...enforcements)),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<RulesChange>;
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ of: fc.constant('reseller'), setter: fc.constantFrom('installation', 'reseller'), policy }),
    fc.record({ of: fc.constant('company'), setter: fc.constantFrom('installation', 'reseller', 'company'), policy }),
  ),
  { maxLength: 8 },
);

const wrappedKey = new Uint8Array();
const accepted = { name: 'Example', acceptTelephoneOnly: 'Ada Example' };

function change(read: Organization, step: Step, parent: Organization | undefined): Organization {
  try {
    const changes = { ...accepted, policy: step.policy };
    return decideChange(read, { changes, setter: step.setter, parent }, 1)?.next ?? read;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return read;
  }
}

function run(all: readonly Step[]): { reseller: Organization; company: Organization } {
  const made = { wrappedKey, changes: accepted, setter: 'installation' };
  let reseller = decideCreate({ organizationId: 'reseller', wrappedKey }, { ...made, parent: undefined }, 0).next;
  let company = decideCreate({ organizationId: 'company', wrappedKey }, { ...made, parent: reseller }, 0).next;
  for (const step of all) {
    if (step.of === 'company') company = change(company, step, reseller);
    else reseller = change(reseller, step, undefined);
    company = decideInherit(company, reseller, 1)?.next ?? company;
  }
  return { reseller, company };
}

describe('a chain of changes to a reseller and its company', () => {
  it('never ends in a policy that nobody can satisfy', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { reseller, company } = run(all);

        expect(isSatisfiable(reseller.policy)).toBe(true);
        expect(isSatisfiable(company.policy)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('never leaves the company looser than what the reseller set', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { reseller, company } = run(all);

        for (const name of ruleNames) {
          const isBound = reseller.rulesSetBy[name] !== undefined;
          expect(!isBound || isWithin(name, company.policy[name], reseller.policy[name])).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never answers a change of the company with a rule that was not asked for', () => {
    fc.assert(
      fc.property(steps, policy, (all, last) => {
        const { reseller, company } = run(all);
        const after = change(company, { of: 'company', setter: 'company', policy: last }, reseller);

        if (after === company) return;
        for (const name of ['methods', 'minimumAcr', 'countries'] as const) {
          const asked = last[name];
          if (asked) expect(after.policy[name]).toEqual(Array.isArray(asked) ? [...asked].sort() : asked);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
