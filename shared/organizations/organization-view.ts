/** Organizations and policies as the API shows them. */
import { toTimestamp } from '../platform/clock.ts';
import { boundFor, mayChange, nobody } from '../policy/own-rules.ts';
import type { RuleName, Rules } from '../policy/policy.ts';
import { ruleNames } from '../policy/tightness.ts';
import { inheritedFrom } from './decide-inherit.ts';
import type { Organization } from './organization.ts';

export interface OrganizationView {
  readonly organizationId: string;
  readonly name: string;
  readonly parentId?: string;
  readonly support?: { readonly name: string; readonly url: string };
  readonly applying?: true;
  readonly createdAt: string;
}

export function viewOrganization({
  organizationId,
  name,
  parentId,
  support,
  applying,
  createdAt,
}: Organization): OrganizationView {
  return {
    organizationId,
    name,
    ...(parentId === undefined ? {} : { parentId }),
    ...(support ? { support } : {}),
    ...(applying ? { applying } : {}),
    createdAt: toTimestamp(createdAt),
  };
}

export interface RuleView {
  readonly value: Rules[RuleName];
  /** An organization, `installation`, or `default` for what nobody set. */
  readonly setBy: string;
  /** False when somebody above set it: then it can only be made stricter. */
  readonly mayChange: boolean;
  /** How loose it may be made at most by who asks, and who says so; absent when nobody does. */
  readonly bound?: { readonly value: Rules[RuleName]; readonly setBy: string };
}

export interface PolicyView {
  readonly rules: { readonly [Name in RuleName]: RuleView };
  /** Whom `setBy` may name beside the organization itself: a company cannot read its reseller. */
  readonly parent?: { readonly organizationId: string; readonly name: string };
  readonly enforcedAt?: string;
  readonly telephoneOnlyAcceptedBy?: string;
  readonly applying?: true;
}

/** As `setter` sees it: what one may change depends on who asks. */
export function viewPolicy(organization: Organization, parent: Organization | undefined, setter: string): PolicyView {
  const { organizationId, parentId, policy, rulesSetBy, ownRules, telephoneOnlyAcceptedBy, applying } = organization;
  const place = { organizationId, ...(parentId === undefined ? {} : { parentId }) };
  const setting = { place, setter, inherited: inheritedFrom(parent) };
  const rules = ruleNames.map((name): [RuleName, RuleView] => {
    const bound = boundFor(ownRules, name, setting);
    const view = { value: policy[name], setBy: rulesSetBy[name] ?? nobody, mayChange: mayChange(ownRules, name, setting) };
    return [name, { ...view, ...(bound ? { bound } : {}) }];
  });
  return {
    rules: Object.fromEntries(rules) as PolicyView['rules'],
    ...(parent ? { parent: { organizationId: parent.organizationId, name: parent.name } } : {}),
    ...(policy.enforcedAt === undefined ? {} : { enforcedAt: toTimestamp(policy.enforcedAt) }),
    ...(telephoneOnlyAcceptedBy === undefined ? {} : { telephoneOnlyAcceptedBy }),
    ...(applying ? { applying } : {}),
  };
}
