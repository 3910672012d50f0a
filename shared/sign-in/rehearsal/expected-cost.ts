/** What the sign-ins that were counted would cost: each by the first way that the person is offered. */
import { openNumber, bySlot } from '../../factors/phone-hint.ts';
import { dollarsOf, callCost, mailCost, pushCost, textCost, type CostKind, type SendCost } from '../../spend/send-prices.ts';
import type { Policy } from '../../policy/policy.ts';
import { allowsMethod, isStrongEnough } from '../../policy/policy.ts';
import { methodNamed, methodNames, rowOf, strengthOf, type Carrier } from '../../user-state/methods.ts';
import type { Factor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';
import type { KeyObject } from 'node:crypto';

export interface Bill {
  readonly calls: number;
  readonly texts: number;
  /** Of these and of mails and pushes, in the currency of the price list. */
  readonly amount: number;
}

/** Kept in millionths until it is shown: so many small sums would not add up. */
export interface Tally {
  calls: number;
  texts: number;
  amount: number;
}

export const newTally = (): Tally => ({ calls: 0, texts: 0, amount: 0 });
export const toBill = ({ calls, texts, amount }: Tally): Bill => ({ calls, texts, amount: dollarsOf(amount) });

const costBy: Readonly<Record<Carrier, (country: string) => SendCost>> = {
  call: callCost,
  text: textCost,
  mail: () => mailCost,
  push: () => pushCost,
};

/** The number that is called or texted first; where it is does not leave this module. */
function countryOf(factor: Factor, state: UserState, userKey: () => KeyObject): string {
  if (factor.kind !== 'phone') return '';
  const [first] = factor.numbers.filter(({ proved }) => proved).sort(bySlot);
  return first ? openNumber(userKey(), state, factor.id, first).country : '';
}

/** Of one sign-in by this factor; nothing for what costs nothing. */
export function costOf(factor: Factor, state: UserState, userKey: () => KeyObject): SendCost | undefined {
  const carrier = rowOf(factor)?.reachedBy;
  return carrier && costBy[carrier](countryOf(factor, state, userKey));
}

export function add(tally: Tally, cost: SendCost | undefined, times: number): void {
  if (!cost) return;
  const counts: Readonly<Partial<Record<CostKind, 'calls' | 'texts'>>> = { call: 'calls', text: 'texts' };
  const name = counts[cost.kind];
  if (name) tally[name] += times;
  tally.amount += cost.amount * times;
}

/** The dearest that somebody could choose who has nothing yet: what a sign-in of theirs costs at most. */
export function dearest(policy: Policy): number {
  const allowed = methodNames.filter((name) => allowsMethod(policy, name) && isStrongEnough(strengthOf(name), policy.minimumAcr));
  const carriers = allowed.flatMap((name): Carrier[] => {
    const carrier = methodNamed(name)?.reachedBy;
    return carrier ? [carrier] : [];
  });
  const costs = carriers.flatMap((carrier) =>
    carrier === 'call' || carrier === 'text' ? policy.countries.map((country) => costBy[carrier](country).amount) : [costBy[carrier]('').amount],
  );
  return Math.max(0, ...costs);
}
