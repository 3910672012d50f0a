/** A rule on the page: its name, how it stands, who set it, why it may be greyed out, and its control (row 2.3: never hidden). */
import { button } from '../../dom/controls.ts';
import { element, newId, paragraph } from '../../dom/element.ts';
import type { PolicyWords } from '../../words/en/console-policy.ts';
import { leewayOf, mayTakeBack, type Place } from './lineage.ts';
import { countriesControl, methodsControl, protectsControl } from './list-controls.ts';
import type { RuleName, Rules } from './policy-answers.ts';
import { allowedBy, type MakeControl, type RuleControl } from './rule-control.ts';
import { lineageText, valueText } from './rule-words.ts';
import { appliesToControl, enforcementControl, lockoutControl, minimumAcrControl, passkeysControl, pinControl, setUpWindowControl, spendControl } from './simple-controls.ts';

const controls: { readonly [Name in RuleName]: MakeControl<Name> } = {
  enforcement: enforcementControl,
  appliesTo: appliesToControl,
  setUpWindowDays: setUpWindowControl,
  methods: methodsControl,
  minimumAcr: minimumAcrControl,
  passkeys: passkeysControl,
  pin: pinControl,
  countries: countriesControl,
  spend: spendControl,
  lockout: lockoutControl,
  protects: protectsControl,
};

export interface RuleBox<Name extends RuleName = RuleName> {
  readonly name: Name;
  readonly box: HTMLElement;
  /** Whether there is anything to choose. */
  readonly isOpen: boolean;
  read: RuleControl<Name>['read'];
}

export interface RuleBoxOptions {
  readonly words: PolicyWords;
  readonly place: Place;
  readonly mayAdminister: boolean;
  /** What was chosen before somebody else saved. */
  readonly pending?: { readonly [Name in RuleName]?: Rules[Name] };
  takeBack(name: RuleName): void;
}

/** Their choices say what they mean. */
const speakForThemselves: readonly RuleName[] = ['enforcement', 'appliesTo'];

export function ruleBox<Name extends RuleName>(name: Name, { words, place, mayAdminister, pending = {}, takeBack }: RuleBoxOptions): RuleBox<Name> {
  const rule = place.policy.rules[name];
  const leeway = leewayOf(name, place, mayAdminister);
  const isOpen = leeway.is === 'free' || leeway.is === 'stricter';
  const pendingValue = pending[name] as Rules[Name] | undefined;
  const control = controls[name]({ words, rule, value: pendingValue ?? rule.value, isFixed: !isOpen, allows: allowedBy(name, place) });
  const [sayId, byId] = [newId('rule'), newId('rule')];
  const { setBy, why } = lineageText(words, name, place, leeway);
  // The name of the rule follows, unseen: there are many such buttons on the page.
  const back = mayTakeBack(name, place, mayAdminister) ? button(words.takeBack, () => takeBack(name), { look: 'link' }) : undefined;
  back?.setAttribute('aria-label', words.takeBackOf(words.rules[name]));
  const by = element('p', { class: 'lineage', id: byId }, setBy, ' ', why && element('strong', { class: 'bound' }, why));
  const legend = element('legend', {}, words.rules[name]);
  const say = speakForThemselves.includes(name) ? undefined : paragraph(valueText(words, name, rule.value), { id: sayId, class: 'now' });
  return {
    name,
    isOpen,
    read: control.read,
    box: element('fieldset', { class: isOpen ? 'rule' : 'rule fixed', 'aria-describedby': say ? `${sayId} ${byId}` : byId, 'data-rule': name }, legend, say, by, ...control.content, back),
  };
}
