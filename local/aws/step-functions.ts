/** Step Functions' API over the local engine. */
import type { Operation } from './endpoint.ts';
import type { ExecutionRecord } from '../workflow/execution-store.ts';
import type { WorkflowEngine } from '../workflow/engine.ts';

type Input = Readonly<Record<string, unknown>>;

/** A text field; what is missing is empty. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Times on the wire are seconds since 1970. */
function describe(record: ExecutionRecord): Record<string, unknown> {
  const { arn, machineArn, name, status, startedAt, stoppedAt, input, output, error, cause } = record;
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: startedAt / 1000,
    input,
    ...(stoppedAt === undefined ? {} : { stopDate: stoppedAt / 1000 }),
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}

export function createStepFunctions(engine: WorkflowEngine): Readonly<Record<string, Operation<Input>>> {
  return {
    StartExecution({ stateMachineArn, name, input }) {
      const record = engine.start({
        machineArn: text(stateMachineArn),
        ...(typeof name === 'string' ? { name } : {}),
        ...(typeof input === 'string' ? { input } : {}),
      });
      return { executionArn: record.arn, startDate: record.startedAt / 1000 };
    },
    DescribeExecution: ({ executionArn }) => describe(engine.get(text(executionArn))),
    ListExecutions({ stateMachineArn, statusFilter }) {
      const records = engine.list(stateMachineArn === undefined ? undefined : text(stateMachineArn));
      const wanted = records.filter(({ status }) => statusFilter === undefined || status === statusFilter);
      return { executions: wanted.map((record) => ({ ...describe(record), input: undefined, output: undefined })) };
    },
    StopExecution({ executionArn, error, cause }) {
      const record = engine.end(text(executionArn), text(error), text(cause));
      return { stopDate: (record.stoppedAt ?? record.startedAt) / 1000 };
    },
    SendTaskSuccess({ taskToken, output }) {
      engine.settle(text(taskToken), { output: text(output) });
      return {};
    },
    SendTaskFailure({ taskToken, error, cause }) {
      engine.settle(text(taskToken), { error: text(error), cause: text(cause) });
      return {};
    },
  };
}
