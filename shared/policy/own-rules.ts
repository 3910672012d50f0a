/**
 * The rules set on one organization, by itself or by one above it: per rule one layer for each setter, highest first.
 * A layer below another lies within it, so the last one is what the organization's own rules say.
 */
import { Problem } from '../platform/problems/problem.ts';
import { defaultRules, type RuleName, type Rules } from './policy.ts';
import { isSame, isWithin, meet } from './tightness.ts';

/** `setBy` is an organization's id, or `installation`. */
export interface OwnRule<T = unknown> {
  readonly value: T;
  readonly setBy: string;
}

export type OwnRules = { readonly [Name in RuleName]?: readonly OwnRule<Rules[Name]>[] };

export type RulesSetBy = { readonly [Name in RuleName]?: string };

/** What changes; null takes a rule back. */
export type RulesPatch = { readonly [Name in RuleName]?: Rules[Name] | null };

/** The same as it is asked for: of a lock-out, one number may be left as it stands. */
export type RulesChange = Omit<RulesPatch, 'lockout'> & { readonly lockout?: Partial<Rules['lockout']> | null };

/** The whole installation: whoever acts for it is above every organization. */
export const installation = 'installation';

/** Who set what nobody set: it is as the service comes. */
export const nobody = 'default';

/** Where an organization stands. */
export interface Place {
  readonly organizationId: string;
  readonly parentId?: string;
}

/** What holds above: only rules that somebody set bind those below. */
export interface Inherited {
  readonly rules: Rules;
  readonly setBy: RulesSetBy;
}

/** Numbers that protect everyone (D4, D5, D20): only the installation may set them looser than they come. */
const guarded: readonly RuleName[] = ['lockout', 'spend'];

function rankOf(setBy: string, place: Place): number {
  if (setBy === installation) return 2;
  return setBy === place.organizationId ? 0 : 1;
}

export interface Setting {
  readonly place: Place;
  readonly setter: string;
  readonly inherited: Inherited | undefined;
}

function layersAbove<Name extends RuleName>(
  own: OwnRules,
  name: Name,
  { place, setter }: Setting,
): readonly OwnRule<Rules[Name]>[] {
  const layers: readonly OwnRule<Rules[Name]>[] = own[name] ?? [];
  return layers.filter(({ setBy }) => rankOf(setBy, place) > rankOf(setter, place));
}

/** Everything that this setter must stay within, highest first, with who said so; the service itself where nobody did. */
function limitsOf<Name extends RuleName>(own: OwnRules, name: Name, setting: Setting): readonly OwnRule<Rules[Name]>[] {
  const { inherited, setter } = setting;
  const from = inherited?.setBy[name];
  const limits = [
    ...(inherited === undefined || from === undefined ? [] : [{ value: inherited.rules[name], setBy: from }]),
    ...layersAbove(own, name, setting),
  ];
  const isGuarded = limits.length === 0 && guarded.includes(name) && setter !== installation;
  return isGuarded ? [{ value: defaultRules[name], setBy: nobody }] : limits;
}

/** The loosest that this setter may make a rule, and who says so; nothing when the rule is theirs alone. */
export function boundFor<Name extends RuleName>(own: OwnRules, name: Name, setting: Setting): OwnRule<Rules[Name]> | undefined {
  const limits = limitsOf(own, name, setting);
  const [first] = limits;
  if (!first) return undefined;
  const value = limits.reduce((bound, limit) => meet(name, bound, limit.value), first.value);
  return { value, setBy: (limits.find((limit) => isSame(name, limit.value, value)) ?? first).setBy };
}

/** False when somebody above set the rule: then it can only be made stricter. */
export const mayChange = (own: OwnRules, name: RuleName, setting: Setting): boolean =>
  layersAbove(own, name, setting).length === 0 && setting.inherited?.setBy[name] === undefined;

function setRule<Name extends RuleName>(
  own: OwnRules,
  name: Name,
  value: Rules[Name] | null,
  setting: Setting,
): OwnRules {
  const above = layersAbove(own, name, setting);
  const refuse = (): never => {
    const detail = `The rule "${name}" is set above and can only be made stricter here.`;
    throw new Problem('policy-forbids', { detail });
  };
  if (value === null) {
    const isOwn = (own[name] ?? []).length > above.length;
    return isOwn || mayChange(own, name, setting) ? { ...own, [name]: above } : refuse();
  }
  if (!limitsOf(own, name, setting).every((limit) => isWithin(name, value, limit.value))) refuse();
  // What was set further down gives way: whoever stands above sets the rule anew.
  return {
    ...own,
    [name]: [...above, { value: Array.isArray(value) ? [...new Set(value)].sort() : value, setBy: setting.setter }],
  };
}

/** What this setter set, or stands under; where nobody above said anything, what the service comes with. */
function standing<Name extends RuleName>(own: OwnRules, name: Name, setting: Setting): Rules[Name] {
  const { place, setter, inherited } = setting;
  const layers: readonly OwnRule<Rules[Name]>[] = own[name] ?? [];
  const layer = layers.filter(({ setBy }) => rankOf(setBy, place) >= rankOf(setter, place)).at(-1);
  if (inherited?.setBy[name] === undefined) return layer ? layer.value : defaultRules[name];
  return layer ? meet(name, inherited.rules[name], layer.value) : inherited.rules[name];
}

/** Whoever makes confirmation a duty also says for whom, and how long the door for a first set-up stays open (D26). */
function withCompanions(own: OwnRules, patch: RulesPatch, setting: Setting): RulesPatch {
  if (patch.enforcement !== 'required') return patch;
  return {
    appliesTo: standing(own, 'appliesTo', setting),
    setUpWindowDays: standing(own, 'setUpWindowDays', setting),
    ...patch,
  };
}

/** Throws `policy-forbids`, naming the rule, when the patch would loosen what was set above. */
export function patchOwnRules(own: OwnRules, patch: RulesPatch, setting: Setting): OwnRules {
  type Entry = [RuleName, Rules[RuleName] | null];
  let patched = own;
  for (const [name, value] of Object.entries(withCompanions(own, patch, setting)) as Entry[]) {
    patched = setRule(patched, name, value, setting);
  }
  return withoutEmpty(patched);
}

function withoutEmpty(own: OwnRules): OwnRules {
  return Object.fromEntries(Object.entries(own).filter(([, layers]) => layers.length > 0));
}

/** What remains of an organization's rules when it leaves a parent: those of the old parent do not come along. */
export function withoutSetter(own: OwnRules, setBy: string): OwnRules {
  return withoutEmpty(
    Object.fromEntries(
      Object.entries(own).map(([name, layers]) => [name, layers.filter((layer) => layer.setBy !== setBy)]),
    ),
  );
}
