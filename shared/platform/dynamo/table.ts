/**
 * The table as the product sees it: one consistent batch read, one transaction, one query. Whatever DynamoDB cannot
 * say for certain is a problem here (503), never an absent item and never a success.
 */
import {
  BatchGetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  TransactionCanceledException,
  type DynamoDBClient,
  type TransactWriteItem,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { Problem } from '../problems/problem.ts';
import type { Attributes } from './attributes.ts';

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

export type Write = TransactWriteItem;

/** What became of a transaction: all of it, or none and which writes refused (their index), or a race for an item. */
export type Transacted =
  | { readonly done: true }
  | { readonly done: false; readonly refused: readonly number[]; readonly conflicted: boolean };

export interface Page {
  readonly items: readonly Attributes[];
  readonly last?: Attributes;
}

export interface PageRequest {
  readonly index?: 'audit';
  readonly partition: string;
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  readonly after?: Attributes | undefined;
  readonly limit: number;
  readonly newestFirst?: boolean;
}

export interface Table {
  readonly name: string;
  read(keys: readonly ItemKey[]): Promise<(Attributes | undefined)[]>;
  transact(writes: readonly Write[]): Promise<Transacted>;
  /** False when the condition was not met. */
  update(input: Omit<UpdateItemCommandInput, 'TableName'>): Promise<boolean>;
  query(request: PageRequest): Promise<Page>;
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

function unavailable(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('unavailable', { retryAfterSeconds: 1 }, error);
}

const identify = ({ pk, sk }: ItemKey): string => `${pk}\n${sk}`;

async function readAll(client: DynamoDBClient, table: string, keys: readonly ItemKey[]): Promise<Map<string, Attributes>> {
  const found = new Map<string, Attributes>();
  let wanted = [...new Map(keys.map((key) => [identify(key), key])).values()].map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
  for (let round = 0; wanted.length > 0; round += 1) {
    if (round === 4) throw new Error('keys were left unprocessed four times');
    const answer = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
    );
    for (const item of answer.Responses?.[table] ?? []) {
      found.set(identify({ pk: item['pk']?.S ?? '', sk: item['sk']?.S ?? '' }), item);
    }
    wanted = (answer.UnprocessedKeys?.[table]?.Keys ?? []) as typeof wanted;
  }
  return found;
}

async function transactOnce(client: DynamoDBClient, writes: readonly Write[]): Promise<Transacted> {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...writes] }));
    return { done: true };
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    const refused = codes.flatMap((code, position) => (code === 'ConditionalCheckFailed' ? [position] : []));
    const conflicted = codes.includes('TransactionConflict');
    if (refused.length === 0 && !conflicted) throw error;
    return { done: false, refused, conflicted };
  }
}

function rangeOf({ index, prefix, from, to }: PageRequest): { condition: string; values: Attributes } {
  const sort = index === 'audit' ? 'auditSk' : 'sk';
  if (prefix !== undefined) return { condition: ` AND begins_with(${sort}, :prefix)`, values: { ':prefix': { S: prefix } } };
  if (from === undefined && to === undefined) return { condition: '', values: {} };
  return {
    condition: ` AND ${sort} BETWEEN :from AND :to`,
    values: { ':from': { S: from ?? '0' }, ':to': { S: to ?? '~' } },
  };
}

async function queryOnce(client: DynamoDBClient, table: string, request: PageRequest): Promise<Page> {
  const range = rangeOf(request);
  const answer = await client.send(
    new QueryCommand({
      TableName: table,
      ...(request.index ? { IndexName: request.index } : { ConsistentRead: true }),
      KeyConditionExpression: `${request.index === 'audit' ? 'auditPk' : 'pk'} = :partition${range.condition}`,
      ExpressionAttributeValues: { ':partition': { S: request.partition }, ...range.values },
      Limit: request.limit,
      ScanIndexForward: request.newestFirst !== true,
      ...(request.after ? { ExclusiveStartKey: request.after } : {}),
    }),
  );
  return { items: answer.Items ?? [], ...(answer.LastEvaluatedKey ? { last: answer.LastEvaluatedKey } : {}) };
}

export function openTable(client: DynamoDBClient, name: string): Table {
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw unavailable(error);
    }
  };
  return {
    name,
    read: async (keys) => {
      const found = await guard(readAll(client, name, keys));
      return keys.map((key) => found.get(identify(key)));
    },
    transact: (writes) => guard(transactOnce(client, writes)),
    update: async (input) => {
      try {
        await client.send(new UpdateItemCommand({ TableName: name, ...input }));
        return true;
      } catch (error) {
        if (isNamed(error, 'ConditionalCheckFailedException')) return false;
        throw unavailable(error);
      }
    },
    query: (request) => guard(queryOnce(client, name, request)),
  };
}
