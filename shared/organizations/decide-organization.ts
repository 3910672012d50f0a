/** What becomes of an organization: pure decisions on its item, its policy under its parent's included. */
import { Problem } from '../platform/problems/problem.ts';
import {
  combineRules,
  isTelephoneOnly,
  nextPolicy,
  refuseGivenUp,
  refuseUnusable,
  usability,
  type Effective,
} from '../policy/effective-policy.ts';
import { patchOwnRules, withoutSetter, type OwnRules, type RulesChange, type RulesPatch } from '../policy/own-rules.ts';
import type { Rules } from '../policy/policy.ts';
import type { DecisionEvent } from '../user-state/decision.ts';
import { differences, enforcementNotice, inheritedFrom } from './decide-inherit.ts';
import type { Organization } from './organization.ts';

export interface OrganizationChanges {
  readonly name?: string;
  /** Null takes it away. */
  readonly support?: { readonly name: string; readonly url: string } | null;
  readonly policy?: RulesChange;
  /** The person who answers for a policy of telephones only. */
  readonly acceptTelephoneOnly?: string;
}

export interface OrganizationCommand {
  readonly changes: OrganizationChanges;
  /** Who sets the rules: an organization, or the installation. */
  readonly setter: string;
  /** The parent that it has, or shall have. */
  readonly parent: Organization | undefined;
}

export interface DecidedOrganization {
  readonly next: Organization;
  readonly events: readonly [DecisionEvent, ...DecisionEvent[]];
}

type Place = { organizationId: string; parentId?: string };

const placeOf = (organizationId: string, parent: Organization | undefined): Place => ({
  organizationId,
  ...(parent ? { parentId: parent.organizationId } : {}),
});

interface Ruled {
  readonly ownRules: OwnRules;
  readonly effective: Effective;
  readonly acceptedBy?: string;
}

function complete({ lockout, ...change }: RulesChange, standing: Rules): RulesPatch {
  return { ...change, ...(lockout === undefined ? {} : { lockout: lockout && { ...standing.lockout, ...lockout } }) };
}

/** Asks for somebody's word only when this change makes it telephones only, not when a parent already did. */
function rule(
  organizationId: string,
  own: OwnRules,
  acceptedBefore: string | undefined,
  command: OrganizationCommand,
): Ruled {
  const { changes, setter, parent } = command;
  const inherited = inheritedFrom(parent);
  const before = combineRules(inherited, own);
  const patch = complete(changes.policy ?? {}, before.rules);
  const ownRules = patchOwnRules(own, patch, { place: placeOf(organizationId, parent), setter, inherited });
  const effective = combineRules(inherited, ownRules);
  const acceptedBy = changes.acceptTelephoneOnly ?? acceptedBefore;
  const asked = usability.filter((name) => patch[name] !== undefined);
  if (asked.length > 0) {
    refuseUnusable(effective.rules, acceptedBy !== undefined);
    refuseGivenUp(before, effective, asked.filter((name) => patch[name] !== null));
  }
  const isAccepted = acceptedBy !== undefined && isTelephoneOnly(effective.rules.methods);
  return { ownRules, effective, ...(isAccepted ? { acceptedBy } : {}) };
}

export function decideCreate(
  made: Pick<Organization, 'organizationId' | 'wrappedKey'>,
  command: OrganizationCommand,
  now: number,
): DecidedOrganization {
  const { changes, parent } = command;
  refuseThirdLevel(parent);
  const { ownRules, effective, acceptedBy } = rule(made.organizationId, {}, undefined, command);
  const next: Organization = {
    schema: 1,
    version: 1,
    ...made,
    name: changes.name ?? made.organizationId,
    ...(parent ? { parentId: parent.organizationId, inheritedVersion: parent.policy.version } : {}),
    ...(changes.support ? { support: changes.support } : {}),
    ownRules,
    rulesSetBy: effective.setBy,
    policy: nextPolicy(undefined, effective, now),
    ...(acceptedBy === undefined ? {} : { telephoneOnlyAcceptedBy: acceptedBy }),
    createdAt: now,
  };
  const detail = {
    name: next.name,
    parentId: parent?.organizationId,
    policy: changes.policy && Object.keys(changes.policy),
    telephoneOnlyAcceptedBy: acceptedBy,
  };
  return { next, events: [{ kind: 'organization-created', detail }] };
}

function changeEvents(before: Organization, next: Organization, accepted: string | undefined): DecisionEvent[] {
  const events: DecisionEvent[] = [];
  if (before.parentId !== next.parentId) {
    events.push({ kind: 'organization-moved', detail: { from: before.parentId, to: next.parentId } });
  }
  if (before.name !== next.name || JSON.stringify(before.support) !== JSON.stringify(next.support)) {
    events.push({ kind: 'organization-changed', detail: { name: next.name } });
  }
  const isOwnChanged = JSON.stringify(before.ownRules) !== JSON.stringify(next.ownRules);
  if (isOwnChanged || before.policy !== next.policy) {
    const changed = differences(before.policy, next.policy);
    events.push({
      kind: 'policy-changed',
      ...enforcementNotice(before.policy, next.policy),
      detail: { changed, policy: next.policy.version, telephoneOnlyAcceptedBy: accepted },
    });
  }
  return events;
}

function refuseThirdLevel(parent: Organization | undefined): void {
  if (parent?.parentId !== undefined) {
    throw new Problem('not-permitted', { detail: 'A company cannot have companies of its own.' });
  }
}

/** The rules that it brings along: those of a parent that it leaves stay behind. */
function keptRules(read: Organization, parent: Organization | undefined): OwnRules {
  if (parent?.organizationId === read.parentId) return read.ownRules;
  if (read.hasChildren) {
    throw new Problem('not-permitted', {
      detail: 'An organization with companies of its own cannot become a company.',
    });
  }
  return read.parentId === undefined ? read.ownRules : withoutSetter(read.ownRules, read.parentId);
}

/** Undefined when it is so already: then nothing is written. */
export function decideChange(
  read: Organization,
  command: OrganizationCommand,
  now: number,
): DecidedOrganization | undefined {
  const { changes, parent } = command;
  refuseThirdLevel(parent);
  const kept = keptRules(read, parent);
  const { ownRules, effective, acceptedBy } = rule(read.organizationId, kept, read.telephoneOnlyAcceptedBy, command);
  const policy = nextPolicy({ policy: read.policy, setBy: read.rulesSetBy }, effective, now);
  const { support: _support, telephoneOnlyAcceptedBy: _accepted, ...rest } = read;
  const support = changes.support === undefined ? read.support : changes.support;
  const next: Organization = {
    ...rest,
    version: read.version + 1,
    name: changes.name ?? read.name,
    ...(support ? { support } : {}),
    ...(parent ? { parentId: parent.organizationId, inheritedVersion: parent.policy.version } : {}),
    ownRules,
    rulesSetBy: effective.setBy,
    policy,
    ...(acceptedBy === undefined ? {} : { telephoneOnlyAcceptedBy: acceptedBy }),
    ...(read.hasChildren && policy !== read.policy ? { applying: true } : {}),
  };
  const [first, ...others] = changeEvents(read, next, changes.acceptTelephoneOnly);
  return first && { next, events: [first, ...others] };
}
