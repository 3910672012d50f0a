/** The operator's price list: read, and put in the place of the one before. Orders that were made keep what they were made for. */
import type { Table } from '../platform/dynamo/table.ts';
import { Problem } from '../platform/problems/problem.ts';
import { licenseItems, type LicenseItem } from '../user-state/license-count.ts';
import { amountOf, fromPriceListItem, priceListKey, savePriceListWrite, type PriceList } from './price-list.ts';
import { fromPromoItem, promoCodeKey, savePromoWrite, usesOf, withdrawPromoWrite, type PromoCode } from './promo-code.ts';

/** As the operator's file has it, amounts in hundredths. */
export interface Prices extends Pick<PriceList, 'currency' | 'fees' | 'agreement'> {
  readonly promoCodes: readonly PromoCode[];
}

export interface PromoCodeView {
  readonly code: string;
  readonly percentOff: number;
  /** The last day, by UTC. */
  readonly until?: string;
  readonly mostUses?: number;
  readonly uses: number;
}

export interface PricesView {
  readonly version: number;
  readonly currency: string;
  readonly monthlyFees: Readonly<Record<LicenseItem, number>>;
  readonly agreement: PriceList['agreement'];
  readonly promoCodes: readonly PromoCodeView[];
}

/** With what a transaction takes beside the list itself. */
export const mostPromoCodes = 45;

const lastDayBefore = (until: number): string => new Date(until - 1).toISOString().slice(0, 10);

export async function readPrices(table: Table): Promise<PricesView> {
  const [item] = await table.read([priceListKey]);
  const { version, currency, fees, agreement, promoCodes } = fromPriceListItem(item);
  const found = promoCodes.length === 0 ? [] : await table.read(promoCodes.map(promoCodeKey));
  return {
    version,
    currency,
    monthlyFees: Object.fromEntries(licenseItems.map((each) => [each, amountOf(fees[each])])) as PricesView['monthlyFees'],
    agreement,
    promoCodes: promoCodes.flatMap((code, position) => {
      const promo = fromPromoItem(found[position], code);
      if (!promo) return [];
      const { until, ...rest } = promo;
      return [{ ...rest, ...(until === undefined ? {} : { until: lastDayBefore(until) }), uses: usesOf(found[position]) }];
    }),
  };
}

export async function setPrices(table: Table, { currency, fees, agreement, promoCodes }: Prices): Promise<PricesView> {
  const [item] = await table.read([priceListKey]);
  const read = fromPriceListItem(item);
  const codes = promoCodes.map(({ code }) => code);
  const next: PriceList = { version: read.version + 1, currency, fees, agreement, promoCodes: codes };
  const { done } = await table.transact([
    savePriceListWrite(table.name, next, read),
    ...promoCodes.map((promo) => savePromoWrite(table.name, promo)),
    ...read.promoCodes.filter((code) => !codes.includes(code)).map((code) => withdrawPromoWrite(table.name, code)),
  ]);
  if (!done) throw new Problem('unavailable', { detail: 'Somebody else is changing the prices: look at them, and try again.' });
  return readPrices(table);
}
