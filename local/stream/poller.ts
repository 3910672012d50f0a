/** Lambda's stream poller: reads a table's stream and gives what fits the filter to its function. */
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { readJson, writeJson } from '../json-file.ts';
import { fits } from '../rules/pattern.ts';
import { deliverBatch } from './deliver-batch.ts';
import { lambdaRecord, type LambdaStreamRecord } from './records.ts';
import { createShardReader, findStream, readNext, type Position, type ShardReader } from './shards.ts';
import type { EventSource } from './event-sources.ts';

export interface PollerDependencies {
  readonly endpoint: string;
  readonly region: string;
  readonly tableName: string;
  /** Where the position is kept, so that a restart goes on after what was handled. */
  readonly positionFile: string;
  invoke(functionArn: string, event: unknown): Promise<unknown>;
  giveUp(records: readonly LambdaStreamRecord[], reason: string): void;
  log(line: string): void;
}

export interface Poller {
  /** Something may just have been written: look often for a while. */
  hurry(): void;
  stop(): Promise<void>;
}

interface State {
  readonly source: EventSource;
  readonly deps: PollerDependencies;
  readonly client: DynamoDBStreamsClient;
  readonly position: Position;
  readonly stopping: AbortController;
  busyUntil: number;
  /** Ends the pause between two looks. */
  wake: () => void;
}

const BUSY_PAUSE = 20;
const IDLE_PAUSE = 200;
/** How long after the last sign of work it looks often. */
const BUSY_FOR = 1_500;

/** Starts polling. */
export async function startPoller(source: EventSource, deps: PollerDependencies): Promise<Poller> {
  const client = new DynamoDBStreamsClient({
    endpoint: deps.endpoint,
    region: deps.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const stream = await findStream(client, deps.tableName);
  const kept = readJson<Position>(deps.positionFile);
  const position: Position = kept?.stream === stream ? kept : { stream, shards: {} };
  const stopping = new AbortController();
  const state: State = { source, deps, client, position, stopping, busyUntil: 0, wake: () => undefined };
  const running = pollUntilStopped(state);
  return {
    hurry() {
      const wasIdle = performance.now() >= state.busyUntil;
      state.busyUntil = performance.now() + BUSY_FOR;
      if (wasIdle) state.wake();
    },
    async stop() {
      stopping.abort();
      await running;
      client.destroy();
    },
  };
}

async function pollUntilStopped(state: State): Promise<void> {
  const { stopping, source, deps } = state;
  let reader = createShardReader(state.client, state.position);
  while (!stopping.signal.aborted) {
    try {
      const found = await poll(state, reader);
      if (!found) await pause(state, performance.now() < state.busyUntil ? BUSY_PAUSE : IDLE_PAUSE, true);
    } catch (error) {
      deps.log(`${source.name}: the stream cannot be read (${(error as Error).message}); trying again`);
      await pause(state, IDLE_PAUSE);
      // Its iterators may be what is wrong.
      reader = createShardReader(state.client, state.position);
    }
  }
}

async function poll(state: State, reader: ShardReader): Promise<boolean> {
  const read = await readNext(reader, state.source.batchSize);
  if (read === undefined) return false;
  const records = read.records.map((record) => lambdaRecord(record, state.source.sourceArn));
  if (await handle(state, records)) {
    state.position.shards[read.shardId] = records.at(-1)?.dynamodb.SequenceNumber ?? '';
    writeJson(state.deps.positionFile, state.position);
  }
  return true;
}

/** False when the stack stopped first: then these records come again at the next start. */
async function handle(state: State, records: readonly LambdaStreamRecord[]): Promise<boolean> {
  const { source, deps } = state;
  const isWanted = (record: LambdaStreamRecord): boolean => source.filters.some((filter) => fits(filter, record));
  const wanted = source.filters.length === 0 ? records : records.filter(isWanted);
  if (wanted.length === 0) return true;
  const delivery = { ...deps, pause: (milliseconds: number) => pause(state, milliseconds) };
  return deliverBatch(delivery, source, { records: wanted, attempt: 0 });
}

/** Resolves false when the stack stops meanwhile. */
function pause(state: State, milliseconds: number, canBeWoken = false): Promise<boolean> {
  const { signal } = state.stopping;
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(!signal.aborted);
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (canBeWoken) state.wake = end;
  });
}
