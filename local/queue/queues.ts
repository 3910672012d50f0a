/** SQS of one machine: queues in memory, with visibility time-outs, a limit of receipts, and dead-letter queues. */
import { randomUUID } from 'node:crypto';
import type { QueueSettings } from './read-queues.ts';

export interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly sentAt: number;
  firstReceivedAt?: number;
  receipts: number;
}

/** Handles a batch; answers the ids of the messages that must come again. */
export type Consumer = (messages: readonly Message[]) => Promise<ReadonlySet<string>>;

export interface Queues {
  /** Throws for a queue that is not in the template. Answers the message's id. */
  send(arn: string, body: string): string;
  /** Messages that nobody takes: those of dead-letter queues. */
  waiting(arn: string): readonly Message[];
  consume(arn: string, batchSize: number, consumer: Consumer): void;
}

export interface QueuesDependencies {
  now(): number;
  setTimer(milliseconds: number, fire: () => void): () => void;
  log(line: string): void;
}

interface Queue extends QueueSettings {
  readonly waiting: Message[];
  consumer?: { readonly batchSize: number; readonly take: Consumer };
  batches: number;
}

interface State {
  readonly deps: QueuesDependencies;
  readonly queues: ReadonlyMap<string, Queue>;
}

/** Lambda polls with five at once. */
const BATCHES_AT_ONCE = 5;

/** Makes the queues, empty: what was in them when the stack stopped is lost. Contact events are best effort anyway. */
export function createQueues(settings: readonly QueueSettings[], deps: QueuesDependencies): Queues {
  const queues = new Map<string, Queue>(settings.map((one) => [one.arn, { ...one, waiting: [], batches: 0 }]));
  const state: State = { deps, queues };
  return {
    waiting: (arn) => queueOf(state, arn).waiting,
    send(arn, body) {
      const message: Message = { messageId: randomUUID(), body, sentAt: deps.now(), receipts: 0 };
      put(state, queueOf(state, arn), message);
      return message.messageId;
    },
    consume(arn, batchSize, take) {
      const queue = queueOf(state, arn);
      queue.consumer = { batchSize, take };
      deliver(state, queue);
    },
  };
}

function queueOf({ queues }: State, arn: string): Queue {
  const queue = queues.get(arn);
  if (queue === undefined) throw new Error(`There is no queue ${arn}.`);
  return queue;
}

function put(state: State, queue: Queue, message: Message): void {
  queue.waiting.push(message);
  // Not at once: whoever sends must not wait for whoever receives.
  setImmediate(() => deliver(state, queue));
}

function deliver(state: State, queue: Queue): void {
  const { consumer, waiting } = queue;
  if (consumer === undefined) return;
  while (queue.batches < BATCHES_AT_ONCE && waiting.length > 0) {
    void deliverBatch(state, queue, { take: consumer.take, batch: waiting.splice(0, consumer.batchSize) });
  }
}

interface Delivery {
  readonly take: Consumer;
  readonly batch: readonly Message[];
}

async function deliverBatch(state: State, queue: Queue, { take, batch }: Delivery): Promise<void> {
  const { now, setTimer } = state.deps;
  const receivedAt = now();
  queue.batches += 1;
  for (const message of batch) {
    message.receipts += 1;
    message.firstReceivedAt ??= receivedAt;
  }
  const failed = await take(batch).catch(() => new Set(batch.map(({ messageId }) => messageId)));
  queue.batches -= 1;
  const again = batch.filter(({ messageId }) => failed.has(messageId));
  const visibleAt = receivedAt + queue.visibilitySeconds * 1000;
  if (again.length > 0) setTimer(visibleAt - now(), () => again.forEach((message) => putBack(state, queue, message)));
  deliver(state, queue);
}

function putBack(state: State, queue: Queue, message: Message): void {
  const { deadLetters, name } = queue;
  if (deadLetters === undefined || message.receipts < deadLetters.afterReceipts) {
    put(state, queue, message);
    return;
  }
  state.deps.log(`${name}: ${message.messageId} was received ${String(message.receipts)} times; to the dead letters`);
  put(state, queueOf(state, deadLetters.arn), { ...message, receipts: 0 });
}
