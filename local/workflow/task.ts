/** One Task state: its call, its task token, its time-out and its retries. Each leaves what a restart needs on disk. */
import { randomUUID } from 'node:crypto';
import { evaluate, type Scope } from './expressions.ts';
import { callIntegration, waitsForToken, type TaskDependencies } from './integrations.ts';
import { asFailure, matches, StateFailure } from './state-failure.ts';
import { GivenUp, orTimeout, waitUntil, type WaitingClock } from './waiting.ts';
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
  const { step, clock, tasks } = context;
  const resource = state.Resource ?? '';
  if (state.TimeoutSeconds !== undefined && step.deadline === undefined) {
    const seconds = await evaluate(state.TimeoutSeconds, context.scope(), 'TimeoutSeconds');
    if (typeof seconds !== 'number') {
      throw new StateFailure('States.QueryEvaluationError', 'TimeoutSeconds is not a number.');
    }
    const isFirst = Object.keys(step.retries).length === 0;
    step.deadline = (isFirst ? step.enteredAt : clock.now()) + seconds * 1000;
  }
  if (waitsForToken(resource)) step.task ??= { token: makeToken(context.executionArn) };
  context.save();
  if (step.task?.called === true) return awaitToken(context);

  const input = await evaluate(state.Arguments ?? {}, context.scope(), 'Arguments');
  const result = await orTimeout(context, callIntegration(tasks, resource, input), step.deadline);
  if (step.task === undefined) return result;
  step.task.called = true;
  context.save();
  return awaitToken(context);
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
