/** An organization: a reseller or a company, its place, its policy. Read with every request. */
import { fromAttributes, toAttributes, type Attributes, type Value } from '../platform/dynamo/attributes.ts';
import type { ItemKey } from '../platform/dynamo/table.ts';
import { installation, nobody, type OwnRules, type RulesSetBy } from '../policy/own-rules.ts';
import type { Policy } from '../policy/policy.ts';

export interface Organization {
  readonly schema: number;
  readonly version: number;
  readonly organizationId: string;
  readonly name: string;
  /** Absent at the top: a reseller, or a company of its own. Two levels, no more. */
  readonly parentId?: string;
  readonly support?: { readonly name: string; readonly url: string };
  /** The organization's own key, wrapped by the stage's. */
  readonly wrappedKey: Uint8Array;
  /** Rules set on this organization, by itself or by one above it. */
  readonly ownRules: OwnRules;
  /** What holds: every rule, with who set it. */
  readonly rulesSetBy: RulesSetBy;
  readonly policy: Policy;
  /** Who answers for a policy of telephones only. */
  readonly telephoneOnlyAcceptedBy?: string;
  /** Which version of the parent's policy this one was made under. */
  readonly inheritedVersion?: number;
  /** It is a reseller: it cannot be moved below another. */
  readonly hasChildren?: boolean;
  /** A change is still being written to the children. */
  readonly applying?: boolean;
  readonly createdAt: number;
}

export const organizationItemKey = (organizationKey: string): ItemKey => ({ pk: `ORG#${organizationKey}`, sk: 'ORG' });

export function toOrganizationItem(organizationKey: string, organization: Organization): Attributes {
  return toAttributes({
    ...organizationItemKey(organizationKey),
    ...(organization as unknown as Record<string, Value>),
  });
}

export function fromOrganizationItem(item: Attributes): Organization {
  const { pk: _pk, sk: _sk, ...organization } = fromAttributes(item);
  return { ownRules: {}, rulesSetBy: {}, ...organization } as unknown as Organization;
}

/** Whether an organization lies in the subtree below `root`; an absent root is the whole installation. */
export function isWithin(
  root: string | undefined,
  organization: Pick<Organization, 'organizationId' | 'parentId'>,
): boolean {
  return root === undefined || root === organization.organizationId || root === organization.parentId;
}

/** Words that stand for whoever set a rule, and names that a web address would lose. */
const reserved: readonly string[] = [installation, nobody, '.', '..'];

/** Whether a new organization may have this id, beyond its length and characters. */
export const isFreeId = (organizationId: string): boolean =>
  !reserved.includes(organizationId) && organizationId === organizationId.trim();
