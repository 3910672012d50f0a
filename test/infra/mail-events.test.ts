import { describe, expect, it } from 'vitest';

import { functions } from '../../shared/contract/functions.ts';
import { onlyOne, resourcesOf, stageNamed, synthesize } from './synthesize.ts';

const { service, storage } = synthesize(stageNamed('small'));
const topic = onlyOne(service, 'AWS::SNS::Topic').Properties;
const policyText = JSON.stringify(onlyOne(service, 'AWS::SNS::TopicPolicy').Properties['PolicyDocument']);
const queues = [...resourcesOf(service, 'AWS::SQS::Queue')];
const [queueId, queue] = queues.find(([, { Properties }]) => Properties['QueueName'] === 'countersign-small-mail-events') ?? [];

describe('what SES tells of our mails', () => {
  it('is bounces and complaints, and no opens or clicks: those would put links of SES into every mail', () => {
    const destination = onlyOne(service, 'AWS::SES::ConfigurationSetEventDestination').Properties;

    expect(destination).toEqual({
      ConfigurationSetName: 'countersign-small-mail',
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['bounce', 'complaint'],
        SnsDestination: { TopicARN: { Ref: expect.stringMatching(/^MailFeedbackTopic/) as string } },
      },
    });
    expect(onlyOne(storage, 'AWS::SES::ConfigurationSet').Properties['Name']).toBe('countersign-small-mail');
  });

  it('comes by a topic under our key, to which only SES may publish, for these settings of this account', () => {
    expect(topic['TopicName']).toBe('countersign-small-mail-events');
    expect(JSON.stringify(topic['KmsMasterKeyId'])).toContain('DataKey');
    expect(policyText).toContain('"Service":"ses.amazonaws.com"');
    expect(policyText).toContain('configuration-set/countersign-small-mail');
    expect(policyText).toContain('"aws:SourceAccount":{"Ref":"AWS::AccountId"}');
  });

  it('may use the key only for that topic', () => {
    const keys = JSON.stringify([...resourcesOf(storage, 'AWS::KMS::Key').values()]);

    expect(keys).toMatch(/"kms:EncryptionContext:aws:sns:topicArn":\{"Fn::Join":\[[^}]*\}[^}]*\}[^}]*\}[^}]*countersign-small-mail-events/);
  });

  it('goes on to a queue, and what fails five times to its dead letters', () => {
    const subscription = onlyOne(service, 'AWS::SNS::Subscription').Properties;

    expect(subscription).toMatchObject({ Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': [queueId, 'Arn'] } });
    expect(queue?.Properties['RedrivePolicy']).toMatchObject({ maxReceiveCount: 5 });
    expect(queue?.Properties['VisibilityTimeout']).toBeGreaterThan(functions['mail-events'].timeoutSeconds);
  });
});
