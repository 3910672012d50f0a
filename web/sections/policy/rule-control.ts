/** What a rule is changed with: its control, and what it would be set to. */
import type { Content } from '../../dom/element.ts';
import type { PolicyWords } from '../../words/en/console-policy.ts';
import { mayChoose, type Place } from './lineage.ts';
import type { Rule, RuleName, Rules } from './policy-answers.ts';

export interface RuleControl<Name extends RuleName> {
  readonly content: readonly Content[];
  /** Undefined when it is not filled in well, and that was said at it. */
  read(): Rules[Name] | undefined;
}

export interface ControlContext<Name extends RuleName> {
  readonly words: PolicyWords;
  readonly rule: Rule<Name>;
  /** What it shows at first: how it stands, or what was chosen before somebody else saved. */
  readonly value: Rules[Name];
  /** Nothing can be chosen at all. */
  readonly isFixed: boolean;
  /** Whether this value may be chosen. */
  allows(value: Rules[Name]): boolean;
}

export type MakeControl<Name extends RuleName> = (context: ControlContext<Name>) => RuleControl<Name>;

export const allowedBy = <Name extends RuleName>(name: Name, place: Place) => (value: Rules[Name]): boolean => mayChoose(name, value, place);
