/**
 * What comes back of our texts: what people reply, and which did not arrive. From the numbers' service to a topic, to a
 * queue, to the function; all under our key, and nothing kept beyond the life of a code, because a reply may hold a PIN (P6).
 */
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { CfnConfigurationSet } from 'aws-cdk-lib/aws-smsvoice';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { functions } from '../../shared/contract/functions.ts';
import { nameIn, type Stage } from '../stages.ts';
import type { CountersignFunction } from './countersign-function.ts';
import { EventQueue } from './event-queue.ts';

/** Every way in which a text does not arrive; that it did is nobody's business here. */
const failures = [
  'TEXT_BLOCKED',
  'TEXT_CARRIER_BLOCKED',
  'TEXT_CARRIER_UNREACHABLE',
  'TEXT_INVALID',
  'TEXT_INVALID_MESSAGE',
  'TEXT_PROTECT_BLOCKED',
  'TEXT_SPAM',
  'TEXT_TTL_EXPIRED',
  'TEXT_UNREACHABLE',
];

export class TextReplies extends Construct {
  readonly topic: Topic;
  readonly events: EventQueue;
  private readonly dataKey: IKey;

  constructor(scope: Construct, id: string, stage: Stage, dataKey: IKey) {
    super(scope, id);
    // By ARN: the constructs would otherwise write their own statements into the policy of the storage's key.
    this.dataKey = Key.fromKeyArn(this, 'DataKey', dataKey.keyArn);
    this.topic = new Topic(this, 'Topic', {
      topicName: nameIn(stage, 'text-replies'),
      masterKey: this.dataKey,
      enforceSSL: true,
    });
    const { account } = Stack.of(this);
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Replies',
        principals: [new ServicePrincipal('sms-voice.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    this.events = new EventQueue(this, 'Events', {
      queueName: nameIn(stage, 'text-replies'),
      visibilityTimeout: Duration.seconds(2 * functions['inbound-text'].timeoutSeconds),
      // No code lives longer than ten minutes: a later reply is worth nothing.
      retentionPeriod: Duration.minutes(10),
      secret: { key: this.dataKey, deadFor: Duration.hours(1) },
    });
    this.events.subscribeTo(this.topic);
    new CfnConfigurationSet(this, 'Settings', {
      configurationSetName: nameIn(stage, 'texts'),
      messageFeedbackEnabled: true,
      eventDestinations: [
        {
          eventDestinationName: 'failures',
          enabled: true,
          matchingEventTypes: failures,
          snsDestination: { topicArn: this.topic.topicArn },
        },
      ],
    });
  }

  deliverTo(receiver: CountersignFunction): void {
    const { region } = Stack.of(this);
    receiver.role.addToPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [this.dataKey.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } },
      }),
    );
    this.events.deliverTo(receiver, 5);
  }
}
