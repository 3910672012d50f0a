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

function homeOf(keys: KeyRing, organizationId: string | undefined): TrailHome {
  if (organizationId === undefined) return { organizationKey: 'installation' };
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

/** Something refused to a client: one counted row per minute, whatever it asked for. */
export function refusedToClient(
  deps: TrailDependencies,
  client: { readonly clientId: string; readonly organizationId?: string },
  event: DecisionEvent,
  context: RequestContext,
  at: number,
): Omit<UpdateItemCommandInput, 'TableName'> {
  return countedUpdate(`CLIENT#${client.clientId}`, homeOf(deps.keys, client.organizationId), event, context, at);
}
