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
}

/** Those that can confirm: a recovery key only leads to them. */
const confirming = (methods: readonly string[]): readonly string[] =>
  methods.filter((method) => methodNamed(method)?.leadsTo === undefined);

export const isTelephoneOnly = (methods: readonly string[]): boolean =>
  confirming(methods).length > 0 && confirming(methods).every((method) => strengthOf(method) === 'pstn');

/** Whether anyone could confirm anything under these rules. */
export const isSatisfiable = ({ methods, minimumAcr }: Pick<Rules, 'methods' | 'minimumAcr'>): boolean =>
  confirming(methods).some((method) => isStrongEnough(strengthOf(method), minimumAcr));

/** A policy that shuts everyone out, or stands on telephones alone without somebody's word for it, is refused. */
export function refuseUnusable(rules: Rules, isTelephoneOnlyAccepted: boolean): void {
  if (!isSatisfiable(rules)) {
    throw new Problem('policy-forbids', { detail: 'No allowed method is as strong as "minimumAcr" asks.' });
  }
  if (!isTelephoneOnly(rules.methods) || isTelephoneOnlyAccepted) return;
  const detail = 'The rule "methods" allows telephones only: name who accepts that in "acceptTelephoneOnly".';
  throw new Problem('policy-forbids', { detail });
}

function combineRule<Name extends RuleName>(
  name: Name,
  inherited: Inherited | undefined,
  layers: readonly OwnRule<Rules[Name]>[],
): { value: Rules[Name]; setBy?: string } {
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

/** A change above may leave a child with methods that nobody can use: then it has those of its parent. */
function keepUsable({ rules, setBy }: Effective, inherited: Inherited | undefined, own: OwnRules): Effective {
  const above = inherited?.setBy.methods;
  if (!inherited || above === undefined) return { rules, setBy };
  const { methods } = inherited.rules;
  const chosen = own.methods?.at(-1)?.value ?? methods;
  const becameTelephoneOnly = isTelephoneOnly(rules.methods) && !isTelephoneOnly(methods) && !isTelephoneOnly(chosen);
  if (isSatisfiable(rules) && !becameTelephoneOnly) return { rules, setBy };
  return { rules: { ...rules, methods }, setBy: { ...setBy, methods: above } };
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
  return keepUsable({ rules: values as unknown as Rules, setBy }, inherited, own);
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
