/** One execution: from state to state until it ends, each state written down before it is entered. */
import { runState, type Outcome } from './states.ts';
import { GivenUp, type WaitingClock } from './waiting.ts';
import type { Definition } from './definition.ts';
import type { ExecutionRecord, ExecutionStatus, Settled, Step } from './execution-store.ts';
import type { Scope } from './expressions.ts';
import type { TaskDependencies } from './integrations.ts';
import type { TaskContext } from './task.ts';

export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly definition: Definition;
}

export interface ExecutionDependencies {
  readonly clock: WaitingClock;
  readonly tasks: TaskDependencies;
  save(record: ExecutionRecord): void;
  log(line: string): void;
}

export interface Execution {
  readonly deps: ExecutionDependencies;
  readonly machine: Machine;
  readonly record: ExecutionRecord;
  /** Aborted when it has ended, or is suspended: stopped without ending, to go on at the next start. */
  readonly givingUp: AbortController;
  /** Hands a token's outcome to the state that waits for it. */
  announce: (settled: Settled) => void;
}

/** The first step of a new execution. */
export function firstStep(definition: Definition, input: unknown, now: number): Step {
  return { state: definition.StartAt, input, variables: {}, enteredAt: now, retries: {} };
}

/** Starts, or goes on with, an execution. `done` settles when it has ended or been suspended. */
export function runExecution(
  deps: ExecutionDependencies,
  machine: Machine,
  record: ExecutionRecord,
): { execution: Execution; done: Promise<void> } {
  const execution: Execution = { deps, machine, record, givingUp: new AbortController(), announce: () => undefined };
  const seconds = machine.definition.TimeoutSeconds;
  const timeOut = (): void => {
    endExecution(execution, 'TIMED_OUT', { error: 'States.Timeout', cause: 'The execution did not finish in time.' });
  };
  const left = seconds === undefined ? undefined : record.startedAt + seconds * 1000 - deps.clock.now();
  const cancel = left === undefined ? () => undefined : deps.clock.setTimer(left, timeOut);
  const done = runStates(execution)
    .catch((error: unknown) => {
      if (error instanceof GivenUp) return;
      endExecution(execution, 'FAILED', { error: 'States.Runtime', cause: String(error) });
    })
    .finally(cancel);
  return { execution, done };
}

/** Hands a token's outcome over; false when the execution does not wait for this token, or no longer. */
export function settleTask({ record, givingUp, deps, announce }: Execution, token: string, settled: Settled): boolean {
  const { task } = record.step;
  if (givingUp.signal.aborted || task?.token !== token || task.settled !== undefined) return false;
  // On disk before the caller hears of it: the caller will not say it again.
  task.settled = settled;
  deps.save(record);
  announce(settled);
  return true;
}

type EndFields = Pick<ExecutionRecord, 'output' | 'error' | 'cause'>;

/** Ends it, once. */
export function endExecution(execution: Execution, status: ExecutionStatus, fields: EndFields): void {
  const { deps, machine, record, givingUp } = execution;
  if (record.status !== 'RUNNING' || givingUp.signal.aborted) return;
  Object.assign(record, { status, stoppedAt: deps.clock.now(), ...fields });
  deps.save(record);
  deps.log(`${machine.name} ${record.name} ${status}${record.error === undefined ? '' : ` ${record.error}`}`);
  givingUp.abort();
}

async function runStates(execution: Execution): Promise<void> {
  const { deps, machine, record, givingUp } = execution;
  while (!givingUp.signal.aborted) {
    const { step } = record;
    const state = machine.definition.States[step.state];
    if (state === undefined) throw new Error(`There is no state ${step.state} any more.`);
    deps.save(record);
    deps.log(`${machine.name} ${record.name} → ${step.state}`);
    follow(execution, await runState(taskContext(execution, step), state));
  }
}

function follow(execution: Execution, outcome: Outcome): void {
  const { record, deps, givingUp } = execution;
  if (givingUp.signal.aborted) return;
  if ('succeeded' in outcome) {
    endExecution(execution, 'SUCCEEDED', { output: JSON.stringify(outcome.succeeded ?? null) });
  } else if ('failed' in outcome) {
    endExecution(execution, 'FAILED', { error: outcome.failed.error, cause: outcome.failed.reason });
  } else {
    const { next, output, variables } = outcome;
    record.step = { state: next, input: output, variables, enteredAt: deps.clock.now(), retries: {} };
  }
}

function taskContext(execution: Execution, step: Step): TaskContext {
  const { deps, machine, record, givingUp } = execution;
  return {
    clock: deps.clock,
    tasks: deps.tasks,
    executionArn: record.arn,
    step,
    signal: givingUp.signal,
    scope: () => scopeOf(execution, step),
    save: () => deps.save(record),
    log: (line) => deps.log(`${machine.name} ${record.name} ${step.state}: ${line}`),
    settled: () => new Promise((resolve) => (execution.announce = resolve)),
  };
}

function scopeOf({ deps, machine, record }: Execution, step: Step): Scope {
  const at = (time: number): string => new Date(time).toISOString();
  const input = JSON.parse(record.input) as unknown;
  const retryCount = Object.values(step.retries).reduce((sum, count) => sum + count, 0);
  const context = {
    Execution: { Id: record.arn, Name: record.name, Input: input, StartTime: at(record.startedAt) },
    State: { Name: step.state, EnteredTime: at(step.enteredAt), RetryCount: retryCount },
    StateMachine: { Id: machine.arn, Name: machine.name },
    ...(step.task === undefined ? {} : { Task: { Token: step.task.token } }),
  };
  return { states: { input: step.input, context }, variables: step.variables, now: () => deps.clock.now() };
}
