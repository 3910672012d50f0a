/** Events of organizations and clients, in the same trail as those of their users, written with the change they tell of. */
import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { toAttributes } from '../platform/dynamo/attributes.ts';
import type { Write } from '../platform/dynamo/table.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import type { DecisionEvent } from '../user-state/decision.ts';
import {
  auditSort,
  countedUpdate,
  describeEvent,
  versionText,
  type RequestContext,
  type TrailHome,
} from '../user-state/event-item.ts';

export interface TrailDependencies {
  readonly table: { readonly name: string };
  readonly keys: KeyRing;
}

/** What changed: the partition of its item, and the version that the change made. */
export interface Subject {
  readonly partition: string;
  readonly version: number;
  /** Whose trail; absent for what belongs to the whole installation. */
  readonly organizationId: string | undefined;
}

/** Stands for an organization's key in the trail of what belongs to none. */
export const installationTrail = 'installation';

function homeOf(keys: KeyRing, organizationId: string | undefined): TrailHome {
  if (organizationId === undefined) return { organizationKey: installationTrail };
  return { organizationKey: organizationKeyOf(keys, organizationId), organizationId };
}

export function trailWrites(
  deps: TrailDependencies,
  subject: Subject,
  events: readonly DecisionEvent[],
  context: RequestContext,
  at: number,
): Write[] {
  const home = homeOf(deps.keys, subject.organizationId);
  return events.map((event, position) => {
    const number =
      position === 0 ? versionText(subject.version) : `${versionText(subject.version)}.${String(position)}`;
    const item = {
      pk: subject.partition,
      sk: `EVENT#${number}`,
      auditSk: auditSort(at, `${subject.partition}#${number}`),
      version: subject.version,
      ...describeEvent(event, context, home, at),
    };
    return {
      Put: { TableName: deps.table.name, Item: toAttributes(item), ConditionExpression: 'attribute_not_exists(pk)' },
    };
  });
}

/** Who was refused something, and about whom: absent what lies outside of the client's reach. */
export interface RefusedSubject {
  readonly client: { readonly clientId: string; readonly organizationId?: string };
  readonly organizationId?: string | undefined;
  readonly userId?: string | undefined;
}

/** Somebody read a person's data: counted, in the organization's trail. */
export function lookedAt(
  deps: TrailDependencies,
  { organizationId, userId }: { readonly organizationId: string; readonly userId?: string },
  operation: string,
  context: RequestContext,
  at: number,
): Omit<UpdateItemCommandInput, 'TableName'> {
  const home = { ...homeOf(deps.keys, organizationId), ...(userId === undefined ? {} : { userId }) };
  return countedUpdate(`ORG#${home.organizationKey}`, home, { kind: 'personal-data-read', detail: { operation } }, context, at);
}

/** Something refused to a client: counted, in the trail of the organization that it was about, or else of its own. */
export function refusedToClient(
  deps: TrailDependencies,
  { client, organizationId = client.organizationId, userId }: RefusedSubject,
  event: DecisionEvent,
  context: RequestContext,
  { at, times = 1 }: { readonly at: number; readonly times?: number },
): Omit<UpdateItemCommandInput, 'TableName'> {
  const home = { ...homeOf(deps.keys, organizationId), ...(userId === undefined ? {} : { userId }) };
  return countedUpdate(`CLIENT#${client.clientId}`, home, event, context, at, times);
}
