/** How a change of a user is counted: `used` goes up or down in the user's own transaction, never above what is bought. */
import { toAttributes } from '../platform/dynamo/attributes.ts';
import type { Table, Write } from '../platform/dynamo/table.ts';
import { Problem } from '../platform/problems/problem.ts';
import { holdsLicense, isLicenseReserved, wantsLicense, type LicenseHolder } from './held-licenses.ts';
import { endsPrefix, licenseItemKey, licenseItems, readLicenseCount, type LicenseItem } from './license-count.ts';

/** What an order changes of what is bought, in the same write: a transaction takes one write of an item. */
export interface LicenseOrder {
  readonly item: LicenseItem;
  /** Below zero for a cancellation. */
  readonly quantity: number;
  /** Until the end of which month (`2026-11`) canceled ones still count as bought. */
  readonly endsWith?: string;
}

export interface LicenseWrite {
  readonly item: LicenseItem;
  readonly write: Write;
}

/** An organization that never ordered is not metered for people who set up their own. */
const isFree = 'attribute_not_exists(#limit) OR used < #limit';
/** Who is given one by somebody else gets one that was bought. */
const isBought = 'used < #limit';
/** The first order covers what is in use already. */
const isCovered = 'attribute_exists(#limit) OR attribute_not_exists(used) OR used <= :most';

const limitName = { '#limit': 'limit' };

function target(table: string, organizationKey: string, item: LicenseItem): { TableName: string; Key: ReturnType<typeof toAttributes> } {
  return { TableName: table, Key: toAttributes({ ...licenseItemKey(organizationKey, item) }) };
}

function usedWrite(table: string, organizationKey: string, item: LicenseItem, change: 1 | -1, condition: string): Write {
  const counted = { ...target(table, organizationKey, item), UpdateExpression: 'ADD used :change', ExpressionAttributeValues: { ':change': { N: String(change) } } };
  // Giving back is never refused.
  return { Update: change === -1 ? counted : { ...counted, ConditionExpression: condition, ExpressionAttributeNames: limitName } };
}

/** For an order by itself, or with what the same transaction makes of the user whom it is for. */
export function orderWrite(table: string, organizationKey: string, { item, quantity, endsWith }: LicenseOrder, change: -1 | 0 | 1 = 0): Write {
  const names = { ...limitName, ...(endsWith === undefined ? {} : { '#ends': `${endsPrefix}${endsWith}` }) };
  const isMore = quantity > 0;
  return {
    Update: {
      ...target(table, organizationKey, item),
      UpdateExpression: `SET #limit = if_not_exists(#limit, :zero) + :quantity ADD used :change${endsWith === undefined ? '' : ', #ends :ended'}`,
      ...(isMore ? { ConditionExpression: isCovered } : {}),
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: toAttributes({
        ':zero': 0,
        ':quantity': quantity,
        ':change': change,
        ':most': isMore ? quantity - change : undefined,
        ':ended': endsWith === undefined ? undefined : -quantity,
      }),
    },
  };
}

function writeOf(table: string, organizationKey: string, item: LicenseItem, before: LicenseHolder, after: LicenseHolder, order?: LicenseOrder): Write | undefined {
  const [held, holds] = [holdsLicense(before, item), holdsLicense(after, item)];
  if (order?.item === item) return orderWrite(table, organizationKey, order, held === holds ? 0 : holds ? 1 : -1);
  if (held && !holds) return usedWrite(table, organizationKey, item, -1, '');
  if (!held && holds) return usedWrite(table, organizationKey, item, 1, isLicenseReserved(after, item) ? isBought : isFree);
  // Said while it is being set up, instead of after the person has confirmed it.
  const isNew = wantsLicense(after, item) && !wantsLicense(before, item);
  return isNew ? { ConditionCheck: { ...target(table, organizationKey, item), ConditionExpression: isFree, ExpressionAttributeNames: limitName } } : undefined;
}

/** What becomes of the counts when a user's state `before` becomes `after`. */
export function licenseWrites(table: string, organizationKey: string, before: LicenseHolder, after: LicenseHolder, order?: LicenseOrder): LicenseWrite[] {
  return licenseItems.flatMap((item) => {
    const write = writeOf(table, organizationKey, item, before, after, order);
    return write ? [{ item, write }] : [];
  });
}

/** Why such a write was refused, with the numbers as they are now. */
export async function licenseProblem(table: Table, organizationKey: string, item: LicenseItem, now: number, order?: LicenseOrder): Promise<Problem> {
  const [found] = await table.read([licenseItemKey(organizationKey, item)]);
  const { bought, used } = readLicenseCount(found, now);
  const counts = `${String(bought)} bought, ${String(used)} used`;
  if (order) return new Problem('order-too-small', { detail: `The first order covers what is in use already: ${counts} of "${item}".` });
  return new Problem('no-license', { detail: `No license for "${item}" is free: ${counts}.` });
}
