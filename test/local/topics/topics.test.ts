import { describe, expect, it } from 'vitest';
import { createTopics, readTopics } from '../../../local/topics/topics.ts';
import type { Resolver } from '../../../local/template/resolver.ts';

const topic = 'arn:aws:sns:us-east-1:111122223333:replies';
const queue = 'arn:aws:sqs:us-east-1:111122223333:replies';

function resolverOf(resources: Record<string, Record<string, unknown>[]>): Resolver {
  const stack = {} as never;
  return {
    types: () => new Set(Object.keys(resources)),
    resources: (type) => (resources[type] ?? []).map((properties, index) => ({ stack, logicalId: `R${String(index)}`, ref: topic, arn: topic, properties })),
  };
}

const template = {
  'AWS::SNS::Topic': [{}],
  'AWS::SNS::Subscription': [
    { TopicArn: topic, Protocol: 'sqs', Endpoint: queue },
    { TopicArn: topic, Protocol: 'email', Endpoint: 'ops@example.com' },
    { TopicArn: 'arn:other', Protocol: 'sqs', Endpoint: 'arn:other-queue' },
  ],
  'AWS::SNS::TopicPolicy': [
    {
      Topics: [topic],
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'sms-voice.amazonaws.com' } },
          { Effect: 'Deny', Action: 'sns:Publish', Principal: { Service: 'other.amazonaws.com' } },
        ],
      },
    },
  ],
};

function setup() {
  const sent: [string, Record<string, string>][] = [];
  const queues = { send: (arn: string, body: string) => String(sent.push([arn, JSON.parse(body) as Record<string, string>])) };
  return { sent, topics: createTopics(readTopics(resolverOf(template)), { queues, now: () => 1_795_287_642_000 }) };
}

describe('the topics', () => {
  it('tell every queue that subscribed, in the envelope of SNS', () => {
    const { sent, topics } = setup();
    const MessageId = topics.publish(topic, '{"a":1}');

    expect(sent).toEqual([[queue, expect.objectContaining({ Type: 'Notification', MessageId, TopicArn: topic, Message: '{"a":1}', Timestamp: '2026-11-21T19:00:42.000Z' })]]);
  });

  it('are open to the services that their policies name', () => {
    const { topics } = setup();

    expect(topics.openTo('sms-voice.amazonaws.com')).toEqual([topic]);
    expect(topics.openTo('other.amazonaws.com')).toEqual([]);
  });

  it('refuse a topic that is not there, and a subscription that would behave differently', () => {
    expect(() => setup().topics.publish('arn:none', 'x')).toThrow('There is no topic');
    const raw = { ...template, 'AWS::SNS::Subscription': [{ TopicArn: topic, Protocol: 'sqs', Endpoint: queue, RawMessageDelivery: true }] };
    expect(() => readTopics(resolverOf(raw))).toThrow('raw or filtered');
  });
});
