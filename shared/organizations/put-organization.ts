/** Creates an organization or changes it: its name, its support, its place, its rules. */
import { trailWrites } from '../audit/trail.ts';
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Random } from '../platform/random.ts';
import type { Write } from '../platform/dynamo/table.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { applyToChildren } from './apply-to-children.ts';
import { refuseForeignParent, rootOf, setterOf, type Authority } from './authority.ts';
import {
  decideChange,
  decideCreate,
  type DecidedOrganization,
  type OrganizationChanges,
} from './decide-organization.ts';
import { newOrganizationKey } from './organization-keys.ts';
import {
  addOrganizationWrite,
  childWrite,
  listedWrite,
  organizationPartition,
  parentWrite,
  readOrganizations,
  removeChildWrite,
  saveOrganizationWrite,
  type OrganizationStoreDependencies,
} from './organization-store.ts';
import { isWithin, type Organization } from './organization.ts';

export interface PutOrganizationDependencies extends OrganizationStoreDependencies {
  readonly clock: Clock;
  readonly random: Random;
  pause(milliseconds: number): Promise<void>;
}

export interface PutOrganizationInput {
  readonly organizationId: string;
  /** As the gate found it: absent when there is none, or none for this client. */
  readonly organization: Organization | undefined;
  /** Left out, it stays where it is. */
  readonly parentId?: string;
  readonly changes: OrganizationChanges;
  readonly authority: Authority;
  readonly context: RequestContext;
  /** The version that the caller has seen. */
  readonly ifVersion?: number;
}

export interface PutOrganizationResult {
  readonly organization: Organization;
  readonly parent: Organization | undefined;
  readonly isNew: boolean;
}

const mostTries = 8;

async function findParent(
  deps: PutOrganizationDependencies,
  parentId: string | undefined,
): Promise<Organization | undefined> {
  if (parentId === undefined) return undefined;
  const [parent] = await readOrganizations(deps, [parentId]);
  if (!parent) throw new Problem('not-found', { detail: 'There is no such parent.', foreign: true });
  return parent;
}

function eventWrites(
  deps: PutOrganizationDependencies,
  { next, events }: DecidedOrganization,
  context: RequestContext,
  now: number,
): Write[] {
  const { organizationId, version, policy } = next;
  const partition = organizationPartition(deps.keys, organizationId);
  return trailWrites(
    deps,
    { partition, version, organizationId },
    events,
    { ...context, policyVersion: policy.version },
    now,
  );
}

type Attempt = PutOrganizationResult | 'again';

async function create(deps: PutOrganizationDependencies, input: PutOrganizationInput): Promise<Attempt> {
  const { organizationId, parentId, changes, authority } = input;
  if (input.ifVersion !== undefined) throw new Problem('version-mismatch');
  if (parentId === organizationId) {
    throw new Problem('request-invalid', { detail: 'An organization cannot be its own parent.' });
  }
  refuseForeignParent(authority, parentId);
  const parent = await findParent(deps, parentId);
  const now = deps.clock.now();
  const wrappedKey = newOrganizationKey(deps.keys, organizationId, deps.random);
  const decided = decideCreate({ organizationId, wrappedKey }, { changes, setter: setterOf(authority), parent }, now);
  const { done } = await deps.table.transact([
    addOrganizationWrite(deps, decided.next),
    listedWrite(deps, organizationId),
    ...(parent ? [childWrite(deps, parent.organizationId, organizationId), parentWrite(deps, parent)] : []),
    ...eventWrites(deps, decided, input.context, now),
  ]);
  return done ? { organization: decided.next, parent, isNew: true } : 'again';
}

/** Only who has both the old and the new parent may move a company, and that is the installation. */
function refuseMove(input: PutOrganizationInput, from: Organization): void {
  if (input.parentId === from.organizationId) {
    throw new Problem('request-invalid', { detail: 'An organization cannot be its own parent.' });
  }
  if (rootOf(input.authority) !== undefined) {
    throw new Problem('not-found', { detail: 'There is no such parent.', foreign: true });
  }
}

function placeWrites(deps: PutOrganizationDependencies, from: Organization, parent: Organization | undefined): Write[] {
  const { organizationId, parentId } = from;
  if (!parent || parent.organizationId === parentId) return [];
  return [
    ...(parentId === undefined ? [] : [removeChildWrite(deps, parentId, organizationId)]),
    childWrite(deps, parent.organizationId, organizationId),
    parentWrite(deps, parent),
  ];
}

async function change(
  deps: PutOrganizationDependencies,
  input: PutOrganizationInput,
  read: Organization,
): Promise<Attempt> {
  if (input.ifVersion !== undefined && input.ifVersion !== read.version) throw new Problem('version-mismatch');
  const parentId = input.parentId ?? read.parentId;
  if (parentId !== read.parentId) refuseMove(input, read);
  const parent = await findParent(deps, parentId);
  // One was read before the other: a parent older than what the child already has under it was read too early.
  if (parent && parentId === read.parentId && parent.policy.version < (read.inheritedVersion ?? 0)) return 'again';
  const now = deps.clock.now();
  const decided = decideChange(read, { changes: input.changes, setter: setterOf(input.authority), parent }, now);
  if (!decided) return { organization: read, parent, isNew: false };
  const { done } = await deps.table.transact([
    saveOrganizationWrite(deps, decided.next),
    ...placeWrites(deps, read, parent),
    ...eventWrites(deps, decided, input.context, now),
  ]);
  return done ? { organization: decided.next, parent, isNew: false } : 'again';
}

async function readAgain(
  deps: PutOrganizationDependencies,
  { organizationId, authority }: PutOrganizationInput,
  isCreated: boolean,
): Promise<Organization | undefined> {
  const [found] = await readOrganizations(deps, [organizationId]);
  if (!found) return undefined;
  if (isWithin(rootOf(authority), found)) return found;
  // It exists, and not for this client: as if it could not be made.
  throw new Problem(isCreated ? 'not-found' : 'organization-conflict');
}

/** One organization, created or changed; a change of its policy has reached its companies when this returns. */
export async function putOrganization(
  deps: PutOrganizationDependencies,
  input: PutOrganizationInput,
): Promise<PutOrganizationResult> {
  let read = input.organization;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const result = read ? await change(deps, input, read) : await create(deps, input);
    if (result !== 'again') {
      if (!result.organization.applying) return result;
      return { ...result, organization: await applyToChildren(deps, result.organization, input.context) };
    }
    await deps.pause(deps.random.integer(20 * (tries + 1)));
    read = await readAgain(deps, input, read === undefined);
  }
  throw new Problem('organization-conflict');
}
