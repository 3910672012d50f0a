/** Step Functions of one machine: starts, describes, stops and wakes executions as the service does. */
import { randomUUID } from 'node:crypto';
import { ServiceError } from '../aws/service-error.ts';
import {
  endExecution,
  firstStep,
  runExecution,
  settleTask,
  type Execution,
  type ExecutionDependencies,
  type Machine,
} from './execution.ts';
import { executionOfToken } from './task.ts';
import type { ExecutionRecord, ExecutionStore, Settled } from './execution-store.ts';

export interface EngineDependencies extends Omit<ExecutionDependencies, 'save' | 'tasks'> {
  readonly store: ExecutionStore;
  readonly tasks: Omit<ExecutionDependencies['tasks'], 'settleToken'>;
}

export interface StartRequest {
  readonly machineArn: string;
  readonly name?: string;
  /** JSON. */
  readonly input?: string;
}

export interface WorkflowEngine {
  start(request: StartRequest): ExecutionRecord;
  get(executionArn: string): ExecutionRecord;
  list(machineArn?: string): ExecutionRecord[];
  end(executionArn: string, error: string, cause: string): ExecutionRecord;
  settle(token: string, settled: Settled): void;
  /** Goes on with what was running when the stack last stopped, however it stopped. Answers how many those are. */
  resume(): number;
  stop(): Promise<void>;
}

interface State {
  readonly machines: readonly Machine[];
  readonly deps: ExecutionDependencies;
  readonly records: Map<string, ExecutionRecord>;
  readonly running: Map<string, { execution: Execution; done: Promise<void> }>;
}

const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

/** Runs the given machines. */
export function createEngine(deps: EngineDependencies, machines: readonly Machine[]): WorkflowEngine {
  const kept = deps.store.load(deps.clock.now());
  const tasks = { ...deps.tasks, settleToken: (token: string, settled: Settled) => settle(state, token, settled) };
  const state: State = {
    machines,
    deps: { clock: deps.clock, log: deps.log, save: deps.store.save, tasks },
    records: new Map(kept.map((record) => [record.arn, record])),
    running: new Map(),
  };
  return {
    start: (request) => start(state, request),
    get: (arn) => get(state, arn),
    list: (arn) => [...state.records.values()].filter(({ machineArn }) => arn === undefined || machineArn === arn),
    settle: (token, settled) => settle(state, token, settled),
    end(arn, error, cause) {
      const record = get(state, arn);
      const run = state.running.get(arn);
      if (run !== undefined) endExecution(run.execution, 'ABORTED', { error, cause });
      return record;
    },
    resume: () => resume(state),
    async stop() {
      const all = [...state.running.values()];
      for (const { execution } of all) execution.givingUp.abort();
      await Promise.all(all.map(({ done }) => done));
    },
  };
}

function start(state: State, { machineArn, name = randomUUID(), input = '{}' }: StartRequest): ExecutionRecord {
  const machine = state.machines.find(({ arn }) => arn === machineArn);
  if (machine === undefined) {
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
  }
  if (!NAME.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
  const parsed = parseInput(input);
  const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const known = state.records.get(arn);
  if (known !== undefined) return sameOrRefused(known, input);
  const startedAt = state.deps.clock.now();
  const step = firstStep(machine.definition, parsed, startedAt);
  const record: ExecutionRecord = { arn, machineArn, name, input, startedAt, status: 'RUNNING', step };
  state.records.set(arn, record);
  run(state, machine, record);
  return record;
}

/** Starting again what runs with the same input is starting it once. */
function sameOrRefused(known: ExecutionRecord, input: string): ExecutionRecord {
  if (known.status === 'RUNNING' && known.input === input) return known;
  throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${known.arn}'`);
}

function run({ deps, running }: State, machine: Machine, record: ExecutionRecord): void {
  const started = runExecution(deps, machine, record);
  running.set(record.arn, started);
  void started.done.then(() => running.delete(record.arn));
}

function get({ records }: State, arn: string): ExecutionRecord {
  const record = records.get(arn);
  if (record === undefined) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return record;
}

function settle({ running }: State, token: string, settled: Settled): void {
  const arn = executionOfToken(token);
  if (arn === undefined) throw new ServiceError('InvalidToken', 'Invalid token');
  const found = running.get(arn);
  if (found !== undefined && settleTask(found.execution, token, settled)) return;
  throw new ServiceError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
}

function resume(state: State): number {
  const { records, running, machines } = state;
  const interrupted = [...records.values()].filter(({ status, arn }) => status === 'RUNNING' && !running.has(arn));
  for (const record of interrupted) {
    const machine = machines.find(({ arn }) => arn === record.machineArn);
    if (machine !== undefined) run(state, machine, record);
  }
  return interrupted.length;
}

function parseInput(input: string): unknown {
  try {
    return JSON.parse(input) as unknown;
  } catch {
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: not JSON');
  }
}
