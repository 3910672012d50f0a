/** Orders licenses: they are bought, and for a user reserved, in the transaction that writes the order down. */
import { trailWrites } from '../audit/trail.ts';
import type { Organization } from '../organizations/organization.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { Write } from '../platform/dynamo/table.ts';
import type { HomeKeys } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { commit, type CommitDependencies } from '../user-state/commit.ts';
import type { DecisionEvent } from '../user-state/decision.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import type { LicenseItem } from '../user-state/license-count.ts';
import { licenseProblem, orderWrite } from '../user-state/license-writes.ts';
import type { RequestMark } from '../user-state/receipts.ts';
import type { UserState } from '../user-state/user-state.ts';
import { decideOrderForUser } from './decide-order.ts';
import { sealCredential } from './order-credential.ts';
import { newOrderRandom, orderIdOf, orderKey, toOrderItem, type Order } from './order.ts';
import { fromPriceListItem, priceListCheck, type PriceList } from './price-list.ts';
import { readPromoCode, usablePromo, usePromoWrite, type PromoCode } from './promo-code.ts';

export interface OrderFields {
  readonly item: LicenseItem;
  readonly quantity?: number;
  readonly userId?: string;
  readonly credentialId?: string;
  readonly promoCode?: string;
  readonly agreementVersion: string;
}

export interface PlaceOrderInput {
  readonly organization: Organization;
  readonly home: HomeKeys;
  /** Of the user whom it is for. */
  readonly state?: UserState;
  readonly fields: OrderFields;
  /** As the request's one read found them. */
  readonly priceList: Attributes | undefined;
  readonly promo: Attributes | undefined;
  readonly orderedBy: string;
  readonly context: RequestContext;
  readonly mark: RequestMark;
  /** The answer, for whoever asks again with the same idempotency key. */
  remember(order: Order): readonly Write[];
}

interface Priced {
  readonly list: PriceList;
  readonly promo?: PromoCode;
}

const mostTries = 20;

function priceOf({ priceList, promo, fields }: PlaceOrderInput, now: number): Priced {
  const list = fromPriceListItem(priceList);
  if (fields.agreementVersion !== list.agreement.version) {
    throw new Problem('agreement-changed', { detail: `The agreement now is version "${list.agreement.version}".` });
  }
  if (fields.promoCode === undefined) return { list };
  const usable = usablePromo(promo, readPromoCode(fields.promoCode), now);
  if (!usable) throw new Problem('promo-code-refused');
  return { list, promo: usable };
}

function newOrder(deps: CommitDependencies, input: PlaceOrderInput, { list, promo }: Priced, now: number): Order {
  const { organization, home, state, fields, orderedBy } = input;
  const { item, quantity = 1, credentialId, agreementVersion } = fields;
  return {
    schema: 1,
    organizationKey: home.organizationKey,
    ...(state ? { userKey: home.userKey, userId: state.userId } : {}),
    random: newOrderRandom(deps.random, now),
    item,
    quantity,
    ...(state && credentialId !== undefined ? { credential: sealCredential(deps, organization, state, credentialId) } : {}),
    monthlyFee: list.fees[item],
    currency: list.currency,
    ...(promo ? { promo: { code: promo.code, percentOff: promo.percentOff } } : {}),
    agreementVersion,
    orderedBy,
    orderedAt: now,
  };
}

/** What is written with the licenses; `refuse` knows its positions. */
function ownWrites(deps: CommitDependencies, input: PlaceOrderInput, order: Order, { list, promo }: Priced): Write[] {
  const { name } = deps.table;
  return [
    priceListCheck(name, list),
    ...(promo ? [usePromoWrite(name, promo)] : []),
    { Put: { TableName: name, Item: toOrderItem(order), ConditionExpression: 'attribute_not_exists(pk)' } },
    ...input.remember(order),
  ];
}

/** The list was changed meanwhile, or a twin of this request was first: whoever asks again finds out. */
function refuse(position: number, { promo }: Priced): never {
  if (promo && position === 1) throw new Problem('promo-code-refused');
  throw new Problem('unavailable', { retryAfterSeconds: 1 });
}

function eventOf(deps: CommitDependencies, order: Order, notice?: string): DecisionEvent {
  const { item, quantity, agreementVersion, promo } = order;
  const detail = { orderId: orderIdOf(deps.keys, order), item, quantity, agreementVersion, promoCode: promo?.code };
  return { kind: 'order-placed', detail, ...(notice === undefined ? {} : { notice }) };
}

async function orderForOrganization(deps: CommitDependencies, input: PlaceOrderInput, order: Order, priced: Priced): Promise<void> {
  const { home, organization, context } = input;
  const { pk, sk } = orderKey(order.organizationKey, order.random);
  const { organizationId } = organization;
  const writes = [
    orderWrite(deps.table.name, home.organizationKey, { item: order.item, quantity: order.quantity }),
    ...trailWrites(deps, { partition: `${pk}#${sk}`, version: 1, organizationId }, [eventOf(deps, order)], context, order.orderedAt),
  ];
  const own = ownWrites(deps, input, order, priced);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const result = await deps.table.transact([...writes, ...own]);
    if (result.done) return;
    if (result.refused.includes(0)) throw await licenseProblem(deps.table, home.organizationKey, order.item, order.orderedAt, order);
    const [first] = result.refused;
    if (first !== undefined) refuse(first - writes.length, priced);
    await deps.pause(deps.random.integer(20 * (tries + 1)));
  }
  throw new Problem('unavailable', { retryAfterSeconds: 1 });
}

async function orderForUser(deps: CommitDependencies, input: PlaceOrderInput, order: Order, priced: Priced, state: UserState): Promise<void> {
  const { home, context, mark } = input;
  await commit(deps, {
    home,
    state,
    context,
    mark,
    order: { item: order.item, quantity: 1 },
    decide: (read, now) => decideOrderForUser(read, order, eventOf(deps, order, `${order.item}-provisioned`), now),
    // The same request was first in another process: what it answered is remembered, and found by whoever looks.
    recall: ({ about }) => {
      if (Buffer.compare(about, order.random.subarray(-about.length)) !== 0) throw new Problem('unavailable', { retryAfterSeconds: 1 });
    },
    also: () => ownWrites(deps, input, order, priced),
    refused: (position) => refuse(position, priced),
  });
}

export async function placeOrder(deps: CommitDependencies, input: PlaceOrderInput): Promise<Order> {
  const now = deps.clock.now();
  const priced = priceOf(input, now);
  const order = newOrder(deps, input, priced, now);
  if (input.state) await orderForUser(deps, input, order, priced, input.state);
  else await orderForOrganization(deps, input, order, priced);
  return order;
}
