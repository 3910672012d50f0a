/** Factors as people and portals may see them. What is secret in a factor has no field here. */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { toTimestamp } from '../platform/clock.ts';
import { writeObjectId, type HomeKeys } from '../platform/object-id.ts';
import type { Organization } from '../organizations/organization.ts';
import { openUserKey } from '../users/user-keys.ts';
import type { Factor, PhoneFactor, UserState } from '../user-state/user-state.ts';
import { kindOf } from './kinds/factor-kinds.ts';
import { bySlot, maskNumber, openNumber } from './phone-hint.ts';

export interface FactorChoice {
  readonly factorId: string;
  readonly kind: string;
  readonly method?: string;
  readonly label?: string;
  readonly hint?: string;
}

export interface NumberView {
  readonly hint: string;
  readonly hasExtension: boolean;
  readonly proved: boolean;
}

export interface FactorView extends FactorChoice {
  readonly status: string;
  readonly createdAt: string;
  readonly rank?: number;
  readonly acr?: string;
  readonly numbers?: { readonly primary?: NumberView; readonly secondary?: NumberView };
}

type Keeper = Pick<Organization, 'organizationId' | 'wrappedKey'>;

function numberViews(keys: KeyRing, keeper: Keeper, state: UserState, factor: PhoneFactor): { [slot: string]: NumberView } {
  const userKey = openUserKey(keys, keeper, state);
  const views: { [slot: string]: NumberView } = {};
  // One that is being proved is shown in place of the one it will replace.
  for (const entry of [...factor.numbers].sort((a, b) => Number(b.proved) - Number(a.proved))) {
    const { e164 } = openNumber(userKey, state, factor.id, entry);
    views[entry.slot] = { hint: maskNumber(e164), hasExtension: entry.hasExtension === true, proved: entry.proved };
  }
  return views;
}

function hintOf(keys: KeyRing, keeper: Keeper, state: UserState, factor: Factor): string | undefined {
  if (factor.kind !== 'phone') return undefined;
  const numbers = [...factor.numbers].sort(bySlot);
  const entry = numbers.find(({ proved }) => proved) ?? numbers[0];
  return entry && maskNumber(openNumber(openUserKey(keys, keeper, state), state, factor.id, entry).e164);
}

export function factorChoice(keys: KeyRing, keeper: Keeper, home: HomeKeys, state: UserState, factor: Factor): FactorChoice {
  const hint = hintOf(keys, keeper, state, factor);
  return {
    factorId: writeObjectId(keys, 'fac', { ...home, random: factor.id }),
    kind: factor.kind,
    ...(factor.kind === 'phone' ? { method: factor.method } : {}),
    ...(factor.label === undefined ? {} : { label: factor.label }),
    ...(hint === undefined ? {} : { hint }),
  };
}

export function describeFactor(keys: KeyRing, keeper: Keeper, home: HomeKeys, state: UserState, factor: Factor): FactorView {
  const acr = kindOf(factor)?.strength;
  return {
    ...factorChoice(keys, keeper, home, state, factor),
    status: factor.status,
    createdAt: toTimestamp(factor.createdAt),
    ...(factor.rank === undefined ? {} : { rank: factor.rank }),
    ...(acr === undefined ? {} : { acr }),
    ...(factor.kind === 'phone' ? { numbers: numberViews(keys, keeper, state, factor) } : {}),
  };
}
