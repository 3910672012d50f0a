/** The state machines, each drawn from the very definition that is deployed. */
import { enrollmentDefinition } from '../../infra/state-machines/enrollment.ts';
import { phoneCallDefinition } from '../../infra/state-machines/phone-call.ts';

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Seconds?: number;
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

/** `{% $next = 'again' %}` → `again` */
const wordOf = (condition: string): string => /'(.*)'/.exec(condition)?.[1] ?? condition;

const plainError = (name: string): string => name.replace('States.ALL', 'any error').replace('States.Timeout', 'time is up').replace(/^.*ConditionalCheckFailedException$/, 'over already');

function arrowsOf(name: string, state: State): string[] {
  const arrow = (to: string, label = ''): string => `  ${name} --> ${to}${label === '' ? '' : `: ${label}`}`;
  return [
    ...(state.Next === undefined ? [] : [arrow(state.Next, state.Seconds === undefined ? '' : `after ${state.Seconds} s`)]),
    ...(state.Choices ?? []).map(({ Condition, Next }) => arrow(Next, wordOf(Condition))),
    ...(state.Default === undefined ? [] : [arrow(state.Default, 'anything else')]),
    ...(state.Catch ?? []).map(({ ErrorEquals, Next }) => arrow(Next, ErrorEquals.map(plainError).join(', '))),
    ...(['Succeed', 'Fail'].includes(state.Type) ? [arrow('[*]')] : []),
  ];
}

interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

function machineDiagram({ StartAt, States }: Definition): string {
  const arrows = Object.entries(States).flatMap(([name, state]) => arrowsOf(name, state));
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${StartAt}`, ...arrows, '```'].join('\n');
}

export const phoneCallDiagram = (): string => machineDiagram(phoneCallDefinition);
export const enrollmentDiagram = (): string => machineDiagram(enrollmentDefinition);
