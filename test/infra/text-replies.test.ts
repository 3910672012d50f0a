import { describe, expect, it } from 'vitest';

import { functions } from '../../shared/contract/functions.ts';
import { functionsIn, type Stage } from '../../infra/stages.ts';
import { actionsOf, resourcesIn, statementsByFunction } from './statements.ts';
import { onlyOne, resourcesOf, stageNamed, synthesize, type Resource } from './synthesize.ts';

const full = stageNamed('full');
const { service, watch } = synthesize(full);
const queues = [...resourcesOf(service, 'AWS::SQS::Queue')];
const queueNamed = (name: string) => queues.find(([, { Properties }]) => Properties['QueueName'] === `countersign-full-${name}`);
const mapping = [...resourcesOf(service, 'AWS::Lambda::EventSourceMapping').values()].find(({ Properties }) =>
  (Properties['FunctionName'] as { Ref: string }).Ref.startsWith('InboundText'),
);
const allowedIn = (policy: unknown) =>
  (policy as { Statement: { Effect: string; Sid: string }[] }).Statement.filter(({ Effect }) => Effect === 'Allow');

/** Mails have a topic of their own beside it. */
function ofReplies(type: string): Resource {
  const [found, ...others] = [...resourcesOf(service, type)].filter(([id]) => id.startsWith('TextReplies')).map(([, resource]) => resource);
  if (!found || others.length > 0) throw new Error(`not one ${type}`);
  return found;
}

describe('replies to texts', () => {
  it('come by a topic under our key, to which only the service of the numbers may write, for this account', () => {
    const topic = ofReplies('AWS::SNS::Topic');
    const { PolicyDocument } = ofReplies('AWS::SNS::TopicPolicy').Properties;

    expect(topic.Properties).not.toHaveProperty('FifoTopic');
    expect(JSON.stringify(topic.Properties['KmsMasterKeyId'])).toContain('DataKey');
    expect(allowedIn(PolicyDocument)).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Principal: { Service: 'sms-voice.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  it('go to one queue, which takes them from that topic alone', () => {
    const [id] = queueNamed('text-replies') ?? [];
    const policy = [...resourcesOf(service, 'AWS::SQS::QueuePolicy').values()].find(({ Properties }) =>
      JSON.stringify(Properties['Queues']) === JSON.stringify([{ Ref: id }]),
    );

    expect(ofReplies('AWS::SNS::Subscription').Properties).toMatchObject({ Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': [id, 'Arn'] } });
    expect(allowedIn(policy?.Properties['PolicyDocument'])).toEqual([
      expect.objectContaining({ Action: 'sqs:SendMessage', Condition: { ArnEquals: { 'aws:SourceArn': { Ref: expect.stringMatching(/^TextRepliesTopic/) as string } } } }),
    ]);
  });

  it('are kept no longer than a code counts, and what failed an hour, enough to raise the alarm (P6)', () => {
    expect(queueNamed('text-replies')?.[1].Properties['MessageRetentionPeriod']).toBe(600);
    expect(queueNamed('text-replies-dead')?.[1].Properties['MessageRetentionPeriod']).toBe(3600);
    const alarms = [...resourcesOf(watch, 'AWS::CloudWatch::Alarm').values()].map(({ Properties }) => Properties['AlarmName']);
    expect(alarms).toContain('countersign-full-text-replies-dead');
  });

  it('are tried again one by one, after the function had its time', () => {
    expect(mapping?.Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
    expect(queueNamed('text-replies')?.[1].Properties['VisibilityTimeout']).toBeGreaterThan(functions['inbound-text'].timeoutSeconds);
  });

  it('are opened by their function through the queue and in no other way', () => {
    const opening = (statementsByFunction(service, 'full').get('inbound-text') ?? []).filter(({ Resource }) => JSON.stringify(Resource).includes('DataKey'));

    expect(opening.map((statement) => [...actionsOf(statement)])).toEqual([['kms:Decrypt']]);
    expect(opening[0]?.Condition).toEqual({ StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sqs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } });
  });
});

describe('texts', () => {
  const sendersOf = (stage: Stage) => {
    const statements = [...statementsByFunction(synthesize(stage).service, stage.name)];
    const sends = (action: string): boolean => action === 'sns:Publish' || action === 'sms-voice:SendTextMessage';
    return statements.flatMap(([name, all]) => all.filter((each) => actionsOf(each).some(sends)).map((each) => ({ name, ...each })));
  };

  it('are sent by three functions, from the origination of the stage and no other', () => {
    const senders = sendersOf(full);

    expect(senders.map(({ name }) => name).sort()).toEqual(['api-factors', 'api-pages', 'api-send']);
    const { texting } = full;
    const own = texting?.carrier === 'end-user-messaging' ? texting.origination : 'none';
    const within = `${own.split(':').slice(0, 5).join(':')}:configuration-set/countersign-full-texts`;
    expect(senders.map(resourcesIn)).toEqual([[own, within], [own, within], [own, within]]);
  });

  it('by SNS go to numbers and to no topic, and take no replies', () => {
    const stage: Stage = { ...full, texting: { carrier: 'sns', mostPerText: '0.10' } };

    expect(sendersOf(stage).map((statement) => ({ ...statement }) as { NotResource?: unknown }).map(({ NotResource }) => NotResource)).toEqual(['arn:*:sns:*:*:*', 'arn:*:sns:*:*:*', 'arn:*:sns:*:*:*']);
    expect(functionsIn(stage)).not.toContain('inbound-text');
    expect([...resourcesOf(synthesize(stage).service, 'AWS::SNS::Topic').keys()].filter((id) => id.startsWith('TextReplies'))).toEqual([]);
  });

  it('that do not arrive are told of on the same topic, and nothing else is', () => {
    const { ConfigurationSetName, EventDestinations } = onlyOne(service, 'AWS::SMSVOICE::ConfigurationSet').Properties as {
      ConfigurationSetName: string;
      EventDestinations: { MatchingEventTypes: string[]; SnsDestination: unknown }[];
    };
    const api = [...resourcesOf(service, 'AWS::Lambda::Function').values()].find(({ Properties }) => Properties['FunctionName'] === 'countersign-full-api-send');
    const { COUNTERSIGN_TEXTING } = (api?.Properties['Environment'] as { Variables: Record<string, string> }).Variables;

    expect(JSON.parse(COUNTERSIGN_TEXTING ?? '')).toEqual({ ...full.texting, configurationSet: ConfigurationSetName });
    expect(EventDestinations.map(({ SnsDestination }) => SnsDestination)).toEqual([{ TopicArn: { Ref: expect.stringMatching(/^TextRepliesTopic/) as string } }]);
    expect(EventDestinations[0]?.MatchingEventTypes).toContain('TEXT_UNREACHABLE');
    expect(EventDestinations[0]?.MatchingEventTypes).not.toContain('TEXT_DELIVERED');
  });
});
