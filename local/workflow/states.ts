/** What each type of state does, and which state follows. */
import { evaluate, type Scope } from './expressions.ts';
import { asFailure, matches, StateFailure } from './state-failure.ts';
import { runTask, type TaskContext } from './task.ts';
import { GivenUp, waitUntil } from './waiting.ts';
import type { State } from './definition.ts';

export type Outcome =
  | { readonly next: string; readonly output: unknown; readonly variables: Readonly<Record<string, unknown>> }
  | { readonly succeeded: unknown }
  | { readonly failed: StateFailure };

/** What a state, a choice rule and a catcher have in common. */
interface Exit {
  readonly Next?: string;
  readonly End?: boolean;
  readonly Output?: unknown;
  readonly Assign?: Readonly<Record<string, unknown>>;
}

/** Runs one state to its end. Throws only `GivenUp`. */
export async function runState(context: TaskContext, state: State): Promise<Outcome> {
  try {
    return await run(context, state);
  } catch (thrown) {
    if (thrown instanceof GivenUp) throw thrown;
    return catchFailure(context, state, asFailure(thrown));
  }
}

async function run(context: TaskContext, state: State): Promise<Outcome> {
  const { input } = context.step;
  switch (state.Type) {
    case 'Task': {
      const result = await runTask(context, state);
      return leave(context, state, { output: result, seen: { result } });
    }
    case 'Wait':
      await runWait(context, state);
      return leave(context, state, { output: input });
    case 'Choice':
      return choose(context, state);
    case 'Pass':
      return leave(context, state, { output: input });
    case 'Succeed':
      return { succeeded: await outputOf(state, context.scope(), input) };
    case 'Fail': {
      const [error, cause] = await Promise.all([
        evaluate(state.Error ?? '', context.scope(), 'Error'),
        evaluate(state.Cause ?? '', context.scope(), 'Cause'),
      ]);
      return { failed: new StateFailure(String(error), String(cause)) };
    }
    default:
      throw new StateFailure('States.Runtime', `The type ${state.Type} does not run here.`);
  }
}

/** What leaves a state unless it says otherwise, and what its expressions see in `$states`. */
interface Yield {
  readonly output: unknown;
  readonly seen?: Readonly<Record<string, unknown>>;
}

/** Output and Assign both see the variables as they were when the state was entered. */
async function leave(context: TaskContext, exit: Exit, { output: otherwise, seen }: Yield): Promise<Outcome> {
  const before = context.scope();
  const scope: Scope = { ...before, states: { ...before.states, ...seen } };
  const [output, assigned] = await Promise.all([
    outputOf(exit, scope, otherwise),
    evaluate(exit.Assign ?? {}, scope, 'Assign') as Promise<Record<string, unknown>>,
  ]);
  if (exit.Next === undefined) return { succeeded: output };
  return { next: exit.Next, output, variables: { ...context.step.variables, ...assigned } };
}

function outputOf(exit: Exit, scope: Scope, otherwise: unknown): unknown {
  return exit.Output === undefined ? otherwise : evaluate(exit.Output, scope, 'Output');
}

async function choose(context: TaskContext, state: State): Promise<Outcome> {
  for (const [index, rule] of (state.Choices ?? []).entries()) {
    const holds = await evaluate(rule.Condition, context.scope(), `Choices[${String(index)}]/Condition`);
    if (typeof holds !== 'boolean') {
      throw notAValue(`Choices[${String(index)}]/Condition is neither true nor false.`);
    }
    if (holds) return leave(context, rule, { output: context.step.input });
  }
  if (state.Default === undefined) throw new StateFailure('States.NoChoiceMatched', 'No rule holds; no Default.');
  return leave(context, { ...state, Next: state.Default }, { output: context.step.input });
}

async function runWait(context: TaskContext, state: State): Promise<void> {
  const { step, clock, signal } = context;
  if (step.resumeAt === undefined) {
    const until = await evaluate(state.Seconds ?? state.Timestamp, context.scope(), 'Seconds');
    step.resumeAt = typeof until === 'number' ? step.enteredAt + until * 1000 : Date.parse(String(until));
    if (Number.isNaN(step.resumeAt)) throw notAValue('The Wait has no time to wait for.');
    context.save();
  }
  await waitUntil(clock, step.resumeAt, signal);
}

function notAValue(reason: string): StateFailure {
  return new StateFailure('States.QueryEvaluationError', reason);
}

async function catchFailure(context: TaskContext, state: State, failure: StateFailure): Promise<Outcome> {
  const catcher = (state.Catch ?? []).find((candidate) => matches(candidate.ErrorEquals, failure));
  if (catcher === undefined) return { failed: failure };
  const errorOutput = { Error: failure.error, Cause: failure.reason };
  try {
    return await leave(context, catcher, { output: errorOutput, seen: { errorOutput } });
  } catch (thrown) {
    return { failed: asFailure(thrown) };
  }
}
