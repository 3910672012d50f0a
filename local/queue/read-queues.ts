/** The template's queues, and the event that Lambda makes of a batch of their messages. */
import { createHash, randomUUID } from 'node:crypto';
import type { Resolver } from '../template/resolver.ts';
import type { Message } from './queues.ts';

export interface QueueSettings {
  readonly arn: string;
  readonly name: string;
  readonly visibilitySeconds: number;
  readonly deadLetters?: { readonly arn: string; readonly afterReceipts: number };
}

interface QueueProperties {
  readonly VisibilityTimeout?: number;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
  readonly FifoQueue?: boolean;
}

/** Reads all queues; one that keeps an order would behave differently here and is refused. */
export function readQueues(resolver: Resolver): QueueSettings[] {
  return resolver.resources('AWS::SQS::Queue').map(({ arn, logicalId, properties }) => {
    const { VisibilityTimeout, RedrivePolicy, FifoQueue } = properties as QueueProperties;
    if (FifoQueue === true) throw new Error(`The queue ${logicalId} keeps an order, which does not run here.`);
    const { deadLetterTargetArn, maxReceiveCount } = RedrivePolicy ?? {};
    return {
      arn,
      name: arn.slice(arn.lastIndexOf(':') + 1),
      visibilitySeconds: VisibilityTimeout ?? 30,
      ...(deadLetterTargetArn === undefined
        ? {}
        : { deadLetters: { arn: deadLetterTargetArn, afterReceipts: maxReceiveCount ?? 1 } }),
    };
  });
}

/** The event that Lambda makes of a batch. */
export function queueEvent(messages: readonly Message[], arn: string): { Records: readonly Record<string, unknown>[] } {
  const Records = messages.map((message) => ({
    messageId: message.messageId,
    receiptHandle: randomUUID(),
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receipts),
      SentTimestamp: String(message.sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(message.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: arn.split(':')[3] ?? '',
  }));
  return { Records };
}
