/** What Amazon SES tells of our mails: bounces and complaints, from a topic to a queue, to the function that marks addresses. */
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { ConfigurationSet, ConfigurationSetEventDestination, EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { functions } from '../../shared/contract/functions.ts';
import { mailSettingsName, mailTopicName, type Stage } from '../stages.ts';
import type { CountersignFunction } from './countersign-function.ts';
import { EventQueue } from './event-queue.ts';

export class MailEvents extends Construct {
  constructor(scope: Construct, id: string, stage: Stage, dataKey: IKey, receiver: CountersignFunction) {
    super(scope, id);
    const topic = this.makeTopic(stage, dataKey);
    const events = new EventQueue(this, 'Events', {
      queueName: mailTopicName(stage),
      visibilityTimeout: Duration.seconds(6 * functions['mail-events'].timeoutSeconds),
      retentionPeriod: Duration.days(4),
    });
    const subscription = events.subscribeTo(topic);
    // Opens and clicks are left out: to count them, SES would write a picture and links of its own into every mail.
    new ConfigurationSetEventDestination(this, 'Destination', {
      configurationSet: ConfigurationSet.fromConfigurationSetName(this, 'MailSettings', mailSettingsName(stage)),
      destination: EventDestination.snsTopic(topic),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    }).node.addDependency(topic, subscription);
    events.deliverTo(receiver, 10);
  }

  /** The key by its ARN: the storage stack's own policy lets SES use it, for this topic. */
  private makeTopic(stage: Stage, dataKey: IKey): Topic {
    const masterKey = Key.fromKeyArn(this, 'DataKey', dataKey.keyArn);
    const topic = new Topic(this, 'Topic', { topicName: mailTopicName(stage), masterKey, enforceSSL: true });
    const stack = Stack.of(this);
    const settings = { service: 'ses', resource: 'configuration-set', resourceName: mailSettingsName(stage) };
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'MailEvents',
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': stack.formatArn(settings) } },
      }),
    );
    return topic;
  }
}
