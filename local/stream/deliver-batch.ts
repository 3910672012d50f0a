/** Delivers one batch of stream records as Lambda does: partial failures, bisecting, retries, then the dead letters. */
import { failedItems, type EventSource } from './event-sources.ts';
import type { LambdaStreamRecord } from './records.ts';

export interface DeliveryDependencies {
  /** Answers what the function answered, or throws what it threw. */
  invoke(functionArn: string, event: unknown): Promise<unknown>;
  /** Resolves false when the stack stops. */
  pause(milliseconds: number): Promise<boolean>;
  /** What could not be delivered. */
  giveUp(records: readonly LambdaStreamRecord[], reason: string): void;
}

export interface Batch {
  readonly records: readonly LambdaStreamRecord[];
  /** How often it has been tried again. Cutting it in two does not count. */
  readonly attempt: number;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 10_000;

/** Resolves true when every record has been handled or given up; false when the stack stops first. */
export async function deliverBatch(deps: DeliveryDependencies, source: EventSource, batch: Batch): Promise<boolean> {
  const { attempt } = batch;
  const outcome = await deliverOnce(deps, source, batch.records);
  if (outcome.failedFrom === undefined) return true;
  // Order within a shard is kept: everything from the first failure on comes again.
  const records = batch.records.slice(outcome.failedFrom);
  if (source.bisects && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const first = await deliverBatch(deps, source, { records: records.slice(0, middle), attempt });
    return first && deliverBatch(deps, source, { records: records.slice(middle), attempt });
  }
  if (source.largestRetries !== undefined && attempt >= source.largestRetries) {
    deps.giveUp(records, outcome.reason);
    return true;
  }
  if (!(await deps.pause(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt)))) return false;
  return deliverBatch(deps, source, { records, attempt: attempt + 1 });
}

interface Outcome {
  /** Position of the first record that failed. */
  readonly failedFrom: number | undefined;
  readonly reason: string;
}

async function deliverOnce(
  deps: DeliveryDependencies,
  source: EventSource,
  records: readonly LambdaStreamRecord[],
): Promise<Outcome> {
  try {
    const answer = await deps.invoke(source.functionArn, { Records: records });
    const ids = records.map((record) => record.dynamodb.SequenceNumber);
    const positions = failedItems(answer, ids, source).map((id) => ids.indexOf(id));
    return { failedFrom: positions.length === 0 ? undefined : Math.min(...positions), reason: 'reported as failed' };
  } catch (error) {
    return { failedFrom: 0, reason: (error as Error).message };
  }
}
