/**
 * Looking through people's data leaves its mark (P14): a counted row by minute says which client, for which person, listed
 * how often. The same row bounds it, so that nobody walks off with the address book of an organization unseen.
 */
import { minute } from '../platform/clock.ts';
import type { Clock } from '../platform/clock.ts';
import type { Table } from '../platform/dynamo/table.ts';
import { Problem } from '../platform/problems/problem.ts';
import { countedUpdate, type RequestContext } from '../user-state/event-item.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { organizationKeyOf } from '../platform/object-id.ts';

export interface LookupDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

/** Pages of a list in a minute: for a person, and for a portal that copies all of its users. */
const mostForPerson = 120;
const mostForClient = 1200;

/** A rehearsal reads as much as hundreds of lists. */
const mostRehearsals = 12;

/** Throws `too-many-lookups` when this client, for this actor, has had its lists of this minute. What was searched for is not kept. */
export function countLookup(deps: LookupDependencies, organizationId: string, context: RequestContext): Promise<void> {
  return count(deps, organizationId, { kind: 'users-listed', most: context.actor === undefined ? mostForClient : mostForPerson }, context);
}

/** The same for rehearsals of a policy, of everybody together in an organization. */
export function countRehearsal(deps: LookupDependencies, organizationId: string, context: RequestContext): Promise<void> {
  const { actor: _actor, clientId: _client, ...anybody } = context;
  return count(deps, organizationId, { kind: 'policy-rehearsed', most: mostRehearsals }, anybody);
}

interface Counted {
  readonly kind: string;
  readonly most: number;
}

async function count({ table, keys, clock }: LookupDependencies, organizationId: string, { kind, most }: Counted, context: RequestContext): Promise<void> {
  const now = clock.now();
  const home = { organizationKey: organizationKeyOf(keys, organizationId), organizationId };
  const partition = context.clientId === undefined ? `ORG#${home.organizationKey}` : `CLIENT#${context.clientId}`;
  const update = countedUpdate(partition, home, { kind }, context, now);
  const isWithin = await table.update({
    ...update,
    ConditionExpression: 'attribute_not_exists(#times) OR #times < :most',
    ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ':most': { N: String(most) } },
  });
  if (!isWithin) throw new Problem('too-many-lookups', { retryAfterSeconds: Math.ceil((minute - (now % minute)) / 1000) });
}
