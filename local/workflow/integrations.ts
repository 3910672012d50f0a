/** What a Task's Resource may be here, and how each one is carried out. */
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type DeleteItemCommandInput,
  type DynamoDBClient,
  type GetItemCommandInput,
  type PutItemCommandInput,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { StateFailure } from './state-failure.ts';
import type { Settled } from './execution-store.ts';

export interface TaskDependencies {
  readonly dynamo: DynamoDBClient;
  invoke(functionName: string, event: unknown): Promise<{ payload: string; functionError?: string }>;
  settleToken(token: string, outcome: Settled): void;
}

interface Integration {
  /** `DynamoDb.ConditionalCheckFailedException`: the prefix that Step Functions gives the service's errors. */
  readonly errorPrefix: string;
  run(dependencies: TaskDependencies, input: Record<string, unknown>): Promise<unknown>;
}

type Send = (dynamo: DynamoDBClient, input: object) => Promise<{ $metadata: unknown }>;

/** Each takes its own input type; a definition is as untyped here as it is on AWS. */
const items: Readonly<Record<string, Send>> = {
  getItem: (dynamo, input) => dynamo.send(new GetItemCommand(input as GetItemCommandInput)),
  putItem: (dynamo, input) => dynamo.send(new PutItemCommand(input as PutItemCommandInput)),
  updateItem: (dynamo, input) => dynamo.send(new UpdateItemCommand(input as UpdateItemCommandInput)),
  deleteItem: (dynamo, input) => dynamo.send(new DeleteItemCommand(input as DeleteItemCommandInput)),
};

function ofItem(send: Send, errorPrefix: string): Integration {
  return {
    errorPrefix,
    async run({ dynamo }, input) {
      const { $metadata: _, ...result } = await send(dynamo, input);
      return result;
    },
  };
}

function settling(outcomeOf: (input: Record<string, unknown>) => Settled): Integration {
  return {
    errorPrefix: 'Sfn',
    run({ settleToken }, input) {
      settleToken(String(input['TaskToken']), outcomeOf(input));
      return Promise.resolve({});
    },
  };
}

const integrations: Readonly<Record<string, Integration>> = {
  'lambda:invoke': { errorPrefix: 'Lambda', run: invokeFunction },
  'aws-sdk:sfn:sendTaskSuccess': settling((input) => ({ output: outputText(input['Output']) })),
  'aws-sdk:sfn:sendTaskFailure': settling((input) => {
    return { error: outputText(input['Error'] ?? ''), cause: outputText(input['Cause'] ?? '') };
  }),
  ...Object.fromEntries(
    Object.entries(items).flatMap(([operation, send]) => [
      [`aws-sdk:dynamodb:${operation}`, ofItem(send, 'DynamoDb')],
      [`dynamodb:${operation}`, ofItem(send, 'DynamoDB')],
    ]),
  ),
};

const CALLBACK = '.waitForTaskToken';

interface ReadResource {
  readonly integration: Integration;
  readonly waitsForToken: boolean;
}

function readResource(resource: string): ReadResource | undefined {
  if (/^arn:aws:lambda:[^:]+:\d+:function:/.test(resource)) {
    // The function's own ARN: Arguments are the event, and the result is its answer alone.
    const run: Integration['run'] = async (dependencies, input) =>
      (await invokeFunction(dependencies, { FunctionName: resource, Payload: input })).Payload;
    return { integration: { errorPrefix: 'Lambda', run }, waitsForToken: false };
  }
  const name = /^arn:aws:states:::(.+)$/.exec(resource)?.[1];
  if (name === undefined) return undefined;
  const waitsForToken = name.endsWith(CALLBACK);
  const integration = integrations[waitsForToken ? name.slice(0, -CALLBACK.length) : name];
  // The optimized DynamoDB integration has no callback form; the aws-sdk one has.
  if (integration === undefined || (waitsForToken && name.startsWith('dynamodb:'))) return undefined;
  return { integration, waitsForToken };
}

export function isKnownResource(resource: string): boolean {
  return readResource(resource) !== undefined;
}

export function waitsForToken(resource: string): boolean {
  return readResource(resource)?.waitsForToken === true;
}

/** Carries out one call. What the service throws becomes a failure that Catch can name. */
export async function callIntegration(deps: TaskDependencies, resource: string, input: unknown): Promise<unknown> {
  const read = readResource(resource);
  if (read === undefined) throw new StateFailure('States.Runtime', `${resource} does not run here.`);
  try {
    return await read.integration.run(deps, (input ?? {}) as Record<string, unknown>);
  } catch (error) {
    if (error instanceof StateFailure) throw error;
    const { name, message } = error as Error;
    const known = /Exception$|^TaskTimedOut$|^InvalidToken$/.test(name) ? name : 'SdkClientException';
    throw new StateFailure(`${read.integration.errorPrefix}.${known}`, message);
  }
}

async function invokeFunction(deps: TaskDependencies, input: Record<string, unknown>): Promise<{ Payload: unknown }> {
  const { payload, functionError } = await deps.invoke(String(input['FunctionName']), input['Payload'] ?? {});
  const answer = JSON.parse(payload) as unknown;
  if (functionError !== undefined) {
    throw new StateFailure((answer as { errorType?: string }).errorType ?? 'Lambda.Unknown', payload);
  }
  return { ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 } as { Payload: unknown };
}

function outputText(output: unknown): string {
  return typeof output === 'string' ? output : JSON.stringify(output ?? {});
}
