/** A parent's policy as it reaches its companies: pure decisions on one child at a time. */
import type { Value } from '../platform/dynamo/attributes.ts';
import { combineRules, nextPolicy } from '../policy/effective-policy.ts';
import type { Inherited } from '../policy/own-rules.ts';
import type { RuleName, Rules } from '../policy/policy.ts';
import { isSame, ruleNames } from '../policy/tightness.ts';
import type { DecisionEvent } from '../user-state/decision.ts';
import type { Organization } from './organization.ts';

export const inheritedFrom = (parent: Organization | undefined): Inherited | undefined =>
  parent && { rules: parent.policy, setBy: parent.rulesSetBy };

/** Everybody has to confirm from now on: their administrators are told (D26). */
export const enforcementNotice = (before: Rules, after: Rules): { notice?: string } =>
  after.enforcement === 'required' && before.enforcement !== 'required' ? { notice: 'enforcement-started' } : {};

/** What changed, from what to what: for the audit trail. */
export function differences(before: Rules, after: Rules): { readonly [name: string]: Value } {
  const changed = ruleNames.filter(<Name extends RuleName>(name: Name) => !isSame(name, before[name], after[name]));
  return Object.fromEntries(changed.map((name) => [name, { from: before[name], to: after[name] }]));
}

/** The child under its parent's policy as it is now; undefined when it already is. */
export function decideInherit(
  child: Organization,
  parent: Organization,
  now: number,
): { next: Organization; events: readonly DecisionEvent[] } | undefined {
  if (child.parentId !== parent.organizationId || (child.inheritedVersion ?? 0) >= parent.policy.version) {
    return undefined;
  }
  const effective = combineRules(inheritedFrom(parent), child.ownRules);
  const policy = nextPolicy({ policy: child.policy, setBy: child.rulesSetBy }, effective, now);
  const next = {
    ...child,
    version: child.version + 1,
    policy,
    rulesSetBy: effective.setBy,
    inheritedVersion: parent.policy.version,
  };
  const changed = differences(child.policy, policy);
  const detail = { changed, policy: policy.version, inheritedFrom: parent.organizationId };
  return { next, events: policy === child.policy ? [] : [{ kind: 'policy-changed', ...enforcementNotice(child.policy, policy), detail }] };
}
