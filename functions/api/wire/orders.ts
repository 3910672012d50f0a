/** The shapes of licenses, orders and the bill (docs/api/README.md, Licenses and orders). */
import * as z from 'zod/mini';
import { licenseItems } from '../../../shared/user-state/license-count.ts';
import { nextCursor, paging } from './lists.ts';
import { month, timestamp, userId } from './names.ts';

const item = z.enum(licenseItems);

const count = z.strictObject({ bought: z.number(), used: z.number(), free: z.number(), ending: z.number(), metered: z.boolean() });

const orderOptions = z.strictObject({
  items: z.array(z.strictObject({ item, monthlyFee: z.number(), currency: z.string() })),
  agreement: z.strictObject({ version: z.string(), url: z.exactOptional(z.string()) }),
});

const mostLicenses = 100_000;

const orderFields = {
  item,
  userId: z.exactOptional(userId),
  quantity: z.exactOptional(z.int().check(z.gte(1), z.lte(mostLicenses))),
  credentialId: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(64))),
  promoCode: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(64))),
  agreementVersion: z.string().check(z.minLength(1), z.maxLength(40)),
  agreementAccepted: z.literal(true, 'must be true: the agreement has to be accepted'),
};

export const placeOrderRequest = z
  .strictObject(orderFields)
  .check(
    z.refine((body) => (body.userId === undefined) !== (body.quantity === undefined), 'needs either "userId" or "quantity"'),
    z.refine((body) => body.credentialId === undefined || (body.item === 'token' && body.userId !== undefined), '"credentialId" goes with a token for a user'),
  );

const order = z.strictObject({
  orderId: z.string(),
  status: z.enum(['active', 'canceled', 'ended']),
  item,
  quantity: z.number(),
  userId: z.exactOptional(z.string()),
  credentialId: z.exactOptional(z.string()),
  monthlyFee: z.number(),
  monthlyDiscount: z.number(),
  monthlyTotal: z.number(),
  currency: z.string(),
  promo: z.exactOptional(z.strictObject({ code: z.string(), percentOff: z.number() })),
  agreementVersion: z.string(),
  orderedBy: z.string(),
  orderedAt: timestamp,
  canceledAt: z.exactOptional(timestamp),
  endsAt: z.exactOptional(timestamp),
});

export const listOrdersQuery = z.strictObject(paging);

/** Lines are small: a page holds more of them than of other lists. */
export const mostBillLines = 1000;

const lineLimit = z.pipe(
  z.string().check(z.regex(/^([1-9][0-9]{0,2}|1000)$/, `must be a whole number from 1 to ${String(mostBillLines)}`)),
  z.transform(Number),
);

export const billingQuery = z.strictObject({ month: z.exactOptional(month), cursor: paging.cursor, limit: z.exactOptional(lineLimit) });

const line = z.strictObject({
  organizationId: z.string(),
  organizationName: z.string(),
  orderId: z.string(),
  orderedAt: timestamp,
  endsAt: z.exactOptional(timestamp),
  item,
  quantity: z.number(),
  userId: z.exactOptional(z.string()),
  monthlyFee: z.number(),
  promoCode: z.exactOptional(z.string()),
  discount: z.number(),
  total: z.number(),
  currency: z.string(),
});

const bill = z.strictObject({
  month: z.string(),
  lines: z.array(line),
  totals: z.array(z.strictObject({ currency: z.string(), total: z.number() })),
  cursor: nextCursor,
});

export const orderSchemas = {
  getLicenses: { response: z.strictObject({ phone: count, token: count }), status: 200 },
  getOrderOptions: { response: orderOptions, status: 200 },
  placeOrder: { request: placeOrderRequest, response: order, status: 201 },
  listOrders: { query: listOrdersQuery, response: z.strictObject({ orders: z.array(order), cursor: nextCursor }), status: 200 },
  cancelOrder: { response: order, status: 200 },
  getBill: { query: billingQuery, response: bill, csv: true, status: 200 },
} as const;
