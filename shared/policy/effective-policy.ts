/** The policy that holds for an organization: what is set above it, tightened by what is set on it. */
import { Problem } from '../platform/problems/problem.ts';
import { defaultRules, isStrongEnough, type Policy, type RuleName, type Rules } from './policy.ts';
import { methodNamed, strengthOf } from '../user-state/methods.ts';
import type { Inherited, OwnRule, OwnRules, RulesSetBy } from './own-rules.ts';
import { isSame, meet, ruleNames } from './tightness.ts';

export interface Effective {
  readonly rules: Rules;
  /** Who set each; absent for what nobody set. */
  readonly setBy: RulesSetBy;
  /** Own rules that are not in force, because with what holds above they would let nobody in. */
  readonly givenUp?: readonly RuleName[];
}

/** Those that can confirm: a recovery key only leads to them. */
const confirming = (methods: readonly string[]): readonly string[] =>
  methods.filter((method) => methodNamed(method)?.leadsTo === undefined);

/** The rules that together say who can confirm at all, in the order in which they are given up. */
export const usability = ['methods', 'countries', 'minimumAcr'] as const satisfies readonly RuleName[];

export const isTelephoneOnly = (methods: readonly string[]): boolean =>
  confirming(methods).length > 0 && confirming(methods).every((method) => strengthOf(method) === 'pstn');

/** Whether anyone could confirm anything under these rules: by a method that approves, and reaches somebody. */
export const isSatisfiable = ({ methods, minimumAcr, countries }: Usability): boolean =>
  methods.some((name) => {
    const method = methodNamed(name);
    if (!method || method.leadsTo !== undefined || !isStrongEnough(method.strength, minimumAcr)) return false;
    return countries.length > 0 || (method.reachedBy !== 'call' && method.reachedBy !== 'text');
  });

/** A policy that shuts everyone out, or stands on telephones alone without somebody's word for it, is refused. */
export function refuseUnusable(rules: Rules, isTelephoneOnlyAccepted: boolean): void {
  if (!isSatisfiable(rules)) {
    throw new Problem('policy-forbids', {
      detail: 'No allowed method is as strong as "minimumAcr" asks, or no country may be called.',
    });
  }
  if (!isTelephoneOnly(rules.methods) || isTelephoneOnlyAccepted) return;
  const detail = 'The rule "methods" allows telephones only: name who accepts that in "acceptTelephoneOnly".';
  throw new Problem('policy-forbids', { detail });
}

interface Combined<Name extends RuleName> {
  readonly value: Rules[Name];
  readonly setBy?: string;
}

/** A rule as what is set above and these layers make it. */
function combineRule<Name extends RuleName>(
  name: Name,
  inherited: Inherited | undefined,
  layers: readonly OwnRule<Rules[Name]>[],
): Combined<Name> {
  const above = inherited?.setBy[name];
  const last = layers.at(-1);
  if (inherited === undefined || above === undefined) {
    if (!last) return { value: defaultRules[name] };
    return { value: last.value, setBy: (layers.find(({ value }) => isSame(name, value, last.value)) ?? last).setBy };
  }
  const bound = inherited.rules[name];
  const value = last ? meet(name, bound, last.value) : bound;
  if (!last || isSame(name, value, bound)) return { value: bound, setBy: above };
  return { value, setBy: (layers.find((layer) => isSame(name, value, layer.value)) ?? last).setBy };
}

/** As it is asked for, and then with one layer less at a time, the lowest first; last, only what holds above. */
function readingsOf<Name extends RuleName>(
  name: Name,
  inherited: Inherited | undefined,
  own: OwnRules,
): readonly Combined<Name>[] {
  const layers: readonly OwnRule<Rules[Name]>[] = own[name] ?? [];
  const counts = [...layers.keys(), layers.length].reverse();
  return counts.map((count) => combineRule(name, inherited, layers.slice(0, count)));
}

type Usability = Pick<Rules, (typeof usability)[number]>;

/** A change above made it telephones only, which neither of the two chose. */
function becameTelephoneOnly({ methods }: Usability, inherited: Inherited, own: OwnRules): boolean {
  const above = inherited.setBy.methods === undefined ? defaultRules.methods : inherited.rules.methods;
  const chosen = own.methods?.at(-1)?.value ?? above;
  return isTelephoneOnly(methods) && !isTelephoneOnly(above) && !isTelephoneOnly(chosen);
}

/**
 * A change above may leave a child with rules that together let nobody in. Then it gives up as little as it can of its
 * own: which methods first, then which countries, then how strong; in the end it has what holds above.
 */
function keepUsable(asked: Effective, inherited: Inherited, own: OwnRules): Effective {
  for (const minimumAcr of readingsOf('minimumAcr', inherited, own)) {
    for (const countries of readingsOf('countries', inherited, own)) {
      for (const methods of readingsOf('methods', inherited, own)) {
        const rules = { methods: methods.value, countries: countries.value, minimumAcr: minimumAcr.value };
        if (!isSatisfiable(rules) || becameTelephoneOnly(rules, inherited, own)) continue;
        const read = { methods, countries, minimumAcr };
        const givenUp = usability.filter((name) => !isSame(name, asked.rules[name], rules[name]));
        return givenUp.reduce((kept, name) => withReading(kept, name, read[name]), asked);
      }
    }
  }
  return asked;
}

function withReading(effective: Effective, name: RuleName, { value, setBy }: Combined<RuleName>): Effective {
  const { [name]: _before, ...others } = effective.setBy;
  return {
    rules: { ...effective.rules, [name]: value },
    setBy: { ...others, ...(setBy === undefined ? {} : { [name]: setBy }) },
    givenUp: [...(effective.givenUp ?? []), name],
  };
}

/** Never looser than `inherited` in any rule that was set there. */
export function combineRules(inherited: Inherited | undefined, own: OwnRules): Effective {
  const values: Record<string, unknown> = {};
  const setBy: Record<string, string> = {};
  for (const name of ruleNames) {
    const combined = combineRule(name, inherited, (own[name] ?? []) as readonly OwnRule<never>[]);
    values[name] = combined.value;
    if (combined.setBy !== undefined) setBy[name] = combined.setBy;
  }
  const asked = { rules: values as unknown as Rules, setBy };
  return inherited ? keepUsable(asked, inherited, own) : asked;
}

/**
 * Whoever changes the rules of an organization gets what they asked for, or a refusal: only a change above makes an
 * organization give up a rule of its own.
 */
export function refuseGivenUp(before: Effective, after: Effective, asked: readonly RuleName[]): void {
  const refused = after.givenUp?.find((name) => asked.includes(name) || before.givenUp?.includes(name) !== true);
  if (refused === undefined) return;
  throw new Problem('policy-forbids', { detail: `With this, the rules would let nobody in: see "${refused}".` });
}

const isSamePolicy = (one: Rules, other: Rules): boolean =>
  ruleNames.every((name) => isSame(name, one[name], other[name]));

/**
 * When `required` began, for everybody: whoever it is widened to later has no window of their own, or each widening
 * would open it again for those whose window has closed (D26). They are invited.
 */
function enforcedSince(previous: Policy | undefined, rules: Rules, now: number): number | undefined {
  if (rules.enforcement !== 'required') return undefined;
  return previous?.enforcement === 'required' ? previous.enforcedAt : now;
}

const isSameSetBy = (one: RulesSetBy, other: RulesSetBy): boolean =>
  ruleNames.every((name) => one[name] === other[name]);

/** The same policy, with the same version, when nothing has changed: neither what holds nor whom it binds below. */
export function nextPolicy(
  previous: { policy: Policy; setBy: RulesSetBy } | undefined,
  { rules, setBy }: Effective,
  now: number,
): Policy {
  if (previous && isSamePolicy(previous.policy, rules) && isSameSetBy(previous.setBy, setBy)) return previous.policy;
  const enforcedAt = enforcedSince(previous?.policy, rules, now);
  return {
    ...rules,
    version: (previous?.policy.version ?? 0) + 1,
    ...(enforcedAt === undefined ? {} : { enforcedAt }),
  };
}
