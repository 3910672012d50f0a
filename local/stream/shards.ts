/** Reads a local table's stream, shard by shard, from where it was last left. */
import {
  DescribeStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  type _Record as StreamRecord,
  type DynamoDBStreamsClient,
  type GetShardIteratorCommandInput,
} from '@aws-sdk/client-dynamodb-streams';

/** The last sequence number handled of each shard. A new table has a new stream. */
export interface Position {
  readonly stream: string;
  readonly shards: Record<string, string>;
}

export interface ShardReader {
  readonly client: DynamoDBStreamsClient;
  /** The caller moves it when records have been handled. */
  readonly position: Position;
  /** By shard. */
  readonly iterators: Map<string, string>;
  readonly closed: Set<string>;
  readsSinceListed: number;
}

/** New shards appear seldom; the end of one makes the list be read again at once. */
const READS_PER_LIST = 100;

/** Finds the table's stream; both engines keep it on disk with the table. */
export async function findStream(client: DynamoDBStreamsClient, tableName: string): Promise<string> {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: tableName }));
  const arn = Streams.at(-1)?.StreamArn;
  if (arn === undefined) throw new Error(`The table ${tableName} has no stream.`);
  return arn;
}

/** Will read from the position, or from the oldest record that is kept. */
export function createShardReader(client: DynamoDBStreamsClient, position: Position): ShardReader {
  return { client, position, iterators: new Map(), closed: new Set(), readsSinceListed: READS_PER_LIST };
}

/** The next records of one shard, in order; undefined when no shard has any. */
export async function readNext(
  reader: ShardReader,
  limit: number,
): Promise<{ shardId: string; records: StreamRecord[] } | undefined> {
  if (reader.readsSinceListed >= READS_PER_LIST) await openNewShards(reader);
  reader.readsSinceListed += 1;
  for (const [shardId, ShardIterator] of reader.iterators) {
    const input = { ShardIterator, Limit: limit };
    const { Records = [], NextShardIterator } = await reader.client.send(new GetRecordsCommand(input));
    if (NextShardIterator === undefined) close(reader, shardId);
    else reader.iterators.set(shardId, NextShardIterator);
    if (Records.length > 0) return { shardId, records: Records };
  }
  return undefined;
}

function close(reader: ShardReader, shardId: string): void {
  reader.iterators.delete(shardId);
  reader.closed.add(shardId);
  reader.readsSinceListed = READS_PER_LIST;
}

async function openNewShards(reader: ShardReader): Promise<void> {
  for (const shardId of await listShards(reader)) {
    if (reader.iterators.has(shardId) || reader.closed.has(shardId)) continue;
    const iterator = await open(reader, shardId);
    if (iterator !== undefined) reader.iterators.set(shardId, iterator);
  }
  reader.readsSinceListed = 0;
}

async function listShards({ client, position }: ShardReader): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  do {
    const input = { StreamArn: position.stream, ...(after === undefined ? {} : { ExclusiveStartShardId: after }) };
    const { StreamDescription } = await client.send(new DescribeStreamCommand(input));
    ids.push(...(StreamDescription?.Shards ?? []).map(({ ShardId }) => ShardId ?? ''));
    after = StreamDescription?.LastEvaluatedShardId;
  } while (after !== undefined);
  return ids;
}

async function open({ client, position }: ShardReader, shardId: string): Promise<string | undefined> {
  const ask = async (input: Pick<GetShardIteratorCommandInput, 'ShardIteratorType' | 'SequenceNumber'>) => {
    const shard = { StreamArn: position.stream, ShardId: shardId };
    return (await client.send(new GetShardIteratorCommand({ ...shard, ...input }))).ShardIterator;
  };
  const last = position.shards[shardId];
  if (last === undefined) return ask({ ShardIteratorType: 'TRIM_HORIZON' });
  try {
    return await ask({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: last });
  } catch (error) {
    // Older than the stream keeps. The function is idempotent, so the oldest that is there will do.
    if ((error as Error).name !== 'TrimmedDataAccessException') throw error;
    return ask({ ShardIteratorType: 'TRIM_HORIZON' });
  }
}
