/** The orders of an organization, newest first, page by page. */
import type { Organization } from '../organizations/organization.ts';
import type { Clock } from '../platform/clock.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { Table } from '../platform/dynamo/table.ts';
import { organizationItemKey } from '../organizations/organization.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import type { UserState } from '../user-state/user-state.ts';
import { openCredential } from './order-credential.ts';
import { fromOrderItem, ordersPrefix, viewOrder, type Order, type OrderView } from './order.ts';

export interface ListOrdersDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

export interface ListOrdersInput {
  readonly organization: Organization;
  readonly organizationKey: string;
  readonly cursor?: string;
  readonly limit: number;
}

export interface OrderPage {
  readonly orders: readonly OrderView[];
  readonly cursor?: string;
}

/** Only those whose credential is to be shown are read, each once. */
async function readHolders({ table }: ListOrdersDependencies, orders: readonly Order[]): Promise<Map<string, UserState>> {
  const userKeys = [...new Set(orders.flatMap(({ credential, userKey }) => (credential && userKey !== undefined ? [userKey] : [])))];
  const items = userKeys.length === 0 ? [] : await table.read(userKeys.map(userStateKey));
  return new Map(items.flatMap((item, position) => (item && !isTombstone(item) ? [[userKeys[position] ?? '', fromUserStateItem(item)] as const] : [])));
}

export async function listOrders(deps: ListOrdersDependencies, input: ListOrdersInput): Promise<OrderPage> {
  const { organization, organizationKey, limit } = input;
  const list = ['orders', organizationKey];
  const after = readCursor(deps.keys, list, input.cursor);
  const page = await deps.table.query({ partition: organizationItemKey(organizationKey).pk, prefix: ordersPrefix, after, limit, newestFirst: true });
  const orders = page.items.map(fromOrderItem);
  const holders = await readHolders(deps, orders);
  const now = deps.clock.now();
  const views = orders.map((order) => viewOrder(deps.keys, order, now, openCredential(deps.keys, organization, holders.get(order.userKey ?? ''), order)));
  return { orders: views, ...(page.last ? { cursor: writeCursor(deps.keys, list, page.last) } : {}) };
}
