/** The table's stream, to the function that sends notices, and starts and wakes workflows. Everything else is filtered out, unpaid. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { nameIn, type Stage } from '../stages.ts';
import type { CountersignFunction } from './countersign-function.ts';
import { deadLetterQueue } from './event-queue.ts';

/** Events that need a notice, call items that learned something, and enrollments that began or went on. */
const wanted = [
  {
    eventName: ['INSERT'],
    dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } }, NewImage: { notice: { S: [{ exists: true }] } } },
  },
  { eventName: ['MODIFY'], dynamodb: { Keys: { pk: { S: [{ prefix: 'CALL#' }] } } } },
  { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { pk: { S: [{ prefix: 'ENROLLMENT#' }] } } } },
];

export class TableChanges extends Construct {
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, stage: Stage, streamArn: string, receiver: CountersignFunction) {
    super(scope, id);
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', nameIn(stage, 'table-stream-dead'));
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue itself, of an event source mapping, which the rule does not look at.',
    });
    receiver.role.addToPolicy(
      new PolicyStatement({
        actions: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ],
        resources: [streamArn],
      }),
    );
    new EventSourceMapping(this, 'Mapping', {
      target: receiver.lambda,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 25,
      bisectBatchOnError: true,
      retryAttempts: 5,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(this.deadLetters),
      filters: wanted.map((pattern) => ({ pattern: JSON.stringify(pattern) })),
    }).node.addDependency(receiver.role);
  }
}
