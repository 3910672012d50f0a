/** An order: licenses of one kind, as many for the organization or one for a user, for a monthly fee until it is canceled. */
import { day, endOfMonth, monthOf, toTimestamp } from '../platform/clock.ts';
import { fromAttributes, toAttributes, type Attributes, type Value } from '../platform/dynamo/attributes.ts';
import type { ItemKey } from '../platform/dynamo/table.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { randomLengths, readObjectId, writeObjectId, type ObjectId } from '../platform/object-id.ts';
import type { Random } from '../platform/random.ts';
import type { LicenseItem } from '../user-state/license-count.ts';
import { amountOf } from './price-list.ts';
import { discountOf } from './promo-code.ts';

export interface Order {
  readonly schema: number;
  readonly organizationKey: string;
  /** Of the user whom it is for. */
  readonly userKey?: string;
  readonly userId?: string;
  /** The random part of its id: when it was made, then what nobody can guess. */
  readonly random: Uint8Array;
  readonly item: LicenseItem;
  readonly quantity: number;
  /** The credential id that a token for a user was ordered with, sealed under that user's key. */
  readonly credential?: Uint8Array;
  /** Of one license, in hundredths, as it was on the list. */
  readonly monthlyFee: number;
  readonly currency: string;
  readonly promo?: { readonly code: string; readonly percentOff: number };
  readonly agreementVersion: string;
  /** Who accepted it: a person, or the client by itself. */
  readonly orderedBy: string;
  readonly orderedAt: number;
  readonly canceledAt?: number;
}

const timeLength = 6;
/** An order of the organization has no user: its id leads to nobody. */
const nobody = Buffer.alloc(16).toString('base64url');
/** As long as the audit trail, after the last month that was charged (D24). */
const keptFor = 396 * day;

export function newOrderRandom(random: Random, now: number): Uint8Array {
  const bytes = Buffer.alloc(randomLengths.ord);
  bytes.writeUIntBE(now, 0, timeLength);
  bytes.set(random.bytes(randomLengths.ord - timeLength), timeLength);
  return new Uint8Array(bytes);
}

export const ordersPrefix = 'ORDER#';

/** In the order in which they were made. */
export const orderSortFrom = (time: number): string => `${ordersPrefix}${String(time).padStart(14, '0')}`;

export function orderKey(organizationKey: string, random: Uint8Array): ItemKey {
  const bytes = Buffer.from(random);
  return { pk: `ORG#${organizationKey}`, sk: `${orderSortFrom(bytes.readUIntBE(0, timeLength))}#${bytes.toString('hex', timeLength)}` };
}

export const orderIdOf = (keys: KeyRing, { organizationKey, userKey = nobody, random }: Order): string =>
  writeObjectId(keys, 'ord', { organizationKey, userKey, random });

/** Undefined for an id that is none of ours. */
export const readOrderId = (keys: KeyRing, text: string): ObjectId | undefined => readObjectId(keys, 'ord', text);

/** The first moment at which a canceled order is over: its month is charged whole. */
export const endOf = ({ canceledAt }: Pick<Order, 'canceledAt'>): number | undefined =>
  canceledAt === undefined ? undefined : endOfMonth(monthOf(canceledAt));

/** When the time to live takes a canceled order away. */
export const expiryOf = (canceledAt: number): number => Math.floor((endOfMonth(monthOf(canceledAt)) + keptFor) / 1000);

export function toOrderItem(order: Order): Attributes {
  return toAttributes({ ...orderKey(order.organizationKey, order.random), ...(order as unknown as Record<string, Value>) });
}

export function fromOrderItem(item: Attributes): Order {
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, ...order } = fromAttributes(item);
  return order as unknown as Order;
}

export interface Charge {
  /** What the licenses cost by the list, what the promo code takes off, and what is left: in hundredths. */
  readonly fee: number;
  readonly discount: number;
  readonly total: number;
}

export function chargeOf({ monthlyFee, quantity, promo }: Order): Charge {
  const fee = monthlyFee * quantity;
  const discount = promo ? discountOf(fee, promo.percentOff) : 0;
  return { fee, discount, total: fee - discount };
}

export interface OrderView {
  readonly orderId: string;
  readonly status: 'active' | 'canceled' | 'ended';
  readonly item: LicenseItem;
  readonly quantity: number;
  readonly userId?: string;
  readonly credentialId?: string;
  readonly monthlyFee: number;
  readonly monthlyDiscount: number;
  readonly monthlyTotal: number;
  readonly currency: string;
  readonly promo?: { readonly code: string; readonly percentOff: number };
  readonly agreementVersion: string;
  readonly orderedBy: string;
  readonly orderedAt: string;
  readonly canceledAt?: string;
  readonly endsAt?: string;
}

function statusOf(order: Order, now: number): OrderView['status'] {
  const end = endOf(order);
  if (end === undefined) return 'active';
  return now < end ? 'canceled' : 'ended';
}

/** `credentialId` for whoever could open it. */
export function viewOrder(keys: KeyRing, order: Order, now: number, credentialId?: string): OrderView {
  const { item, quantity, userId, monthlyFee, currency, promo, agreementVersion, orderedBy, orderedAt, canceledAt } = order;
  const { discount, total } = chargeOf(order);
  const end = endOf(order);
  return {
    orderId: orderIdOf(keys, order),
    status: statusOf(order, now),
    item,
    quantity,
    ...(userId === undefined ? {} : { userId }),
    ...(credentialId === undefined ? {} : { credentialId }),
    monthlyFee: amountOf(monthlyFee),
    monthlyDiscount: amountOf(discount),
    monthlyTotal: amountOf(total),
    currency,
    ...(promo ? { promo } : {}),
    agreementVersion,
    orderedBy,
    orderedAt: toTimestamp(orderedAt),
    ...(canceledAt === undefined ? {} : { canceledAt: toTimestamp(canceledAt) }),
    ...(end === undefined ? {} : { endsAt: toTimestamp(end) }),
  };
}
