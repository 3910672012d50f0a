/** Where clients are kept: one item each, changed under its version, with its event in the same transaction. */
import { trailWrites } from '../audit/trail.ts';
import type { Clock } from '../platform/clock.ts';
import type { Write } from '../platform/dynamo/table.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Random } from '../platform/random.ts';
import type { OrganizationStoreDependencies } from '../organizations/organization-store.ts';
import type { DecisionEvent } from '../user-state/decision.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { clientItemKey, fromClientItem, toClientItem, type Client } from './client.ts';
import { clientRowWrites } from './list-clients.ts';

export interface ClientDependencies extends OrganizationStoreDependencies {
  readonly clock: Clock;
  readonly random: Random;
  pause(milliseconds: number): Promise<void>;
}

const mostTries = 8;

export async function readClient(
  deps: Pick<ClientDependencies, 'table'>,
  clientId: string,
): Promise<Client | undefined> {
  const [item] = await deps.table.read([clientItemKey(clientId)]);
  return item && fromClientItem(item);
}

export function clientWrites(
  deps: ClientDependencies,
  next: Client,
  event: DecisionEvent,
  context: RequestContext,
): Write[] {
  const condition =
    next.version === 1
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'version = :read',
          ExpressionAttributeValues: { ':read': { N: String(next.version - 1) } },
        };
  const subject = {
    partition: clientItemKey(next.clientId).pk,
    version: next.version,
    organizationId: next.organizationId,
  };
  return [
    { Put: { TableName: deps.table.name, Item: toClientItem(next), ...condition } },
    ...clientRowWrites(deps, next),
    ...trailWrites(deps, subject, [event], context, deps.clock.now()),
  ];
}

export interface ClientChange {
  /** As the gate found it. */
  readonly client: Client;
  readonly context: RequestContext;
  readonly ifVersion?: number;
  /** The next client and what happened; undefined when it is so already. */
  decide(client: Client): { readonly next: Client; readonly event: DecisionEvent } | undefined;
  also?(next: Client): readonly Write[];
}

/** Reads and decides again when somebody else was first. */
export async function changeClientItem(deps: ClientDependencies, change: ClientChange): Promise<Client> {
  let { client } = change;
  for (let tries = 0; tries < mostTries; tries += 1) {
    if (change.ifVersion !== undefined && change.ifVersion !== client.version) throw new Problem('version-mismatch');
    const decided = change.decide(client);
    if (!decided) return client;
    const next = { ...decided.next, version: client.version + 1 };
    const { done } = await deps.table.transact([
      ...clientWrites(deps, next, decided.event, change.context),
      ...(change.also?.(next) ?? []),
    ]);
    if (done) return next;
    await deps.pause(deps.random.integer(20 * (tries + 1)));
    const again = await readClient(deps, client.clientId);
    if (!again) throw new Problem('not-found');
    client = again;
  }
  throw new Problem('unavailable', { retryAfterSeconds: 1 });
}
