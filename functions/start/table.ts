/** The table, opened once per process: for doors that need no keys, and as a part of what the others work with. */
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { makeDynamoClient } from '../../shared/platform/dynamo/client.ts';
import { openTable, type Table } from '../../shared/platform/dynamo/table.ts';

let table: Table | undefined;

export function getTable(): Table {
  table ??= openTable(makeDynamoClient(), readEnvironment(['COUNTERSIGN_TABLE']).COUNTERSIGN_TABLE);
  return table;
}
