/** Factors as people and portals may see them. What is secret in a factor has no field here. */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { toTimestamp } from '../platform/clock.ts';
import { writeObjectId, type HomeKeys } from '../platform/object-id.ts';
import type { Organization } from '../organizations/organization.ts';
import { openUserKey } from '../users/user-keys.ts';
import { rowOf, type Carrier, type Channel } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import { kindOf } from './kinds/factor-kinds.ts';
import type { KindView } from './kinds/factor-kind.ts';

export interface FactorChoice {
  readonly factorId: string;
  readonly kind: string;
  readonly method?: string;
  readonly label?: string;
  readonly hint?: string;
  /** Through which door its answer comes: `api` is typed on the page. */
  readonly answeredBy?: Channel;
  /** What has to be sent before it can be answered. */
  readonly reachedBy?: Carrier;
  /** What the person's device has to be told to answer; only in a challenge. */
  readonly publicKey?: unknown;
}

export interface FactorView extends FactorChoice {
  readonly status: string;
  readonly createdAt: string;
  readonly rank?: number;
  readonly acr?: string;
  readonly [detail: string]: unknown;
}

type Keeper = Pick<Organization, 'organizationId' | 'wrappedKey'>;

const detailsOf = (keys: KeyRing, keeper: Keeper, state: UserState, factor: Factor): KindView =>
  kindOf(factor)?.view?.(factor, { state, userKey: () => openUserKey(keys, keeper, state) }) ?? {};

function choiceOf(keys: KeyRing, home: HomeKeys, factor: Factor, { hint }: KindView): FactorChoice {
  const { answeredBy, reachedBy } = rowOf(factor) ?? {};
  return {
    factorId: writeObjectId(keys, 'fac', { ...home, random: factor.id }),
    kind: factor.kind,
    ...('method' in factor ? { method: factor.method } : {}),
    ...(factor.label === undefined ? {} : { label: factor.label }),
    ...(hint === undefined ? {} : { hint }),
    ...(answeredBy === undefined ? {} : { answeredBy }),
    ...(reachedBy === undefined ? {} : { reachedBy }),
  };
}

export const factorChoice = (keys: KeyRing, keeper: Keeper, home: HomeKeys, state: UserState, factor: Factor): FactorChoice =>
  choiceOf(keys, home, factor, detailsOf(keys, keeper, state, factor));

export function describeFactor(keys: KeyRing, keeper: Keeper, home: HomeKeys, state: UserState, factor: Factor): FactorView {
  const { hint, ...details } = detailsOf(keys, keeper, state, factor);
  const acr = rowOf(factor)?.strength;
  return {
    ...details,
    ...choiceOf(keys, home, factor, hint === undefined ? {} : { hint }),
    status: factor.status,
    createdAt: toTimestamp(factor.createdAt),
    ...(factor.rank === undefined ? {} : { rank: factor.rank }),
    ...(acr === undefined ? {} : { acr }),
  };
}
