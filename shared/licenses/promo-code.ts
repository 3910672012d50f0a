/** Promo codes: so many percent off the fee of an order, for as long as it runs; until a day, and so many orders. */
import { toAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';

export interface PromoCode {
  readonly code: string;
  readonly percentOff: number;
  /** The first moment at which it is over. */
  readonly until?: number;
  readonly mostUses?: number;
}

/** As people type it: case means nothing, and neither do spaces around it. */
export const readPromoCode = (text: string): string => text.trim().toUpperCase();

export const promoCodeKey = (code: string): ItemKey => ({ pk: 'STAGE', sk: `PROMO#${code}` });

const numberOf = (item: Attributes, name: string): number | undefined => (item[name]?.N === undefined ? undefined : Number(item[name].N));

export const usesOf = (item: Attributes | undefined): number => (item ? (numberOf(item, 'uses') ?? 0) : 0);

/** As the operator set it; undefined for one that is withdrawn, or never was. */
export function fromPromoItem(item: Attributes | undefined, code: string): PromoCode | undefined {
  const percentOff = item && numberOf(item, 'percentOff');
  if (!item || percentOff === undefined) return undefined;
  const [until, mostUses] = [numberOf(item, 'until'), numberOf(item, 'mostUses')];
  return { code, percentOff, ...(until === undefined ? {} : { until }), ...(mostUses === undefined ? {} : { mostUses }) };
}

/** Undefined also for one that is over or used up: nobody is told which. */
export function usablePromo(item: Attributes | undefined, code: string, now: number): PromoCode | undefined {
  const promo = fromPromoItem(item, code);
  const { until = Infinity, mostUses = Infinity } = promo ?? {};
  return now < until && usesOf(item) < mostUses ? promo : undefined;
}

/** Counted where it is used: refused when it was withdrawn, changed or used up since it was read. */
export const usePromoWrite = (table: string, { code, percentOff }: PromoCode): Write => ({
  Update: {
    TableName: table,
    Key: toAttributes({ ...promoCodeKey(code) }),
    UpdateExpression: 'ADD uses :one',
    ConditionExpression: 'percentOff = :percentOff AND (attribute_not_exists(mostUses) OR uses < mostUses)',
    ExpressionAttributeValues: { ':one': { N: '1' }, ':percentOff': { N: String(percentOff) } },
  },
});

/** How often it was used stays with the code, whatever the operator makes of it. */
export function savePromoWrite(table: string, { code, ...promo }: PromoCode): Write {
  const set = Object.entries(promo);
  const cleared = (['until', 'mostUses'] as const).filter((name) => promo[name] === undefined);
  const names = [...set.map(([name]) => name), ...cleared];
  return {
    Update: {
      TableName: table,
      Key: toAttributes({ ...promoCodeKey(code) }),
      UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')} ${cleared.length > 0 ? `REMOVE ${cleared.map((name) => `#${name}`).join(', ')} ` : ''}ADD uses :zero`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: toAttributes({ ':zero': 0, ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])) }),
    },
  };
}

/** Orders that were made with it go on as they are. */
export const withdrawPromoWrite = (table: string, code: string): Write => ({
  Update: { TableName: table, Key: toAttributes({ ...promoCodeKey(code) }), UpdateExpression: 'REMOVE percentOff' },
});

/** Of a fee in hundredths, rounded to whole ones, half up. */
export const discountOf = (fee: number, percentOff: number): number => Math.round((fee * percentOff) / 100);
