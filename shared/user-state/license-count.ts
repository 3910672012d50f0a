/** How many licenses of a kind an organization has bought, and how many of its users hold one: an item for each kind. */
import { monthOf } from '../platform/clock.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey } from '../platform/dynamo/table.ts';

/** What takes a license: a telephone or our app, and a hardware token. Everything else is free. */
export const licenseItems = ['phone', 'token'] as const;
export type LicenseItem = (typeof licenseItems)[number];

/** A license kept for somebody who does not confirm by it yet: for an enrollment, or bought for this very user. */
export type LicenseReservation = LicenseItem | `ordered-${LicenseItem}`;

export const licenseItemKey = (organizationKey: string, item: LicenseItem): ItemKey => ({ pk: `ORG#${organizationKey}`, sk: `LICENSE#${item}` });

export const endsPrefix = 'ends';

export interface LicenseCount {
  readonly bought: number;
  readonly used: number;
  /** May still be taken: what was canceled is not, though it is bought until the month ends. */
  readonly free: number;
  /** Of those bought, canceled to the end of this month. */
  readonly ending: number;
  /** False until the first order: then people may set up their own without one. */
  readonly metered: boolean;
}

const numberOf = (item: Attributes | undefined, name: string): number => Number(item?.[name]?.N ?? 0);

/** What was canceled counts until its month is over, and never below what is in use: a bill takes nobody's protection. */
export function readLicenseCount(item: Attributes | undefined, now: number): LicenseCount {
  const month = monthOf(now);
  const running = Object.keys(item ?? {}).filter((name) => name.startsWith(endsPrefix) && name.slice(endsPrefix.length) >= month);
  const ending = running.reduce((sum, name) => sum + numberOf(item, name), 0);
  const metered = item?.['limit'] !== undefined;
  const [limit, used] = [numberOf(item, 'limit'), Math.max(0, numberOf(item, 'used'))];
  return { bought: metered ? Math.max(limit + ending, used) : 0, used, free: Math.max(0, limit - used), ending, metered };
}
