/** Step Functions of one machine: starts, describes, stops and wakes executions as the service does. */
import { randomUUID } from 'node:crypto';
import { ServiceError } from '../aws/service-error.ts';
import { firstStep, runExecution, type Execution, type ExecutionDependencies, type Machine } from './execution.ts';
import { executionOfToken } from './task.ts';
import type { ExecutionRecord, ExecutionStore, Settled } from './execution-store.ts';

export interface EngineDependencies extends Omit<ExecutionDependencies, 'save' | 'tasks'> {
  readonly store: ExecutionStore;
  readonly tasks: Omit<ExecutionDependencies['tasks'], 'settleToken'>;
}

export interface WorkflowEngine {
  start(request: { machineArn: string; name?: string; input?: string }): ExecutionRecord;
  get(executionArn: string): ExecutionRecord;
  list(machineArn?: string): ExecutionRecord[];
  end(executionArn: string, error: string, cause: string): ExecutionRecord;
  settle(token: string, settled: Settled): void;
  /** Goes on with what was running when the stack last stopped, however it stopped. */
  resume(): number;
  stop(): Promise<void>;
}

const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

/** Runs the given machines. */
export function createEngine(deps: EngineDependencies, machines: readonly Machine[]): WorkflowEngine {
  const records = new Map(deps.store.load(deps.clock.now()).map((record) => [record.arn, record]));
  const running = new Map<string, Execution>();
  const own: ExecutionDependencies = { ...deps, save: deps.store.save, tasks: { ...deps.tasks, settleToken: settle } };

  function run(machine: Machine, record: ExecutionRecord): void {
    const execution = runExecution(own, machine, record);
    running.set(record.arn, execution);
    void execution.done.then(() => running.delete(record.arn));
  }

  function get(arn: string): ExecutionRecord {
    const record = records.get(arn);
    if (record === undefined) throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return record;
  }

  function settle(token: string, settled: Settled): void {
    const arn = executionOfToken(token);
    if (arn === undefined) throw new ServiceError('InvalidToken', 'Invalid token');
    if (running.get(arn)?.settle(token, settled) !== true) {
      throw new ServiceError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
    }
  }

  return {
    get,
    settle,
    list: (machineArn) => [...records.values()].filter((record) => machineArn === undefined || record.machineArn === machineArn),
    start({ machineArn, name = randomUUID(), input = '{}' }) {
      const machine = machines.find((candidate) => candidate.arn === machineArn);
      if (machine === undefined) {
        throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
      }
      if (!NAME.test(name)) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
      const parsed = parseInput(input);
      const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      const known = records.get(arn);
      if (known !== undefined) {
        if (known.status === 'RUNNING' && known.input === input) return known;
        throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
      const startedAt = deps.clock.now();
      const step = firstStep(machine.definition, parsed, startedAt);
      const record: ExecutionRecord = { arn, machineArn, name, input, startedAt, status: 'RUNNING', step };
      records.set(arn, record);
      run(machine, record);
      return record;
    },
    end(arn, error, cause) {
      const record = get(arn);
      running.get(arn)?.end('ABORTED', error, cause);
      return record;
    },
    resume() {
      const interrupted = [...records.values()].filter((record) => record.status === 'RUNNING' && !running.has(record.arn));
      for (const record of interrupted) {
        const machine = machines.find(({ arn }) => arn === record.machineArn);
        if (machine !== undefined) run(machine, record);
      }
      return interrupted.length;
    },
    async stop() {
      const all = [...running.values()];
      for (const execution of all) execution.suspend();
      await Promise.all(all.map(({ done }) => done));
    },
  };
}

function parseInput(input: string): unknown {
  try {
    return JSON.parse(input) as unknown;
  } catch {
    throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: not JSON');
  }
}
