/**
 * Counts what the functions ask of AWS, by wrapping `send` of the SDK's clients: whatever client a function makes, its
 * calls are seen, and DynamoDB is asked for what each consumed.
 */
import { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient, type ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SESClient } from '@aws-sdk/client-ses';
import { SFNClient } from '@aws-sdk/client-sfn';

export interface RecordedCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: Readonly<Record<string, unknown>>;
  readonly consumed: readonly ConsumedCapacity[];
}

interface Command {
  input: Record<string, unknown>;
}

type Send = (this: unknown, command: Command, ...rest: unknown[]) => Promise<Record<string, unknown>>;

const clients = { DynamoDB: DynamoDBClient, KMS: KMSClient, SFN: SFNClient, Connect: ConnectClient, SES: SESClient } as const;

const listOf = (consumed: unknown): readonly ConsumedCapacity[] =>
  consumed === undefined ? [] : Array.isArray(consumed) ? (consumed as ConsumedCapacity[]) : [consumed as ConsumedCapacity];

export interface Recorder {
  /** The calls since it was asked last. */
  take(): RecordedCall[];
  stop(): void;
}

export function recordCalls(): Recorder {
  const calls: RecordedCall[] = [];
  const restore = Object.entries(clients).map(([service, client]) => {
    const prototype = client.prototype as unknown as { send: Send };
    const send = prototype.send;
    prototype.send = async function recorded(command, ...rest) {
      if (service === 'DynamoDB') command.input['ReturnConsumedCapacity'] = 'INDEXES';
      const output = await send.call(this, command, ...rest);
      const operation = command.constructor.name.replace(/Command$/, '');
      calls.push({ service, operation, input: command.input, output, consumed: listOf(output['ConsumedCapacity']) });
      return output;
    };
    return () => {
      prototype.send = send;
    };
  });
  return { take: () => calls.splice(0), stop: () => restore.forEach((each) => each()) };
}
