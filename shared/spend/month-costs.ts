/** What an organization's sends have cost: a row for each day, raised in the transactions that send, and summed by month. */
import { day } from '../platform/clock.ts';
import { fromAttributes } from '../platform/dynamo/attributes.ts';
import type { Table, Write } from '../platform/dynamo/table.ts';
import { currency, dollarsOf, pricesAsOf, type CostKind, type SendCost } from './send-prices.ts';

/** Thirteen months, as the audit trail is kept (D24). */
const keptFor = 396 * day;

export const spendDayKey = (organizationKey: string, now: number): { readonly pk: string; readonly sk: string } => ({
  pk: `SPEND#${organizationKey}`,
  sk: `DAY#${new Date(now).toISOString().slice(0, 10)}#0`,
});

export const spendDayExpiry = (now: number): number => Math.floor((now + keptFor) / 1000);

/** How a cost is added to the day's row, beside whatever else the same write adds to it. */
export const addCost = ({ kind, amount }: SendCost) => ({
  expression: '#count :one, #cost :cost',
  names: { '#count': kind, '#cost': `${kind}Cost` },
  values: { ':one': { N: '1' }, ':cost': { N: String(amount) } },
});

/** Adds a cost that no budget is asked for: a further leg, a mail, a push. */
export function costWrite(table: string, organizationKey: string, cost: SendCost, now: number): Write {
  const { pk, sk } = spendDayKey(organizationKey, now);
  const { expression, names, values } = addCost(cost);
  return {
    Update: {
      TableName: table,
      Key: { pk: { S: pk }, sk: { S: sk } },
      UpdateExpression: `SET expiresAt = :expires ADD ${expression}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':expires': { N: String(spendDayExpiry(now)) }, ...values },
    },
  };
}

export interface MonthCosts {
  readonly month: string;
  readonly currency: string;
  /** When the price list was looked up. */
  readonly pricesAsOf: string;
  readonly total: number;
  readonly items: readonly { readonly kind: CostKind; readonly count: number; readonly cost: number }[];
}

const mostDays = 31;
const kinds: readonly CostKind[] = ['call', 'text', 'mail', 'push'];

const sumOf = (rows: readonly Record<string, unknown>[], name: string): number => rows.reduce((sum, row) => sum + Number(row[name] ?? 0), 0);

/** `month` is `2026-11`, by UTC: at most 31 small rows. */
export async function monthCosts(table: Table, organizationKey: string, month: string): Promise<MonthCosts> {
  const { items } = await table.query({ partition: `SPEND#${organizationKey}`, prefix: `DAY#${month}-`, limit: mostDays });
  const rows = items.map((item) => fromAttributes(item));
  const costs = kinds.map((kind) => ({ kind, count: sumOf(rows, kind), cost: sumOf(rows, `${kind}Cost`) }));
  return {
    month,
    currency,
    pricesAsOf,
    total: dollarsOf(costs.reduce((sum, { cost }) => sum + cost, 0)),
    items: costs.map(({ kind, count, cost }) => ({ kind, count, cost: dollarsOf(cost) })),
  };
}
