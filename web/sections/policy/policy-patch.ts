/** What of a form is a change, and whether it ought to be rehearsed before it is made. */
import { isTelephoneOnly } from './method-rows.ts';
import { isSame } from './tightness.ts';
import type { Policy, PolicyChange, RuleName, Rules } from './policy-answers.ts';

export type Values = { readonly [Name in RuleName]?: Rules[Name] };

function differs<Name extends RuleName>(name: Name, value: Rules[Name], policy: Policy): boolean {
  return !isSame(name, value, policy.rules[name].value);
}

/** Only what is different from how it stands: what was not touched is nobody's rule because of it. */
export function changeOf(values: Values, policy: Policy): PolicyChange {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => differs(name as RuleName, value as never, policy)));
}

export const isEmpty = (change: PolicyChange): boolean => Object.keys(change).length === 0;

function after<Name extends RuleName>(name: Name, policy: Policy, change: PolicyChange): Rules[Name] {
  return (change[name] as Rules[Name] | null | undefined) ?? policy.rules[name].value;
}

/** Whom it sends away or shuts out is worth knowing whenever people have to confirm, or will have to. */
export function isWorthRehearsing(policy: Policy, change: PolicyChange): boolean {
  const touches = ['enforcement', 'appliesTo', 'methods', 'minimumAcr', 'countries'].some((name) => name in change);
  return touches && after('enforcement', policy, change) === 'required';
}

/** Whether this change, and not what stood before, leaves nothing but telephones. */
export function needsAcceptance(policy: Policy, change: PolicyChange): boolean {
  return 'methods' in change && isTelephoneOnly(after('methods', policy, change));
}
