/**
 * Writes a parent's policy to each of its companies. The parent says `applying` until all have it; whoever changes or
 * reads the parent next goes on where this one stopped. A company made meanwhile was made under the new policy, or not
 * at all.
 */
import { trailWrites } from '../audit/trail.ts';
import type { Clock } from '../platform/clock.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Random } from '../platform/random.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { decideInherit } from './decide-inherit.ts';
import {
  childPrefix,
  organizationPartition,
  readOrganizations,
  saveOrganizationWrite,
  type OrganizationStoreDependencies,
} from './organization-store.ts';
import { organizationItemKey, type Organization } from './organization.ts';

export interface ApplyDependencies extends OrganizationStoreDependencies {
  readonly clock: Clock;
  readonly random: Random;
  pause(milliseconds: number): Promise<void>;
}

const mostTries = 8;
const pageSize = 50;
const atOnce = 5;

/** Both are read again on every try, so that an older policy never comes after a newer one. */
async function applyToChild(
  deps: ApplyDependencies,
  parentId: string,
  childId: string,
  context: RequestContext,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const [parent, child] = await readOrganizations(deps, [parentId, childId]);
    const now = deps.clock.now();
    const decided = parent && child && decideInherit(child, parent, now);
    if (!decided) return;
    const { next, events } = decided;
    const subject = {
      partition: organizationPartition(deps.keys, childId),
      version: next.version,
      organizationId: childId,
    };
    const trail = trailWrites(deps, subject, events, { ...context, policyVersion: next.policy.version }, now);
    if ((await deps.table.transact([saveOrganizationWrite(deps, next), ...trail])).done) return;
    await deps.pause(deps.random.integer(20 * (tries + 1)));
  }
  throw new Problem('organization-conflict');
}

async function applyToPage(
  deps: ApplyDependencies,
  parentId: string,
  rows: readonly Attributes[],
  context: RequestContext,
): Promise<void> {
  const childIds = rows.flatMap((row) => row['organizationId']?.S ?? []);
  for (let start = 0; start < childIds.length; start += atOnce) {
    await Promise.all(
      childIds.slice(start, start + atOnce).map((childId) => applyToChild(deps, parentId, childId, context)),
    );
  }
}

/** Left alone when the policy has changed again: then that change sees to it. */
async function finish(deps: ApplyDependencies, applied: Organization): Promise<Organization> {
  const key = organizationItemKey(organizationKeyOf(deps.keys, applied.organizationId));
  const isDone = await deps.table.update({
    Key: { pk: { S: key.pk }, sk: { S: key.sk } },
    UpdateExpression: 'REMOVE applying ADD version :one',
    ConditionExpression: 'applying = :true AND #policy.#version = :policy',
    ExpressionAttributeNames: { '#policy': 'policy', '#version': 'version' },
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ':true': { BOOL: true },
      ':policy': { N: String(applied.policy.version) },
    },
  });
  const [now] = await readOrganizations(deps, [applied.organizationId]);
  return now ?? { ...applied, applying: !isDone };
}

/** The parent as it is when every company has its policy. */
export async function applyToChildren(
  deps: ApplyDependencies,
  parent: Organization,
  context: RequestContext,
): Promise<Organization> {
  const partition = organizationPartition(deps.keys, parent.organizationId);
  let after: Attributes | undefined;
  do {
    const page = await deps.table.query({ partition, prefix: childPrefix, after, limit: pageSize });
    await applyToPage(deps, parent.organizationId, page.items, context);
    after = page.last;
  } while (after);
  return finish(deps, parent);
}

/**
 * A change whose request died before every company had it is brought to its end by whoever looks next. The reader did
 * not make it: the companies' trails name no client and no person for it.
 */
export async function resumeApplying(
  deps: ApplyDependencies,
  parent: Organization,
  requestId: string,
): Promise<Organization> {
  if (!parent.applying) return parent;
  try {
    return await applyToChildren(deps, parent, { requestId, door: 'workflow' });
  } catch (error) {
    // Reading goes on all the same: it says that the change is still being applied.
    if (error instanceof Problem) return parent;
    throw error;
  }
}
