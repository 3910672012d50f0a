/** What Amazon Connect says about our calls, by way of a queue: an event may come before we know the contact. */
import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { functions } from '../../shared/contract/functions.ts';
import { nameIn, type Stage } from '../stages.ts';
import type { CountersignFunction } from './countersign-function.ts';
import { EventQueue } from './event-queue.ts';

export class ContactEvents extends Construct {
  readonly events: EventQueue;

  constructor(scope: Construct, id: string, stage: Stage, instanceArn: string, receiver: CountersignFunction) {
    super(scope, id);
    this.events = new EventQueue(this, 'Events', {
      queueName: nameIn(stage, 'contact-events'),
      // Twice the function's own time, not the usual six: an event that comes after its leg has ended is useless.
      visibilityTimeout: Duration.seconds(2 * functions['connect-contact-events'].timeoutSeconds),
      retentionPeriod: Duration.minutes(15),
    });
    new Rule(this, 'Rule', {
      ruleName: nameIn(stage, 'contact-events'),
      description: 'Contact events of our own Connect instance.',
      eventPattern: {
        source: ['aws.connect'],
        detailType: ['Amazon Connect Contact Event'],
        resources: Match.exactString(instanceArn),
      },
      targets: [new SqsQueue(this.events.queue)],
    });
    this.events.deliverTo(receiver, 10);
  }
}
