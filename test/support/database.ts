/** A real engine for the stores' tests: one per test file, in memory; COUNTERSIGN_DDB=dynamodb-local runs the same on the other. */
import { randomBytes } from 'node:crypto';
import { ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll } from 'vitest';
import { createTable, localClient } from '../../local/database/create-table.ts';
import type { EngineName } from '../../local/database/engines.ts';
import { startDatabase, type Database } from '../../local/database/start-database.ts';
import { fromAttributes, type Attributes } from '../../shared/platform/dynamo/attributes.ts';
import { openTable, type Table } from '../../shared/platform/dynamo/table.ts';

let started: Promise<Database> | undefined;
const clients: DynamoDBClient[] = [];

afterAll(async () => {
  for (const client of clients.splice(0)) client.destroy();
  const database = await started?.catch(() => undefined);
  started = undefined;
  await database?.stop();
});

function startOnce(): Promise<Database> {
  const engine = process.env['COUNTERSIGN_DDB'] as EngineName | undefined;
  started ??= startDatabase(engine ? { engine } : {});
  return started;
}

export interface TestTable {
  readonly table: Table;
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  /** Everything that is in it, as DynamoDB holds it. */
  scan(): Promise<Attributes[]>;
  /** The same as plain values. */
  items(): Promise<Record<string, unknown>[]>;
}

const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];

const layout = {
  AttributeDefinitions: ['pk', 'sk', 'auditPk', 'auditSk'].map((name) => ({
    AttributeName: name,
    AttributeType: 'S' as const,
  })),
  KeySchema: key('pk', 'sk'),
  GlobalSecondaryIndexes: [
    { IndexName: 'audit', KeySchema: key('auditPk', 'auditSk'), Projection: { ProjectionType: 'ALL' as const } },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' as const },
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};

async function scanAll(client: DynamoDBClient, name: string): Promise<Attributes[]> {
  const found: Attributes[] = [];
  let from: Attributes | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: name, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }),
    );
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}

/** An empty table of the product's layout. */
export async function freshTable(): Promise<TestTable> {
  const { endpoint } = await startOnce();
  const client = localClient(endpoint);
  clients.push(client);
  const name = `test-${randomBytes(6).toString('hex')}`;
  await createTable(client, { TableName: name, ...layout });
  const scan = () => scanAll(client, name);
  return {
    table: openTable(client, name),
    client,
    endpoint,
    scan,
    items: async () => (await scan()).map(fromAttributes),
  };
}
