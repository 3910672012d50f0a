/** Makes the template's tables in the local database, once. */
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  type CreateTableCommandInput,
  type GlobalSecondaryIndex,
  type StreamViewType,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';

/** AWS::DynamoDB::Table, as far as an engine on one machine knows it. Encryption and backups are left to AWS. */
export interface TableProperties {
  readonly TableName: string;
  readonly AttributeDefinitions: NonNullable<CreateTableCommandInput['AttributeDefinitions']>;
  readonly KeySchema: NonNullable<CreateTableCommandInput['KeySchema']>;
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
  readonly StreamSpecification?: { readonly StreamViewType: StreamViewType };
  readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
}

/** A client for the local database. Both engines take any key, but DynamoDB Local wants plain letters and digits. */
export function localClient(endpoint: string, region = 'us-east-1'): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
}

/** Creates the table unless it is there. Answers whether it is new. */
export async function createTable(client: DynamoDBClient, table: TableProperties): Promise<boolean> {
  try {
    await client.send(new CreateTableCommand(createInput(table)));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await refuseOtherShape(client, table);
    return false;
  }
  if (table.TimeToLiveSpecification?.Enabled === true) {
    const { AttributeName } = table.TimeToLiveSpecification;
    const TimeToLiveSpecification = { AttributeName, Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName: table.TableName, TimeToLiveSpecification }));
  }
  return true;
}

function createInput(table: TableProperties): CreateTableCommandInput {
  return {
    TableName: table.TableName,
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(table.GlobalSecondaryIndexes === undefined
      ? {}
      : {
          GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
            IndexName,
            KeySchema,
            Projection,
          })),
        }),
    ...(table.StreamSpecification === undefined
      ? {}
      : { StreamSpecification: { StreamEnabled: true, StreamViewType: table.StreamSpecification.StreamViewType } }),
  };
}

/** Data of another version of the product is not guessed at. */
async function refuseOtherShape(client: DynamoDBClient, table: TableProperties): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table.TableName }));
  if (Table === undefined || shape(Table) === shape(table as TableDescription)) return;
  throw new Error(`The kept table ${table.TableName} has other keys or indexes than the template: start with --fresh.`);
}

function shape(table: Pick<TableDescription, 'KeySchema' | 'GlobalSecondaryIndexes'>): string {
  const keys = (schema: TableDescription['KeySchema']): string =>
    (schema ?? []).map((key) => `${key.KeyType ?? ''} ${key.AttributeName ?? ''}`).sort().join();
  const indexes = (table.GlobalSecondaryIndexes ?? []).map(
    ({ IndexName = '', KeySchema }) => `${IndexName}(${keys(KeySchema)})`,
  );
  return [keys(table.KeySchema), ...indexes.sort()].join(' ');
}
