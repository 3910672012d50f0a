/** What "tighter" means, rule by rule: whoever sets a rule above, one below may move it one way only. */
import { strengths } from '../user-state/methods.ts';
import { enforcements, type RuleName, type Rules } from './policy.ts';

interface Order<T> {
  /** Whether `value` gives up nothing that `bound` protects. */
  isWithin(value: T, bound: T): boolean;
  /** The loosest value that is within the bound and, as far as both can be had, within the other. */
  meet(bound: T, value: T): T;
}

const atLeast = <T>(rank: (value: T) => number): Order<T> => ({
  isWithin: (value, bound) => rank(value) >= rank(bound),
  meet: (bound, value) => (rank(value) >= rank(bound) ? value : bound),
});

const atMost: Order<number> = atLeast((value) => -value);

const isSubset = (some: readonly string[], all: readonly string[]): boolean => some.every((each) => all.includes(each));

const common = (bound: readonly string[], value: readonly string[]): readonly string[] =>
  bound.filter((each) => value.includes(each));

/** Nothing in common means nothing is allowed. */
const subset: Order<readonly string[]> = {
  isWithin: isSubset,
  meet: (bound, value) => (isSubset(value, bound) ? value : common(bound, value)),
};

/** An empty list allows anything, so that nothing in common must not become an empty list. */
const subsetOrAnything: Order<readonly string[]> = {
  isWithin: (value, bound) => bound.length === 0 || (value.length > 0 && isSubset(value, bound)),
  meet: (bound, value) => {
    if (bound.length === 0) return value;
    const both = common(bound, value);
    return both.length > 0 ? both : bound;
  },
};

const orders: { readonly [Name in RuleName]: Order<Rules[Name]> } = {
  enforcement: atLeast((value) => enforcements.indexOf(value)),
  appliesTo: atLeast((value) => (value === 'all-users' ? 1 : 0)),
  setUpWindowDays: atMost,
  methods: subset,
  protects: subsetOrAnything,
  lockout: {
    isWithin: (value, bound) => value.failures <= bound.failures && value.minutes >= bound.minutes,
    meet: (bound, value) => ({
      failures: Math.min(bound.failures, value.failures),
      minutes: Math.max(bound.minutes, value.minutes),
    }),
  },
  pin: atLeast(({ minimumLength }) => minimumLength),
  passkeys: atLeast(({ userVerification }) => (userVerification === 'required' ? 1 : 0)),
  countries: subset,
  minimumAcr: atLeast((value) => strengths.indexOf(value)),
  spend: atLeast(({ sendsPerDay }) => -sendsPerDay),
};

export const ruleNames = Object.keys(orders) as readonly RuleName[];

export function isWithin<Name extends RuleName>(name: Name, value: Rules[Name], bound: Rules[Name]): boolean {
  return orders[name].isWithin(value, bound);
}

export function meet<Name extends RuleName>(name: Name, bound: Rules[Name], value: Rules[Name]): Rules[Name] {
  return orders[name].meet(bound, value);
}

export function isSame<Name extends RuleName>(name: Name, one: Rules[Name], other: Rules[Name]): boolean {
  return isWithin(name, one, other) && isWithin(name, other, one);
}
