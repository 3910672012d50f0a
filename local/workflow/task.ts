/** One Task state: its call, its task token, its time-out and its retries. Each leaves what a restart needs on disk. */
import { randomUUID } from 'node:crypto';
import { evaluate, type Scope } from './expressions.ts';
import { callIntegration, waitsForToken, type TaskDependencies } from './integrations.ts';
import { asFailure, matches, StateFailure } from './state-failure.ts';
import { GivenUp, machineClock, orTimeout, waitUntil, type WaitingClock } from './waiting.ts';
import type { State } from './definition.ts';
import type { Settled, Step } from './execution-store.ts';

export interface TaskContext {
  readonly clock: WaitingClock;
  readonly tasks: TaskDependencies;
  readonly executionArn: string;
  readonly step: Step;
  readonly signal: AbortSignal;
  /** `$states` and the variables as they are now (the task token is part of `$states.context`). */
  scope(): Scope;
  save(): void;
  log(line: string): void;
  /** Resolves when the token of this step has been settled. */
  settled(): Promise<Settled>;
}

/** Runs the task until it succeeds or its retries are used up. A pause before a retry survives a restart. */
export async function runTask(context: TaskContext, state: State): Promise<unknown> {
  const { step, clock, signal } = context;
  for (;;) {
    if (step.resumeAt !== undefined) {
      await waitUntil(clock, step.resumeAt, signal);
      delete step.resumeAt;
    }
    try {
      return await attempt(context, state);
    } catch (thrown) {
      if (thrown instanceof GivenUp) throw thrown;
      const failure = asFailure(thrown);
      context.log(failure.message.slice(0, 300));
      const pause = pauseBeforeRetry(state, step, failure);
      if (pause === undefined) throw failure;
      step.resumeAt = clock.now() + pause;
      // A new attempt has a new time-out and a new token; the old token is worth nothing from here on.
      delete step.deadline;
      delete step.task;
      context.save();
    }
  }
}

async function attempt(context: TaskContext, state: State): Promise<unknown> {
  const { step } = context;
  const seconds = await timeoutOf(context, state);
  if (!waitsForToken(state.Resource ?? '')) {
    // By the machine's own clock: moving the stack's must not take away the time of a call that is under way.
    const deadline = seconds === undefined ? undefined : machineClock.now() + seconds * 1000;
    return orTimeout({ ...context, clock: machineClock }, call(context, state), deadline);
  }
  step.task ??= { token: makeToken(context.executionArn) };
  if (seconds !== undefined) step.deadline ??= beganAt(context) + seconds * 1000;
  context.save();
  if (step.task.called === true) return awaitToken(context);
  await orTimeout(context, call(context, state), step.deadline);
  step.task.called = true;
  context.save();
  return awaitToken(context);
}

async function timeoutOf(context: TaskContext, state: State): Promise<number | undefined> {
  if (state.TimeoutSeconds === undefined) return undefined;
  const seconds = await evaluate(state.TimeoutSeconds, context.scope(), 'TimeoutSeconds');
  if (typeof seconds === 'number') return seconds;
  throw new StateFailure('States.QueryEvaluationError', 'TimeoutSeconds is not a number.');
}

/** When this attempt began: the first one when the state was entered. */
function beganAt({ step, clock }: TaskContext): number {
  return Object.keys(step.retries).length === 0 ? step.enteredAt : clock.now();
}

async function call(context: TaskContext, state: State): Promise<unknown> {
  const input = await evaluate(state.Arguments ?? {}, context.scope(), 'Arguments');
  return callIntegration(context.tasks, state.Resource ?? '', input);
}

async function awaitToken(context: TaskContext): Promise<unknown> {
  const { step, settled } = context;
  const outcome = step.task?.settled ?? (await orTimeout(context, settled(), step.deadline));
  if ('error' in outcome) throw new StateFailure(outcome.error, outcome.cause);
  return JSON.parse(outcome.output) as unknown;
}

/** Milliseconds to wait before trying again, by the first Retry that names the failure; undefined when none is left. */
function pauseBeforeRetry(state: State, step: Step, failure: StateFailure): number | undefined {
  const index = (state.Retry ?? []).findIndex((retrier) => matches(retrier.ErrorEquals, failure));
  const retrier = state.Retry?.[index];
  if (retrier === undefined) return undefined;
  const used = step.retries[index] ?? 0;
  if (used >= (retrier.MaxAttempts ?? 3)) return undefined;
  step.retries = { ...step.retries, [index]: used + 1 };
  const seconds = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used;
  const capped = Math.min(seconds, retrier.MaxDelaySeconds ?? Infinity) * 1000;
  return retrier.JitterStrategy === 'FULL' ? Math.random() * capped : capped;
}

/** A token names its execution, so that it can be found again after a restart. */
function makeToken(executionArn: string): string {
  return Buffer.from(JSON.stringify([executionArn, randomUUID()])).toString('base64url');
}

/** The execution that a token is for, or undefined when it is none of ours. */
export function executionOfToken(token: string): string | undefined {
  try {
    const [arn] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
    return typeof arn === 'string' ? arn : undefined;
  } catch {
    return undefined;
  }
}
