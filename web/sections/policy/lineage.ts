/** Who set a rule, and what whoever looks at it may do about it. Words are made of it elsewhere. */
import { isSame, isWithin } from './tightness.ts';
import { enforcements, type Policy, type Rule, type RuleName } from './policy-answers.ts';

export type Setter =
  /** `for-all` and `for-one` are the words of the reseller who looks at a company of theirs. */
  | { readonly is: 'default' | 'installation' | 'own' | 'for-all' | 'for-one' }
  | { readonly is: 'above' | 'below'; readonly name: string };

export interface Place {
  /** Whose policy it is. */
  readonly organizationId: string;
  readonly name: string;
  /** Whose rules this person sets: their own organization's. */
  readonly setterId: string;
  readonly policy: Policy;
}

/** By name, where a name is known; an organization that is neither of the two can only be above. */
function setterNamed(setBy: string, { organizationId, name, setterId, policy: { parent } }: Place): Setter {
  if (setBy === 'default' || setBy === 'installation') return { is: setBy };
  if (setBy === setterId) return { is: organizationId === setterId ? 'own' : 'for-all' };
  if (setBy === organizationId) return { is: 'below', name };
  return { is: 'above', name: parent?.organizationId === setBy ? parent.name : setBy };
}

/** Who set a rule: a reseller for this company alone, or for all of them. */
export function setterOf<Name extends RuleName>(name: Name, place: Place): Setter {
  const { value, setBy, bound }: Rule<Name> = place.policy.rules[name];
  const setter = setterNamed(setBy, place);
  const isInherited = bound !== undefined && bound.setBy === setBy && isSame(name, value, bound.value);
  return setter.is === 'for-all' && !isInherited ? { is: 'for-one' } : setter;
}

export type Leeway =
  /** Anything that the service takes. */
  | { readonly is: 'free' }
  /** Stricter than what binds it, no looser. */
  | { readonly is: 'stricter'; readonly by: Setter }
  /** There is nothing stricter. */
  | { readonly is: 'fixed'; readonly by: Setter }
  /** This person only reads. */
  | { readonly is: 'reading' };

/** The strictest value of the rules that have one; the others can always be made stricter. */
const strictest: { readonly [Name in RuleName]?: (rule: Rule<Name>) => boolean } = {
  enforcement: ({ bound }) => bound?.value === enforcements.at(-1),
  appliesTo: ({ bound }) => bound?.value === 'all-users',
  passkeys: ({ bound }) => bound?.value.userVerification === 'required',
  minimumAcr: ({ bound }) => bound?.value === 'phishing-resistant',
  setUpWindowDays: ({ bound }) => bound?.value === 1,
  pin: ({ bound }) => bound?.value.minimumLength === 8,
  methods: ({ bound }) => bound?.value.length === 1,
  countries: ({ bound }) => bound?.value.length === 0,
  spend: ({ bound }) => bound?.value.sendsPerDay === 0,
};

export function leewayOf<Name extends RuleName>(name: Name, place: Place, mayAdminister: boolean): Leeway {
  if (!mayAdminister) return { is: 'reading' };
  const rule: Rule<Name> = place.policy.rules[name];
  if (rule.bound === undefined) return { is: 'free' };
  const by = setterNamed(rule.bound.setBy, place);
  const isFixed = (strictest[name] as ((rule: Rule<Name>) => boolean) | undefined)?.(rule) ?? false;
  return { is: isFixed ? 'fixed' : 'stricter', by };
}

/** Taking back is for whoever set it, where they set it: then what is set above holds, or what the service comes with. */
export const mayTakeBack = (name: RuleName, place: Place, mayAdminister: boolean): boolean => mayAdminister && ['own', 'for-one'].includes(setterOf(name, place).is);

/** Whether a value of a control may be chosen. */
export function mayChoose<Name extends RuleName>(name: Name, value: Rule<Name>['value'], { policy }: Place): boolean {
  return isWithin(name, value, policy.rules[name].bound?.value);
}
