/** Connects the template's event source mappings: queues and the table's stream, each to its function. */
import { failedItems, type EventSource } from '../stream/event-sources.ts';
import { startPoller, type Poller } from '../stream/poller.ts';
import { queueEvent } from '../queue/read-queues.ts';
import { region } from './place.ts';
import type { Queues } from '../queue/queues.ts';
import type { Functions } from '../lambda/functions.ts';
import type { OpenTemplate } from './open-template.ts';
import type { Surroundings } from './run-template.ts';
import type { Stops } from './stops.ts';

export interface SourceDependencies extends Surroundings {
  readonly functions: Functions;
  readonly queues: Queues;
}

/** Answers, for each stream, how to make it be read sooner. */
export async function connectEventSources(
  template: OpenTemplate,
  deps: SourceDependencies,
  stops: Stops,
): Promise<(() => void)[]> {
  const hurry: (() => void)[] = [];
  for (const source of template.sources) {
    if (source.sourceArn.startsWith('arn:aws:sqs:')) connectQueue(source, deps);
    else {
      const poller = await connectStream(source, template, deps);
      stops.push(() => poller.stop());
      hurry.push(() => poller.hurry());
    }
  }
  return hurry;
}

function connectQueue(source: EventSource, { queues, functions }: SourceDependencies): void {
  queues.consume(source.sourceArn, source.batchSize, async (messages) => {
    const answer = await functions.call(source.functionArn, queueEvent(messages, source.sourceArn));
    return new Set(failedItems(answer, messages.map(({ messageId }) => messageId), source));
  });
}

async function connectStream(
  source: EventSource,
  template: OpenTemplate,
  { database, data, functions, queues, log }: SourceDependencies,
): Promise<Poller> {
  if (!source.sourceArn.startsWith(`${template.table.arn}/stream/`)) {
    throw new Error(`The event source ${source.name} reads ${source.sourceArn}, which is not the table's stream.`);
  }
  return startPoller(source, {
    endpoint: database.endpoint,
    region,
    tableName: template.table.TableName,
    positionFile: data.positionOf(source.name),
    invoke: functions.call,
    log: (line) => log.say(line),
    giveUp(records, reason) {
      log.say(`${source.name}: ${String(records.length)} records are given up: ${reason}`);
      const keys = records.map(({ dynamodb }) => ({ keys: dynamodb['Keys'], sequenceNumber: dynamodb.SequenceNumber }));
      if (source.failuresArn !== undefined) queues.send(source.failuresArn, JSON.stringify({ reason, records: keys }));
    },
  });
}
