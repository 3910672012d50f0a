/** A rule in plain words: its value, who set it, and why it may be greyed out. */
import type { PolicyWords } from '../../words/en/console-policy.ts';
import { countryName } from './countries.ts';
import { setterOf, type Leeway, type Place, type Setter } from './lineage.ts';
import { methodNames } from './method-rows.ts';
import type { RuleName, Rules } from './policy-answers.ts';

const numberText = (value: number): string => value.toLocaleString(document.documentElement.lang);

type Says = { readonly [Name in RuleName]: (words: PolicyWords['says'], value: Rules[Name]) => string };

const says: Says = {
  enforcement: (words, value) => words.enforcement[value],
  appliesTo: (words, value) => words.appliesTo[value],
  setUpWindowDays: (words, value) => words.setUpWindowDays(value),
  methods: (words, value) => words.methods(value.length, methodNames.length),
  minimumAcr: (words, value) => words.minimumAcr[value],
  passkeys: (words, { userVerification }) => words.passkeys[userVerification],
  pin: (words, { minimumLength }) => words.pin(minimumLength),
  countries: (words, value) => words.countries(value.map(countryName).join(', ')),
  spend: (words, { sendsPerDay }) => words.spend(numberText(sendsPerDay)),
  lockout: (words, { failures, minutes }) => words.lockout(failures, minutes),
  protects: (words, value) => words.protects(value.join(', ')),
};

export const valueText = <Name extends RuleName>(words: PolicyWords, name: Name, value: Rules[Name]): string => says[name](words.says, value);

/** Methods are counted where they can be seen, and named where they change. */
export function changedText<Name extends RuleName>(words: PolicyWords, name: Name, value: Rules[Name]): string {
  if (name !== 'methods') return valueText(words, name, value);
  return methodNames.filter((each) => (value as Rules['methods']).includes(each)).map((each) => words.methods[each]).join('; ');
}

const isNamed = (setter: Setter): setter is Extract<Setter, { name: string }> => 'name' in setter;

const byWhom = (words: PolicyWords, setter: Setter): string => (isNamed(setter) ? setter.name : words.byWhom[setter.is]);

const isSameSetter = (one: Setter, other: Setter): boolean => one.is === other.is && (isNamed(one) ? one.name : '') === (isNamed(other) ? other.name : '');

export interface Lineage {
  /** Who set it; left out where the reason says so already. */
  readonly setBy?: string;
  /** Why it is greyed out, or how far it may go. */
  readonly why?: string;
}

export function lineageText<Name extends RuleName>(words: PolicyWords, name: Name, place: Place, leeway: Leeway): Lineage {
  const setter = setterOf(name, place);
  const setBy = isNamed(setter) ? words.setBy[setter.is](setter.name) : words.setBy[setter.is];
  if (leeway.is !== 'stricter' && leeway.is !== 'fixed') return { setBy };
  const why = words[leeway.is](byWhom(words, leeway.by));
  return isSameSetter(setter, leeway.by) ? { why } : { setBy, why };
}
