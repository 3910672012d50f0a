import { BatchGetItemCommand, TransactionCanceledException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { openTable, type Write } from '../../../../../shared/platform/dynamo/table.ts';
import { freshTable, type TestTable } from '../../../../support/database.ts';

let database: TestTable;
beforeEach(async () => {
  database = await freshTable();
});

const put = (sk: string, extra: Partial<Write['Put']> = {}): Write => ({ Put: { TableName: database.table.name, Item: { pk: { S: 'P' }, sk: { S: sk } }, ...extra } });
const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
const key = (sk: string) => ({ pk: 'P', sk });

/** The real client, with what one command answers in its place. */
function answering(answer: (attempt: number) => unknown): DynamoDBClient {
  let attempts = 0;
  const send = (command: unknown, ...rest: unknown[]) => {
    if (!(command instanceof BatchGetItemCommand)) return (database.client.send as (...all: unknown[]) => unknown)(command, ...rest);
    attempts += 1;
    const given = answer(attempts);
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  return { send } as unknown as DynamoDBClient;
}

describe('reading', () => {
  it('gives each item in the place it was asked for, and nothing where there is none', async () => {
    await database.table.transact([put('a'), put('c')]);

    const items = await database.table.read([key('c'), key('b'), key('a'), key('c')]);

    expect(items.map((item) => item?.['sk']?.S)).toEqual(['c', undefined, 'a', 'c']);
  });

  it('asks again for what was left unprocessed, and never takes it for absent (I11)', async () => {
    const item = { pk: { S: 'P' }, sk: { S: 'a' } };
    const left = { UnprocessedKeys: { [database.table.name]: { Keys: [item] } } };
    const patient = openTable(answering((attempt) => (attempt < 3 ? left : { Responses: { [database.table.name]: [item] } })), database.table.name);
    const hopeless = openTable(answering(() => left), database.table.name);

    expect(await patient.read([key('a')])).toEqual([item]);
    await expect(hopeless.read([key('a')])).rejects.toMatchObject({ problem: 'unavailable' });
  });

  it('is a problem, with its cause, when it cannot be done', async () => {
    const broken = openTable(answering(() => new Error('no')), database.table.name);

    await expect(broken.read([key('a')])).rejects.toMatchObject({ problem: 'unavailable', cause: { message: 'no' } });
  });
});

describe('transacting', () => {
  it('does all or nothing, and says which writes refused', async () => {
    await database.table.transact([put('b')]);

    const result = await database.table.transact([put('a'), put('b', isNew), put('c', isNew)]);

    expect(result).toEqual({ done: false, refused: [1], conflicted: false });
    expect((await database.items()).map(({ sk }) => sk)).toEqual(['b']);
  });

  it.each(['ThrottlingError', 'ProvisionedThroughputExceeded', 'ValidationError'])('takes %s for unknown, neither done nor refused', async (Code) => {
    const error = new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons: [{ Code }] });
    const table = openTable({ send: () => Promise.reject(error) } as unknown as DynamoDBClient, 't');

    await expect(table.transact([put('a')])).rejects.toMatchObject({ problem: 'unavailable' });
  });

  it('tells a race from a refusal', async () => {
    const error = new TransactionCanceledException({ message: '', $metadata: {}, CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }] });
    const table = openTable({ send: () => Promise.reject(error) } as unknown as DynamoDBClient, 't');

    expect(await table.transact([put('a')])).toEqual({ done: false, refused: [], conflicted: true });
  });
});

describe('updating', () => {
  const change = { Key: { pk: { S: 'P' }, sk: { S: 'a' } }, UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': { N: '1' } } };

  it('says whether its condition was met', async () => {
    expect(await database.table.update({ ...change, ConditionExpression: 'attribute_exists(pk)' })).toBe(false);
    expect(await database.table.update(change)).toBe(true);
  });

  it('is a problem when it cannot be done', async () => {
    await expect(database.table.update({ ...change, UpdateExpression: 'nonsense' })).rejects.toMatchObject({ problem: 'unavailable' });
  });
});

describe('querying', () => {
  it('reads a range, both ends included, from either side and on from where it was', async () => {
    await database.table.transact(['a1', 'a2', 'a3', 'b1'].map((sk) => put(sk)));
    const sorts = async (request: object) => (await database.table.query({ partition: 'P', limit: 10, ...request })).items.map((item) => item['sk']?.S);

    expect(await sorts({ prefix: 'a' })).toEqual(['a1', 'a2', 'a3']);
    expect(await sorts({ from: 'a2', to: 'b1', newestFirst: true })).toEqual(['b1', 'a3', 'a2']);
    const first = await database.table.query({ partition: 'P', limit: 3 });
    expect(await sorts({ after: first.last })).toEqual(['b1']);
  });
});
