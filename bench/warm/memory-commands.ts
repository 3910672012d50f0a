/** Answers commands before the SDK does anything with them: what is left is our own code. */
import { DynamoDBClient, type BatchGetItemCommandInput, type BatchGetItemCommandOutput, type TransactWriteItemsCommandInput } from '@aws-sdk/client-dynamodb';
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';

interface Command {
  readonly input: unknown;
}

type Send = (this: unknown, command: Command) => Promise<unknown>;

const nameOf = ({ pk, sk }: Attributes): string => `${pk?.S ?? ''}\n${sk?.S ?? ''}`;

/** Items are read through the client once, and kept; of what is written only states are read again. */
export function answerCommandsInMemory(): void {
  const items = new Map<string, Attributes>();
  const prototype = DynamoDBClient.prototype as unknown as { send: Send };
  const { send } = prototype;

  async function read(client: unknown, command: Command): Promise<unknown> {
    const [[table, { Keys = [] }] = ['', {}]] = Object.entries((command.input as BatchGetItemCommandInput).RequestItems ?? {});
    if (Keys.some((key) => !items.has(nameOf(key)))) {
      const answer = (await send.call(client, command)) as BatchGetItemCommandOutput;
      for (const item of answer.Responses?.[table] ?? []) items.set(nameOf(item), item);
      return answer;
    }
    return { Responses: { [table]: Keys.map((key) => items.get(nameOf(key))).filter((item) => item !== undefined) }, UnprocessedKeys: {} };
  }

  prototype.send = function answered(command) {
    if (command.constructor.name === 'BatchGetItemCommand') return read(this, command);
    if (command.constructor.name !== 'TransactWriteItemsCommand') return send.call(this, command);
    for (const { Put } of (command.input as TransactWriteItemsCommandInput).TransactItems ?? []) {
      if (Put?.Item?.['sk']?.S === 'STATE') items.set(nameOf(Put.Item), Put.Item);
    }
    return Promise.resolve({});
  };
}
