/** An engine with a clock that tests move, a function that tests write, and a folder that outlives it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { onTestFinished } from 'vitest';
import { readDefinition, type State } from '../../../local/workflow/definition.ts';
import { createEngine, type WorkflowEngine } from '../../../local/workflow/engine.ts';
import { createExecutionStore, type ExecutionRecord } from '../../../local/workflow/execution-store.ts';
import { manualClock, type ManualClock } from '../telephone/manual-clock.ts';

export const machineArn = 'arn:aws:states:us-east-1:111122223333:stateMachine:m';
const lambda = 'arn:aws:states:::lambda:invoke';

/** The states of a machine; a Task without a Resource invokes the function `f`. */
export type States = Record<string, Partial<State> & Record<string, unknown>>;

export interface World {
  readonly engine: WorkflowEngine;
  readonly clock: ManualClock;
  /** What the function was invoked with. */
  readonly events: unknown[];
  /** What DynamoDB was sent. */
  readonly commands: { name: string; input: Record<string, unknown> }[];
  readonly log: string[];
  readonly folder: string;
}

export interface WorldOptions {
  readonly states: States;
  readonly timeoutSeconds?: number;
  /** Its answer; what it throws is a function error of that name. */
  readonly f?: (event: unknown, call: number) => unknown;
  readonly send?: (input: Record<string, unknown>) => unknown;
  readonly folder?: string;
  readonly clock?: ManualClock;
}

function definitionOf({ states, timeoutSeconds }: WorldOptions): string {
  const States = Object.fromEntries(
    Object.entries(states).map(([name, state]) => {
      const isCall = state.Type === 'Task' && state.Resource === undefined;
      return [name, isCall ? { Resource: lambda, Arguments: { FunctionName: 'f', Payload: {} }, ...state } : state];
    }),
  );
  const TimeoutSeconds = timeoutSeconds === undefined ? {} : { TimeoutSeconds: timeoutSeconds };
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States, ...TimeoutSeconds });
}

export function setup(options: WorldOptions): World {
  const clock = options.clock ?? manualClock();
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'engine-'));
  const events: unknown[] = [];
  const commands: World['commands'] = [];
  const log: string[] = [];
  const dynamo = {
    send: async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
      commands.push({ name: command.constructor.name, input: command.input });
      return { $metadata: {}, ...((await options.send?.(command.input)) as object | undefined) };
    },
  } as unknown as DynamoDBClient;
  async function invoke(_name: string, event: unknown) {
    events.push(event);
    try {
      return { payload: JSON.stringify((await options.f?.(event, events.length)) ?? null) };
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
    }
  }
  const definition = readDefinition(definitionOf(options), 'm');
  const store = createExecutionStore(folder);
  const engine = createEngine(
    { clock, store, log: (line) => log.push(line), tasks: { dynamo, invoke } },
    [{ arn: machineArn, name: 'm', definition }],
  );
  onTestFinished(async () => {
    await engine.stop();
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  });
  return { engine, clock, events, commands, log, folder };
}

/** Waits for a minute. */
export const once: States = { Pause: { Type: 'Wait', Seconds: 60, End: true } };

/** Parks its token on an item, as the phone call does. */
export const parked: States = {
  Park: {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
    Arguments: { Token: '{% $states.context.Task.Token %}' },
    TimeoutSeconds: 110,
    Catch: [{ ErrorEquals: ['States.Timeout'], Output: 'timed out', Next: 'End' }],
    Output: '{% $states.result %}',
    Next: 'End',
  },
  End: { Type: 'Pass', End: true },
};
/** The token that was handed out last. */
export const tokenOf = ({ commands }: World) => String(commands.at(-1)?.input['Token']);

/** Lets what has been started go as far as it can without the clock. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Runs a machine without waits to its end. */
export async function runToEnd(options: WorldOptions, input: unknown = {}): Promise<ExecutionRecord & { value: unknown }> {
  const { engine } = setup(options);
  const record = engine.start({ machineArn, input: JSON.stringify(input) });
  await settle();
  return { ...record, value: record.output === undefined ? undefined : (JSON.parse(record.output) as unknown) };
}

/** An error of the given name, as a function would throw it. */
export function named(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}
