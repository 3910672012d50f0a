/** The part of the Amazon States Language that runs here. Everything else is refused before an execution starts. */
import { isKnownResource } from './integrations.ts';

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Output?: unknown;
}

export interface ChoiceRule {
  readonly Condition: unknown;
  readonly Next: string;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Output?: unknown;
}

export interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Output?: unknown;
  readonly Resource?: string;
  readonly Arguments?: unknown;
  readonly TimeoutSeconds?: unknown;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Choices?: readonly ChoiceRule[];
  readonly Default?: string;
  readonly Seconds?: unknown;
  readonly Timestamp?: unknown;
  readonly Error?: unknown;
  readonly Cause?: unknown;
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
}

const everywhere = ['Type', 'Comment', 'QueryLanguage'];
const passingOn = [...everywhere, 'Next', 'End', 'Assign', 'Output'];
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  Task: [...passingOn, 'Resource', 'Arguments', 'TimeoutSeconds', 'Retry', 'Catch'],
  Pass: passingOn,
  Wait: [...passingOn, 'Seconds', 'Timestamp'],
  Choice: [...everywhere, 'Choices', 'Default', 'Assign', 'Output'],
  Succeed: [...everywhere, 'Output'],
  Fail: [...everywhere, 'Error', 'Cause'],
};
const machineFields = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
const pauses = ['IntervalSeconds', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy'];
const retrierFields = ['ErrorEquals', 'MaxAttempts', 'Comment', ...pauses];
const catcherFields = ['ErrorEquals', 'Next', 'Assign', 'Output', 'Comment'];
const choiceFields = ['Condition', 'Next', 'Assign', 'Output', 'Comment'];

/** Reads a definition, or throws one line for each thing in it that would not run here as it does on AWS. */
export function readDefinition(text: string, machine: string): Definition {
  const definition = JSON.parse(text) as Definition & { QueryLanguage?: string };
  const wrong: string[] = unknownFields('the machine', definition, machineFields);
  for (const [name, state] of Object.entries(definition.States)) {
    const language = (state as { QueryLanguage?: string }).QueryLanguage ?? definition.QueryLanguage;
    if (language !== 'JSONata') wrong.push(`${name}: only QueryLanguage JSONata runs here`);
    wrong.push(...checkState(name, state, definition));
  }
  if (!(definition.StartAt in definition.States)) wrong.push(`StartAt: there is no state ${definition.StartAt}`);
  if (wrong.length > 0) throw new Error(`The state machine ${machine} does not run here.\n  ${wrong.join('\n  ')}`);
  return definition;
}

function checkState(name: string, state: State, definition: Definition): string[] {
  const fields = fieldsOf[state.Type];
  if (fields === undefined) return [`${name}: the type ${state.Type} does not run here`];
  const wrong = unknownFields(name, state, fields);
  for (const retrier of state.Retry ?? []) wrong.push(...unknownFields(`${name}.Retry`, retrier, retrierFields));
  for (const catcher of state.Catch ?? []) wrong.push(...unknownFields(`${name}.Catch`, catcher, catcherFields));
  for (const choice of state.Choices ?? []) wrong.push(...unknownFields(`${name}.Choices`, choice, choiceFields));
  const rules = [...(state.Catch ?? []), ...(state.Choices ?? [])];
  for (const target of [state.Next, state.Default, ...rules.map((rule) => rule.Next)]) {
    if (target !== undefined && !(target in definition.States)) wrong.push(`${name}: there is no state ${target}`);
  }
  if (state.Type === 'Task' && !isKnownResource(state.Resource ?? '')) {
    wrong.push(`${name}: the resource ${state.Resource ?? '(none)'} does not run here`);
  }
  return wrong;
}

function unknownFields(where: string, value: object, known: readonly string[]): string[] {
  return Object.keys(value)
    .filter((field) => !known.includes(field))
    .map((field) => `${where}: the field ${field} does not run here`);
}
