/** An organization that orders licenses and people who take them, on a real table; each call reads as a request does. */
import { cancelOrder } from '../../shared/licenses/cancel-order.ts';
import { fromOrderItem, orderKey, toOrderItem, type Order } from '../../shared/licenses/order.ts';
import { placeOrder, type OrderFields, type PlaceOrderInput } from '../../shared/licenses/place-order.ts';
import { priceListKey } from '../../shared/licenses/price-list.ts';
import { promoCodeKey, readPromoCode } from '../../shared/licenses/promo-code.ts';
import { setPrices, type Prices } from '../../shared/licenses/set-prices.ts';
import type { Organization } from '../../shared/organizations/organization.ts';
import { organizationKeyOf } from '../../shared/platform/object-id.ts';
import { commit, type CommitDependencies } from '../../shared/user-state/commit.ts';
import type { Decision } from '../../shared/user-state/decision.ts';
import type { Factor } from '../../shared/user-state/factor.ts';
import { heldLicenses } from '../../shared/user-state/held-licenses.ts';
import { licenseItemKey, readLicenseCount, type LicenseCount, type LicenseItem } from '../../shared/user-state/license-count.ts';
import { markRequest } from '../../shared/user-state/receipts.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../../shared/user-state/user-state-item.ts';
import type { UserState } from '../../shared/user-state/user-state.ts';
import { eraseUser } from '../../shared/users/erase-user.ts';
import { findUser } from '../../shared/users/user-store.ts';
import { makeStage, type Stage, type TestUser } from './stage.ts';

export const prices: Prices = {
  currency: 'USD', fees: { phone: 300, token: 250 }, agreement: { version: '2026-11', url: 'https://example.com/agreement' },
  promoCodes: [{ code: 'WELCOME25', percentOff: 25, mostUses: 2 }],
};

/** Our app on a telephone, whatever its key: that is all that a license asks. */
const app = (state: UserState): Factor => ({ id: new Uint8Array(8).fill(1), kind: 'app', status: 'active', createdAt: state.lastAt, method: 'approve' });

export interface LicenseWorld {
  readonly stage: Stage;
  readonly organization: Organization;
  makePeople(count: number): Promise<TestUser[]>;
  /** `user` for an order for one. */
  order(fields: Partial<OrderFields>, user?: TestUser, more?: Partial<PlaceOrderInput>, deps?: CommitDependencies): Promise<Order>;
  cancel(order: Order, deps?: CommitDependencies): Promise<Order>;
  /** Any change of a user, as the operations make them. */
  change(user: TestUser, next: (state: UserState) => UserState, deps?: CommitDependencies): Promise<void>;
  erase(user: TestUser, deps?: CommitDependencies): Promise<void>;
  state(user: TestUser): Promise<UserState | undefined>;
  count(item?: LicenseItem): Promise<LicenseCount>;
  orders(): Promise<Order[]>;
  /** How many users hold one, counted from their states: what `used` has to say. */
  holders(item?: LicenseItem): Promise<number>;
}

export const confirmed = (state: UserState): UserState => ({ ...state, factors: [app(state)] });
export const cleared = (state: UserState): UserState => ({ ...state, factors: [] });

export async function makeLicenseWorld(): Promise<LicenseWorld> {
  const stage = await makeStage();
  const organization = await stage.makeOrganization();
  const organizationKey = organizationKeyOf(stage.keys, organization.organizationId);
  await setPrices(stage.table, prices);
  let requests = 0;
  const request = () => {
    requests += 1;
    const requestId = `r-${String(requests)}`;
    return { context: { requestId, door: 'api' as const, clientId: 'portal' }, mark: markRequest(stage.keys, 'portal', requestId, []) };
  };
  const find = async ({ home }: TestUser): Promise<UserState | undefined> => {
    const [item] = await stage.table.read([userStateKey(home.userKey)]);
    return item && !isTombstone(item) ? fromUserStateItem(item) : undefined;
  };
  return {
    stage,
    organization,
    makePeople: async (count) => {
      const made: TestUser[] = [];
      for (let each = 0; each < count; each += 1) made.push(await stage.makeUser(organization, { userId: `u-${String(each)}` }));
      return made;
    },
    order: async (fields, user, more = {}, deps = stage.deps) => {
      const own: OrderFields = { item: 'phone', agreementVersion: prices.agreement.version, ...(user ? { userId: user.state.userId } : { quantity: 1 }), ...fields };
      const [priceList, promo] = await stage.table.read([priceListKey, promoCodeKey(readPromoCode(own.promoCode ?? ''))]);
      const state = user && (await find(user));
      if (user && !state) throw new Error('the user is gone');
      const home = { organizationKey, userKey: user?.home.userKey ?? '' };
      return placeOrder(deps, { organization, home, ...(state ? { state } : {}), fields: own, priceList, promo, orderedBy: 'acme/admin', remember: () => [], ...request(), ...more });
    },
    cancel: async (order, deps = stage.deps) => {
      const [item, stateItem] = await stage.table.read([orderKey(order.organizationKey, order.random), userStateKey(order.userKey ?? 'nobody')]);
      const state = stateItem && !isTombstone(stateItem) ? { state: fromUserStateItem(stateItem) } : {};
      const home = { organizationKey, userKey: order.userKey ?? '' };
      return cancelOrder(deps, { organization, home, ...state, order: fromOrderItem(item ?? toOrderItem(order)), ...request() });
    },
    change: async (user, next, deps = stage.deps) => {
      const state = await find(user);
      if (!state) throw new Error('the user is gone');
      const decide = (read: UserState, now: number): Decision<undefined> => ({
        outcome: undefined, next: { ...next(read), lastAt: now }, events: [{ kind: 'changed' }], receipt: { outcome: 'changed', about: new Uint8Array(16) },
      });
      await commit(deps, { home: user.home, state, ...request(), decide, recall: () => undefined });
    },
    erase: async ({ home }, deps = stage.deps) => {
      await eraseUser(deps, { home, found: await findUser(stage.table, home), context: request().context });
    },
    state: find,
    count: async (item = 'phone') => readLicenseCount((await stage.table.read([licenseItemKey(organizationKey, item)]))[0], stage.clock.now()),
    orders: async () => (await stage.scan()).filter(({ sk }) => sk?.S?.startsWith('ORDER#')).map(fromOrderItem),
    holders: async (item = 'phone') =>
      (await stage.scan()).filter((each) => each['sk']?.S === 'STATE' && !isTombstone(each) && heldLicenses(fromUserStateItem(each)).includes(item)).length,
  };
}
