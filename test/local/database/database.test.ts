import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTable, localClient, type TableProperties } from '../../../local/database/create-table.ts';
import { engineNames, findEngine } from '../../../local/database/engines.ts';
import { keepProcess } from '../../../local/database/keeper.ts';
import { startDatabase } from '../../../local/database/start-database.ts';

const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];
const table: TableProperties = {
  TableName: 'table',
  AttributeDefinitions: ['pk', 'sk', 'auditPk', 'auditSk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: key('pk', 'sk'),
  GlobalSecondaryIndexes: [{ IndexName: 'audit', KeySchema: key('auditPk', 'auditSk'), Projection: { ProjectionType: 'ALL' } }],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};
const otherIndex = [{ IndexName: 'other', KeySchema: key('auditPk', 'auditSk'), Projection: { ProjectionType: 'ALL' as const } }];
const item = { pk: { S: 'a' }, sk: { S: 'b' } };

/** Those that can run on this machine: DynamoDB Local needs Java. */
const here = (await Promise.all(engineNames.map((name) => findEngine(name).catch(() => undefined)))).flatMap(
  (engine) => engine?.name ?? [],
);

describe.each(here)('the database on %s', (engine) => {
  it('makes the table of the template, keeps its items on disk, and refuses a table of another shape', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'database-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const first = await startDatabase({ engine, folder });
    onTestFinished(() => first.stop());
    const client = localClient(first.endpoint);

    expect(first.engine).toBe(engine);
    expect(await createTable(client, table)).toBe(true);
    await client.send(new PutItemCommand({ TableName: 'table', Item: { ...item, n: { N: '1' } } }));
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'table' }));
    expect(Table).toMatchObject({ StreamSpecification: { StreamEnabled: true }, GlobalSecondaryIndexes: [{ IndexName: 'audit' }] });
    client.destroy();
    await first.stop();

    const second = await startDatabase({ engine, folder });
    onTestFinished(() => second.stop());
    const again = localClient(second.endpoint);
    expect(await createTable(again, table)).toBe(false);
    expect((await again.send(new GetItemCommand({ TableName: 'table', Key: item }))).Item?.['n']).toEqual({ N: '1' });
    await expect(createTable(again, { ...table, GlobalSecondaryIndexes: otherIndex })).rejects.toThrow('--fresh');
    again.destroy();
  }, 60_000);
});

describe('a kept process', () => {
  it('ends with the process that keeps it, however that ends', async () => {
    const keeper = JSON.stringify(new URL('../../../local/database/keeper.ts', import.meta.url).href);
    const script = `const { keepProcess } = await import(${keeper}); keepProcess('sleep', ['86399.5'], '/');
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200);`;
    expect(() => execFileSync(process.execPath, ['--input-type=module', '-e', script])).toThrow();
    const isGone = () => !execFileSync('ps', ['-eo', 'args']).toString().split('\n').includes('sleep 86399.5');

    await expect.poll(isGone).toBe(true);
  });

  it('says when it has ended by itself, and what it complained of', async () => {
    const kept = keepProcess('sh', ['-c', 'echo trouble >&2; exit 3'], '/');
    await kept.ended;

    expect(kept.isRunning()).toBe(false);
    expect(kept.errors()).toBe('trouble');
  });
});
