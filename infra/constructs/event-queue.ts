/**
 * Queues. What is in most of them is not secret: contact ids, or where in a stream a record stands. One that carries
 * what people wrote is under our own key, and forgets it soon.
 */
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Subscription, SubscriptionProtocol, type Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import type { CountersignFunction } from './countersign-function.ts';

// SQS's own key unless said otherwise: a service may send there without a key policy that could be wrong on the day it matters.
const encryptedBy = (key: IKey | undefined): QueueProps =>
  key ? { encryption: QueueEncryption.KMS, encryptionMasterKey: key } : { encryption: QueueEncryption.SQS_MANAGED };

/** Where what failed too often waits two weeks for a person. */
export function deadLetterQueue(scope: Construct, id: string, queueName: string, secret?: EventQueueProps['secret']): Queue {
  return new Queue(scope, id, {
    queueName,
    ...encryptedBy(secret?.key),
    enforceSSL: true,
    retentionPeriod: secret?.deadFor ?? Duration.days(14),
  });
}

export interface EventQueueProps {
  readonly queueName: string;
  /** How long a receiver has. A failed event is tried again this much later. */
  readonly visibilityTimeout: Duration;
  /** An event older than this helps nobody any more. */
  readonly retentionPeriod: Duration;
  /** For what people wrote: the key it is under, and how long what failed is kept, to raise an alarm and no longer. */
  readonly secret?: { readonly key: IKey; readonly deadFor: Duration };
}

/** A queue between a service's events and the function that takes them, with its dead letters. */
export class EventQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: EventQueueProps) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', `${props.queueName}-dead`, props.secret);
    this.queue = new Queue(this, 'Queue', {
      queueName: props.queueName,
      ...encryptedBy(props.secret?.key),
      enforceSSL: true,
      visibilityTimeout: props.visibilityTimeout,
      retentionPeriod: props.retentionPeriod,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
  }

  /** By hand: the ready-made subscription would add a statement for every topic of the account to the key's policy. */
  subscribeTo(topic: Topic): Subscription {
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'FromTopic',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': topic.topicArn } },
      }),
    );
    const subscription = new Subscription(this, 'Subscription', { topic, protocol: SubscriptionProtocol.SQS, endpoint: this.queue.queueArn });
    const policy = this.queue.node.tryFindChild('Policy');
    if (policy) subscription.node.addDependency(policy);
    return subscription;
  }

  /** To the function, which may take from this queue and from no other. */
  deliverTo(receiver: CountersignFunction, batchSize: number): void {
    receiver.role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
        resources: [this.queue.queueArn],
      }),
    );
    new EventSourceMapping(this, 'Mapping', {
      target: receiver.lambda,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      reportBatchItemFailures: true,
    }).node.addDependency(receiver.role);
  }
}
