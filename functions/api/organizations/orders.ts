/** Licenses: how many there are, what they cost, ordering and canceling them, and the bill. */
import { needOrganization, needUser, type Admitted, type Target } from '../../../shared/clients/admit.ts';
import { cancelOrder, findOrder } from '../../../shared/licenses/cancel-order.ts';
import { billFor } from '../../../shared/licenses/billing.ts';
import { writeBillCsv } from '../../../shared/licenses/billing-csv.ts';
import { listOrders } from '../../../shared/licenses/list-orders.ts';
import { openCredential } from '../../../shared/licenses/order-credential.ts';
import { orderKey, readOrderId, viewOrder, type Order } from '../../../shared/licenses/order.ts';
import { placeOrder } from '../../../shared/licenses/place-order.ts';
import { amountOf, fromPriceListItem, priceListKey } from '../../../shared/licenses/price-list.ts';
import { promoCodeKey, readPromoCode } from '../../../shared/licenses/promo-code.ts';
import { monthOf } from '../../../shared/platform/clock.ts';
import { organizationKeyOf, type ObjectId } from '../../../shared/platform/object-id.ts';
import { Problem } from '../../../shared/platform/problems/problem.ts';
import { licenseItemKey, licenseItems, readLicenseCount } from '../../../shared/user-state/license-count.ts';
import type { Dependencies } from '../../start/dependencies.ts';
import { handler as route, type Answer, type Handlers, type RequestParts } from '../request/api-door.ts';
import { idempotent } from '../request/idempotent.ts';
import { parse } from '../request/request-body.ts';
import { organizationTarget } from '../request/targets.ts';
import { mostPerPage } from '../wire/lists.ts';
import { noBody } from '../wire/names.ts';
import { billingQuery, listOrdersQuery, mostBillLines, placeOrderRequest } from '../wire/orders.ts';

type Path = Pick<RequestParts<unknown>, 'path'>;

const organizationKey = ({ keys }: Dependencies, { path }: Path): string => organizationKeyOf(keys, path['organizationId'] ?? '');

/** A forged id leads nowhere, exactly like one of another organization. */
function orderIdIn({ keys }: Dependencies, { path }: Path): ObjectId {
  const id = readOrderId(keys, path['orderId'] ?? '');
  if (!id) throw new Problem('not-found');
  return id;
}

/** Who accepted the agreement: the person, or the client by itself. */
const orderedBy = ({ actor, client }: Admitted): string => (actor ? `${actor.organizationId}/${actor.userId}` : client.clientId);

function answerOrder(deps: Dependencies, admitted: Admitted, status: number, order: Order): Answer {
  const credentialId = openCredential(deps.keys, needOrganization(admitted), admitted.state, order);
  return { status, body: viewOrder(deps.keys, order, deps.clock.now(), credentialId) };
}

const wantsCsv = (accept: string | undefined): boolean => accept?.split(',').some((each) => each.split(';')[0]?.trim().toLowerCase() === 'text/csv') === true;

export const orderHandlers = {
  getLicenses: route({
    body: noBody,
    target: organizationTarget,
    also: (deps, parts) => licenseItems.map((item) => licenseItemKey(organizationKey(deps, parts), item)),
    handle: (deps, { admitted }) => {
      needOrganization(admitted);
      const now = deps.clock.now();
      const counts = licenseItems.map((item, position) => [item, readLicenseCount(admitted.also[position], now)]);
      return Promise.resolve({ status: 200, body: Object.fromEntries(counts) as unknown });
    },
  }),
  getOrderOptions: route({
    body: noBody,
    target: organizationTarget,
    also: () => [priceListKey],
    handle: (_deps, { admitted }) => {
      needOrganization(admitted);
      const { fees, currency, agreement } = fromPriceListItem(admitted.also[0]);
      return Promise.resolve({ status: 200, body: { items: licenseItems.map((item) => ({ item, monthlyFee: amountOf(fees[item]), currency })), agreement } });
    },
  }),
  placeOrder: idempotent({
    body: placeOrderRequest,
    target: (_deps, { path, body: { userId } }): Target => {
      const organizationId = path['organizationId'] ?? '';
      return userId === undefined ? { kind: 'organization', organizationId } : { kind: 'user', organizationId, userId };
    },
    also: (_deps, { body: { promoCode } }) => [priceListKey, ...(promoCode === undefined ? [] : [promoCodeKey(readPromoCode(promoCode))])],
    handle: async (deps, { admitted, body, context, mark }, remember) => {
      const organization = needOrganization(admitted);
      const { agreementAccepted: _accepted, ...fields } = body;
      const [priceList, promo] = admitted.also;
      const order = await placeOrder(deps, {
        organization,
        home: admitted.home,
        ...(fields.userId === undefined ? {} : { state: needUser(admitted).state }),
        fields,
        priceList,
        promo,
        orderedBy: orderedBy(admitted),
        context,
        mark,
        remember: (made) => remember(answerOrder(deps, admitted, 201, made)),
      });
      return answerOrder(deps, admitted, 201, order);
    },
  }),
  listOrders: route({
    body: noBody,
    target: organizationTarget,
    handle: async (deps, { admitted, query }) => {
      const organization = needOrganization(admitted);
      const { limit = mostPerPage, ...rest } = parse(listOrdersQuery, query);
      return { status: 200, body: await listOrders(deps, { organization, organizationKey: admitted.home.organizationKey, limit, ...rest }) };
    },
  }),
  cancelOrder: route({
    body: noBody,
    target: (deps, parts) => ({ kind: 'home', home: orderIdIn(deps, parts) }),
    also: (deps, parts) => {
      const id = orderIdIn(deps, parts);
      return [orderKey(id.organizationKey, id.random)];
    },
    handle: async (deps, { admitted, context, mark }) => {
      const organization = needOrganization(admitted);
      const { home, state, also } = admitted;
      const order = await cancelOrder(deps, { organization, home, ...(state ? { state } : {}), order: findOrder(also[0]), context, mark });
      return answerOrder(deps, admitted, 200, order);
    },
  }),
  getBill: route({
    body: noBody,
    target: organizationTarget,
    handle: async (deps, { admitted, query, event }) => {
      const organization = needOrganization(admitted);
      const { month = monthOf(deps.clock.now()), limit = mostBillLines, ...rest } = parse(billingQuery, query);
      const bill = await billFor(deps, { organization, month, limit, ...rest });
      if (!wantsCsv(event.headers['accept'])) return { status: 200, body: bill };
      const more = new URLSearchParams({ month, limit: String(limit), cursor: bill.cursor ?? '' }).toString();
      const link = bill.cursor === undefined ? {} : { link: `<?${more}>; rel="next"` };
      const name = `countersign-${month}.csv`;
      return { status: 200, text: writeBillCsv(bill), headers: { 'content-type': 'text/csv; charset=utf-8; header=present', 'content-disposition': `attachment; filename="${name}"`, ...link } };
    },
  }),
} satisfies Handlers;
