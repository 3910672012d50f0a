/** What licenses cost, under which agreement they are ordered, and with which promo codes: the operator's, for the whole stage. */
import { fromAttributes, toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';
import type { LicenseItem } from '../user-state/license-count.ts';

export interface PriceList {
  /** Zero where the operator never said anything: then everything is free. */
  readonly version: number;
  readonly currency: string;
  /** For one license and month, in hundredths. */
  readonly fees: Readonly<Record<LicenseItem, number>>;
  readonly agreement: { readonly version: string; readonly url?: string };
  /** Codes that may be used now; what each takes off is in its own item, with how often it was used. */
  readonly promoCodes: readonly string[];
}

export const priceListKey: ItemKey = { pk: 'STAGE', sk: 'PRICES' };

const withoutList: PriceList = { version: 0, currency: 'USD', fees: { phone: 0, token: 0 }, agreement: { version: '1' }, promoCodes: [] };

export function toPriceListItem(list: PriceList): Attributes {
  return toAttributes({ ...priceListKey, schema: 1, ...list });
}

export function fromPriceListItem(item: Attributes | undefined): PriceList {
  if (!item) return withoutList;
  const { pk: _pk, sk: _sk, schema: _schema, ...list } = fromAttributes(item);
  return list as unknown as PriceList;
}

const isAsRead = ({ version }: PriceList) =>
  version === 0
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': { N: String(version) } } };

/** Nobody orders by a list that was changed since it was read. */
export const priceListCheck = (table: string, read: PriceList): Write => ({
  ConditionCheck: { TableName: table, Key: toAttributes({ ...priceListKey }), ...isAsRead(read) },
});

export const savePriceListWrite = (table: string, next: PriceList, read: PriceList): Write => ({
  Put: { TableName: table, Item: toPriceListItem(next), ...isAsRead(read) },
});

/** As the API writes amounts. */
export const amountOf = (hundredths: number): number => hundredths / 100;
