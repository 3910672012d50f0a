/** What "stricter" means, rule by rule, so that the page offers nothing that the service would refuse. The service decides. */
import { strengths } from './method-rows.ts';
import { enforcements, type RuleName, type Rules } from './policy-answers.ts';

type Within<T> = (value: T, bound: T) => boolean;

const isSubset = (some: readonly string[], all: readonly string[]): boolean => some.every((each) => all.includes(each));
const atLeast = <T>(order: readonly T[]): Within<T> => (value, bound) => order.indexOf(value) >= order.indexOf(bound);

const within: { readonly [Name in RuleName]: Within<Rules[Name]> } = {
  enforcement: atLeast(enforcements),
  appliesTo: atLeast(['local-users', 'all-users']),
  setUpWindowDays: (value, bound) => value <= bound,
  methods: isSubset,
  // An empty list allows anything.
  protects: (value, bound) => bound.length === 0 || (value.length > 0 && isSubset(value, bound)),
  lockout: (value, bound) => value.failures <= bound.failures && value.minutes >= bound.minutes,
  pin: (value, bound) => value.minimumLength >= bound.minimumLength,
  passkeys: (value, bound) => bound.userVerification === 'preferred' || value.userVerification === 'required',
  countries: isSubset,
  minimumAcr: atLeast(strengths),
  spend: (value, bound) => value.sendsPerDay <= bound.sendsPerDay,
};

/** Whether `value` gives up nothing that `bound` protects; anything may be where nothing binds. */
export function isWithin<Name extends RuleName>(name: Name, value: Rules[Name], bound: Rules[Name] | undefined): boolean {
  return bound === undefined || within[name](value, bound);
}

export const isSame = <Name extends RuleName>(name: Name, one: Rules[Name], other: Rules[Name]): boolean => isWithin(name, one, other) && isWithin(name, other, one);
