/** Cancels an order: its fee and its licenses end with the month. Asked again, it says the same. */
import { trailWrites } from '../audit/trail.ts';
import type { Organization } from '../organizations/organization.ts';
import { monthOf } from '../platform/clock.ts';
import { toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { Write } from '../platform/dynamo/table.ts';
import type { HomeKeys } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { commit, type CommitDependencies } from '../user-state/commit.ts';
import type { DecisionEvent } from '../user-state/decision.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { orderWrite, type LicenseOrder } from '../user-state/license-writes.ts';
import type { RequestMark } from '../user-state/receipts.ts';
import type { UserState } from '../user-state/user-state.ts';
import { decideCancelForUser } from './decide-order.ts';
import { expiryOf, fromOrderItem, orderIdOf, orderKey, type Order } from './order.ts';

export interface CancelOrderInput {
  readonly organization: Organization;
  readonly home: HomeKeys;
  /** Of the user whom it was for, who may be gone. */
  readonly state?: UserState;
  readonly order: Order;
  readonly context: RequestContext;
  readonly mark: RequestMark;
}

const mostTries = 20;

/** Somebody else canceled it first: that is what was asked for. */
const done = new Error('the order is canceled already');

/** Refused when it was canceled already. */
function cancelWrite(table: string, { organizationKey, random }: Order, now: number): Write {
  return {
    Update: {
      TableName: table,
      Key: toAttributes({ ...orderKey(organizationKey, random) }),
      UpdateExpression: 'SET canceledAt = :now, expiresAt = :expires',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(canceledAt)',
      ExpressionAttributeValues: toAttributes({ ':now': now, ':expires': expiryOf(now) }),
    },
  };
}

const eventOf = (deps: CommitDependencies, order: Order): DecisionEvent => ({
  kind: 'order-canceled',
  detail: { orderId: orderIdOf(deps.keys, order), item: order.item, quantity: order.quantity },
});

const licensesOf = ({ item, quantity }: Order, now: number): LicenseOrder => ({ item, quantity: -quantity, endsWith: monthOf(now) });

async function cancelForOrganization(deps: CommitDependencies, { organization, order, context }: CancelOrderInput, now: number): Promise<void> {
  const { name } = deps.table;
  const { pk, sk } = orderKey(order.organizationKey, order.random);
  const { organizationId } = organization;
  const writes = [
    cancelWrite(name, order, now),
    orderWrite(name, order.organizationKey, licensesOf(order, now)),
    ...trailWrites(deps, { partition: `${pk}#${sk}`, version: 2, organizationId }, [eventOf(deps, order)], context, now),
  ];
  for (let tries = 0; tries < mostTries; tries += 1) {
    const result = await deps.table.transact(writes);
    if (result.done || result.refused.includes(0)) return;
    await deps.pause(deps.random.integer(20 * (tries + 1)));
  }
  throw new Problem('unavailable', { retryAfterSeconds: 1 });
}

async function cancelForUser(deps: CommitDependencies, { home, order, context, mark }: CancelOrderInput, state: UserState, now: number): Promise<void> {
  try {
    await commit(deps, {
      home,
      state,
      context,
      mark,
      order: licensesOf(order, now),
      decide: (read, at) => decideCancelForUser(read, order, eventOf(deps, order), at),
      recall: () => undefined,
      also: () => [cancelWrite(deps.table.name, order, now)],
      refused: () => {
        throw done;
      },
    });
  } catch (error) {
    // Erased meanwhile: then it is an order like any other of the organization.
    if (error instanceof Problem && error.problem === 'not-found') throw new Problem('unavailable', { retryAfterSeconds: 1 }, error);
    if (error !== done) throw error;
  }
}

async function readOrder({ table }: CommitDependencies, { organizationKey, random }: Order): Promise<Order> {
  const [item] = await table.read([orderKey(organizationKey, random)]);
  if (!item) throw new Problem('not-found');
  return fromOrderItem(item);
}

export const findOrder = (item: Attributes | undefined): Order => {
  if (!item) throw new Problem('not-found');
  return fromOrderItem(item);
};

export async function cancelOrder(deps: CommitDependencies, input: CancelOrderInput): Promise<Order> {
  const { order, state } = input;
  if (order.canceledAt !== undefined) return order;
  const now = deps.clock.now();
  if (order.userKey !== undefined && state) await cancelForUser(deps, input, state, now);
  else await cancelForOrganization(deps, input, now);
  return readOrder(deps, order);
}
