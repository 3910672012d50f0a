/** What an organization is charged for a month, order by order; a reseller's with those of its companies. */
import { endOfMonth, monthOf, toTimestamp } from '../platform/clock.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { Table } from '../platform/dynamo/table.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import { childPrefix, organizationPartition, readOrganizations } from '../organizations/organization-store.ts';
import type { Organization } from '../organizations/organization.ts';
import type { LicenseItem } from '../user-state/license-count.ts';
import { chargeOf, endOf, fromOrderItem, orderIdOf, orderSortFrom, ordersPrefix, type Order } from './order.ts';
import { amountOf } from './price-list.ts';

export interface BillingDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
}

export interface BillingLine {
  readonly organizationId: string;
  readonly organizationName: string;
  readonly orderId: string;
  readonly orderedAt: string;
  readonly endsAt?: string;
  readonly item: LicenseItem;
  readonly quantity: number;
  readonly userId?: string;
  /** Of one license. */
  readonly monthlyFee: number;
  readonly promoCode?: string;
  readonly discount: number;
  readonly total: number;
  readonly currency: string;
}

export interface Bill {
  readonly month: string;
  readonly lines: readonly BillingLine[];
  /** Of these lines, by currency. */
  readonly totals: readonly { readonly currency: string; readonly total: number }[];
  readonly cursor?: string;
}

export interface BillInput {
  readonly organization: Organization;
  readonly month: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** Whole months are charged, the first and the last too. */
function isCharged(order: Order, month: string): boolean {
  const end = endOf(order);
  return monthOf(order.orderedAt) <= month && (end === undefined || end >= endOfMonth(month));
}

function lineOf(keys: KeyRing, { organizationId, name }: Organization, order: Order): BillingLine {
  const { item, quantity, userId, monthlyFee, currency, promo, orderedAt } = order;
  const { discount, total } = chargeOf(order);
  const end = endOf(order);
  return {
    organizationId,
    organizationName: name,
    orderId: orderIdOf(keys, order),
    orderedAt: toTimestamp(orderedAt),
    ...(end === undefined ? {} : { endsAt: toTimestamp(end) }),
    item,
    quantity,
    ...(userId === undefined ? {} : { userId }),
    monthlyFee: amountOf(monthlyFee),
    ...(promo ? { promoCode: promo.code } : {}),
    discount: amountOf(discount),
    total: amountOf(total),
    currency,
  };
}

function totalsOf(orders: readonly Order[]): Bill['totals'] {
  const sums = new Map<string, number>();
  for (const order of orders) sums.set(order.currency, (sums.get(order.currency) ?? 0) + chargeOf(order).total);
  return [...sums].map(([currency, total]) => ({ currency, total: amountOf(total) }));
}

/** Where the export goes on: in the orders of an organization, or behind the companies that are done. */
interface Position {
  /** The row of the last company that was begun; absent for the organization itself. */
  readonly child?: string;
  /** The last order of it that was looked at; absent when it is done. */
  readonly order?: string;
}

const companiesAtOnce = 25;
/** A page may be short, even empty, while there is more: so many companies are looked at for one answer. */
const mostCompanies = 300;

interface Reading {
  readonly orders: { readonly of: Organization; readonly order: Order }[];
  readonly limit: number;
  readonly month: string;
}

/** Reads on in one organization; where it stopped when the page is full before its end. */
async function readOrders({ table, keys }: BillingDependencies, of: Organization, from: string | undefined, reading: Reading): Promise<string | undefined> {
  const partition = organizationPartition(keys, of.organizationId);
  let after: Attributes | undefined = from === undefined ? undefined : { pk: { S: partition }, sk: { S: from } };
  do {
    const page = await table.query({ partition, from: ordersPrefix, to: orderSortFrom(endOfMonth(reading.month)), after, limit: reading.limit });
    for (const item of page.items) {
      const order = fromOrderItem(item);
      if (isCharged(order, reading.month)) reading.orders.push({ of, order });
      if (reading.orders.length === reading.limit) return item['sk']?.S;
    }
    after = page.last;
  } while (after);
  return undefined;
}

async function readCompanies(deps: BillingDependencies, root: Organization, position: Position, reading: Reading): Promise<Position | undefined> {
  const partition = organizationPartition(deps.keys, root.organizationId);
  let { child, order } = position;
  if (child !== undefined && order !== undefined) {
    const [company] = await readOrganizations(deps, [child]);
    order = company?.parentId === root.organizationId ? await readOrders(deps, company, order, reading) : undefined;
    if (order !== undefined) return { child, order };
  }
  for (let looked = 0; ; looked += companiesAtOnce) {
    const after: Attributes | undefined = child === undefined ? undefined : { pk: { S: partition }, sk: { S: `${childPrefix}${child}` } };
    const rows = await deps.table.query({ partition, prefix: childPrefix, after, limit: companiesAtOnce });
    const companies = await readOrganizations(deps, rows.items.flatMap((row) => row['organizationId']?.S ?? []));
    for (const company of companies) {
      if (company?.parentId !== root.organizationId) continue;
      child = company.organizationId;
      order = await readOrders(deps, company, undefined, reading);
      if (order !== undefined) return { child, order };
    }
    if (!rows.last) return undefined;
    child = rows.last['sk']?.S?.slice(childPrefix.length) ?? '';
    if (looked + companiesAtOnce >= mostCompanies) return { child };
  }
}

const readPosition = (cursor: Attributes | undefined): Position => ({
  ...(cursor?.['child']?.S === undefined ? {} : { child: cursor['child'].S }),
  ...(cursor?.['order']?.S === undefined ? {} : { order: cursor['order'].S }),
});

export async function billFor(deps: BillingDependencies, { organization, month, cursor, limit }: BillInput): Promise<Bill> {
  const list = ['billing', organizationKeyOf(deps.keys, organization.organizationId), month];
  const from = readPosition(readCursor(deps.keys, list, cursor));
  const reading: Reading = { orders: [], limit, month };
  const own = from.child === undefined ? await readOrders(deps, organization, from.order, reading) : undefined;
  const next = own === undefined ? await readCompanies(deps, organization, from, reading) : { order: own };
  return {
    month,
    lines: reading.orders.map(({ of, order }) => lineOf(deps.keys, of, order)),
    totals: totalsOf(reading.orders.map(({ order }) => order)),
    ...(next ? { cursor: writeCursor(deps.keys, list, toAttributes({ ...next })) } : {}),
  };
}
