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
  readonly record: ExecutionRecord;
  /** Settles when it has ended or been suspended. */
  readonly done: Promise<void>;
  /** Hands a token's outcome over; false when the execution no longer waits for this token. */
  settle(token: string, settled: Settled): boolean;
  end(status: ExecutionStatus, error: string, cause: string): void;
  /** Stops without ending: the next start goes on from the state that is on disk. */
  suspend(): void;
}

/** The first step of a new execution. */
export function firstStep(definition: Definition, input: unknown, now: number): Step {
  return { state: definition.StartAt, input, variables: {}, enteredAt: now, retries: {} };
}

/** Starts, or goes on with, an execution. */
export function runExecution(deps: ExecutionDependencies, machine: Machine, record: ExecutionRecord): Execution {
  const giveUp = new AbortController();
  let announce: (settled: Settled) => void = () => undefined;

  function end(status: ExecutionStatus, fields: Pick<ExecutionRecord, 'output' | 'error' | 'cause'>): void {
    if (record.status !== 'RUNNING' || giveUp.signal.aborted) return;
    Object.assign(record, { status, stoppedAt: deps.clock.now(), ...fields });
    deps.save(record);
    deps.log(`${machine.name} ${record.name} ${status}${record.error === undefined ? '' : ` ${record.error}`}`);
    giveUp.abort();
  }

  function contextOf(step: Step): TaskContext {
    return {
      clock: deps.clock,
      tasks: deps.tasks,
      executionArn: record.arn,
      step,
      signal: giveUp.signal,
      scope: () => scopeOf(machine, record, step, deps.clock),
      save: () => deps.save(record),
      log: (line) => deps.log(`${machine.name} ${record.name} ${step.state}: ${line}`),
      settled: () => new Promise((resolve) => (announce = resolve)),
    };
  }

  async function run(): Promise<void> {
    while (!giveUp.signal.aborted) {
      const { step } = record;
      const state = machine.definition.States[step.state];
      if (state === undefined) return end('FAILED', { error: 'States.Runtime', cause: `There is no state ${step.state}.` });
      deps.save(record);
      deps.log(`${machine.name} ${record.name} → ${step.state}`);
      follow(await runState(contextOf(step), state));
    }
  }

  function follow(outcome: Outcome): void {
    if (giveUp.signal.aborted) return;
    if ('succeeded' in outcome) return end('SUCCEEDED', { output: JSON.stringify(outcome.succeeded ?? null) });
    if ('failed' in outcome) return end('FAILED', { error: outcome.failed.error, cause: outcome.failed.reason });
    const { next, output, variables } = outcome;
    record.step = { state: next, input: output, variables, enteredAt: deps.clock.now(), retries: {} };
  }

  const seconds = machine.definition.TimeoutSeconds;
  const timeOut = (): void => end('TIMED_OUT', { error: 'States.Timeout', cause: 'The execution did not finish in time.' });
  const left = seconds === undefined ? undefined : record.startedAt + seconds * 1000 - deps.clock.now();
  const cancel = left === undefined ? () => undefined : deps.clock.setTimer(left, timeOut);
  const done = run()
    .catch((error: unknown) => {
      if (!(error instanceof GivenUp)) end('FAILED', { error: 'States.Runtime', cause: String(error) });
    })
    .finally(cancel);

  return {
    record,
    done,
    end: (status, error, cause) => end(status, { error, cause }),
    suspend: () => giveUp.abort(),
    settle(token, settled) {
      const { task } = record.step;
      if (giveUp.signal.aborted || task?.token !== token || task.settled !== undefined) return false;
      // On disk before the caller hears of it: the caller will not say it again.
      task.settled = settled;
      deps.save(record);
      announce(settled);
      return true;
    },
  };
}

function scopeOf(machine: Machine, record: ExecutionRecord, step: Step, clock: WaitingClock): Scope {
  const at = (time: number): string => new Date(time).toISOString();
  const retryCount = Object.values(step.retries).reduce((sum, count) => sum + count, 0);
  const context = {
    Execution: { Id: record.arn, Name: record.name, Input: JSON.parse(record.input) as unknown, StartTime: at(record.startedAt) },
    State: { Name: step.state, EnteredTime: at(step.enteredAt), RetryCount: retryCount },
    StateMachine: { Id: machine.arn, Name: machine.name },
    ...(step.task === undefined ? {} : { Task: { Token: step.task.token } }),
  };
  return { states: { input: step.input, context }, variables: step.variables, now: () => clock.now() };
}
