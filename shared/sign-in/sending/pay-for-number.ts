/** The number that a send goes to, and what it costs: opened from the state that is being decided on. */
import { openNumber } from '../../factors/phone-hint.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { spendWrites, type SpendWrites } from '../../spend/send-budget.ts';
import type { SendCost } from '../../spend/send-prices.ts';
import { openUserKey } from '../../users/user-keys.ts';
import { findChallenge, findFactor } from '../../user-state/find.ts';
import type { PhoneFactor, PhoneNumberEntry } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { numbersToCall } from '../phone-call/numbers-to-call.ts';
import type { SendSubject } from './sender.ts';

export interface PaidNumber {
  readonly factor: PhoneFactor;
  /** The number is being added, nobody is signing in. */
  readonly isProof: boolean;
  readonly e164: string;
  readonly country: string;
  readonly cost: SendCost;
  readonly spend: SpendWrites;
}

/** What sending there costs, by its country. */
export type CostOf = (country: string) => SendCost;

/** `choose` picks among the numbers that may be reached, in their order. */
export function payForNumber(subject: SendSubject, state: UserState, costOf: CostOf, choose: (numbers: readonly PhoneNumberEntry[]) => PhoneNumberEntry | undefined): PaidNumber {
  const { deps, about, challengeId, factorId } = subject;
  const factor = findFactor(state, factorId);
  const challenge = findChallenge(state, challengeId);
  const entry = challenge && factor?.kind === 'phone' ? choose(numbersToCall(challenge, factor)) : undefined;
  if (factor?.kind !== 'phone' || !challenge || !entry) throw new Problem('factor-not-usable');
  const { e164, country } = openNumber(openUserKey(deps.keys, about.organization, state), state, factor.id, entry);
  const { policy } = about.organization;
  if (!policy.countries.includes(country)) throw new Problem('policy-forbids', { detail: 'The policy no longer allows this number.' });
  const isProof = challenge.proves !== undefined;
  const paid = { e164, country, organizationKey: about.home.organizationKey, organizationPerDay: policy.spend.sendsPerDay, isProof, cost: costOf(country) };
  return { factor, isProof, e164, country, cost: paid.cost, spend: spendWrites(deps.table.name, deps.keys, paid, state.lastAt) };
}
