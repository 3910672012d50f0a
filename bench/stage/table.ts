/** The product's table on an engine of this machine, and everything that is in it. */
import { ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTable, localClient } from '../../local/database/create-table.ts';
import { engineNames } from '../../local/database/engines.ts';
import { startDatabase } from '../../local/database/start-database.ts';
import type { Attributes } from '../../shared/platform/dynamo/attributes.ts';
import { tableName } from './environment.ts';

const key = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];

export interface BenchTable {
  readonly engine: string;
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  scan(): Promise<Attributes[]>;
  stop(): Promise<void>;
}

export async function makeTable(endpoint: string, name = tableName): Promise<DynamoDBClient> {
  const client = localClient(endpoint);
  await createTable(client, {
    TableName: name,
    AttributeDefinitions: ['pk', 'sk', 'auditPk', 'auditSk'].map((each) => ({ AttributeName: each, AttributeType: 'S' as const })),
    KeySchema: key('pk', 'sk'),
    GlobalSecondaryIndexes: [{ IndexName: 'audit', KeySchema: key('auditPk', 'auditSk'), Projection: { ProjectionType: 'ALL' } }],
  });
  return client;
}

async function scanAll(client: DynamoDBClient): Promise<Attributes[]> {
  const found: Attributes[] = [];
  let from: Attributes | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) }));
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}

/** A fresh engine in memory, with an empty table in it; COUNTERSIGN_DDB chooses the engine. */
export async function startTable(): Promise<BenchTable> {
  const wanted = engineNames.find((name) => name === process.env['COUNTERSIGN_DDB']);
  const { engine, endpoint, stop } = await startDatabase(wanted === undefined ? {} : { engine: wanted });
  const client = await makeTable(endpoint);
  return {
    engine,
    endpoint,
    client,
    scan: () => scanAll(client),
    stop: async () => {
      client.destroy();
      await stop();
    },
  };
}
