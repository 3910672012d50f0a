import { describe, expect, it } from 'vitest';

import { functions } from '../../shared/contract/functions.ts';
import { onlyOne, resourcesOf, stageNamed, synthesize, type Resource } from './synthesize.ts';

const { service, telephony, watch } = synthesize(stageNamed('full'));

function mappingOf(functionStart: string): Resource['Properties'] {
  const found = [...resourcesOf(service, 'AWS::Lambda::EventSourceMapping').values()].find(({ Properties }) =>
    (Properties['FunctionName'] as { Ref: string }).Ref.startsWith(functionStart),
  );
  if (!found) throw new Error(`nothing calls ${functionStart}`);
  return found.Properties;
}

const queues = [...resourcesOf(service, 'AWS::SQS::Queue')];
const queueNamed = (name: string) =>
  queues.find(([, { Properties }]) => Properties['QueueName'] === `countersign-full-${name}`);
const idOf = (name: string) => queueNamed(name)?.[0];

describe('the queues', () => {
  it('are encrypted, and refuse what does not come by TLS', () => {
    const policies = [...resourcesOf(service, 'AWS::SQS::QueuePolicy').values()].map(({ Properties }) =>
      JSON.stringify(Properties),
    );

    const ours = queues.filter(([, { Properties }]) => Properties['SqsManagedSseEnabled'] !== true);

    expect(queues).toHaveLength(7);
    expect(ours.map(([, { Properties }]) => Properties['QueueName']).sort()).toEqual([
      'countersign-full-text-replies',
      'countersign-full-text-replies-dead',
    ]);
    expect(ours.every(([, { Properties }]) => JSON.stringify(Properties['KmsMasterKeyId']).includes('DataKey'))).toBe(true);
    for (const [id] of queues) {
      expect(policies.find((policy) => policy.includes(`"Queues":[{"Ref":"${id}"}]`))).toContain(
        '"aws:SecureTransport":"false"',
      );
    }
  });

  it('keep dead letters for two weeks and raise an alarm at the first', () => {
    for (const name of ['table-stream-dead', 'contact-events-dead', 'mail-events-dead']) {
      const alarm = [...resourcesOf(watch, 'AWS::CloudWatch::Alarm').values()].find(
        ({ Properties }) => Properties['AlarmName'] === `countersign-full-${name}`,
      );

      expect(queueNamed(name)?.[1].Properties['MessageRetentionPeriod']).toBe(14 * 86_400);
      expect(alarm?.Properties).toMatchObject({
        Threshold: 1,
        Dimensions: [{ Name: 'QueueName', Value: `countersign-full-${name}` }],
      });
    }
  });
});

describe("the table's stream", () => {
  it('reaches its function from the beginning, with bounded retries, halved batches and a place for what fails', () => {
    expect(mappingOf('TableStream')).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [idOf('table-stream-dead'), 'Arn'] } } },
    });
  });

  it('brings new events that need a notice, changed call items, enrollments, and nothing else', () => {
    const { Filters } = mappingOf('TableStream')['FilterCriteria'] as { Filters: { Pattern: string }[] };

    expect(Filters.map(({ Pattern }) => JSON.parse(Pattern) as unknown)).toEqual([
      {
        eventName: ['INSERT'],
        dynamodb: { Keys: { sk: { S: [{ prefix: 'EVENT#' }] } }, NewImage: { notice: { S: [{ exists: true }] } } },
      },
      { eventName: ['MODIFY'], dynamodb: { Keys: { pk: { S: [{ prefix: 'CALL#' }] } } } },
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { Keys: { pk: { S: [{ prefix: 'ENROLLMENT#' }] } } } },
    ]);
  });
});

describe('contact events', () => {
  it('come from our own instance, through a queue with dead letters', () => {
    const { EventPattern, Targets } = onlyOne(service, 'AWS::Events::Rule').Properties as {
      EventPattern: Record<string, unknown>;
      Targets: { Arn: unknown }[];
    };

    expect(EventPattern).toMatchObject({ source: ['aws.connect'], 'detail-type': ['Amazon Connect Contact Event'] });
    expect(JSON.stringify(EventPattern['resources'])).toMatch(/^\[\{"Fn::ImportValue":"[^"]*InstanceArn[^"]*"\}\]$/);
    expect(Targets.map(({ Arn }) => Arn)).toEqual([{ 'Fn::GetAtt': [idOf('contact-events'), 'Arn'] }]);
    expect(queueNamed('contact-events')?.[1].Properties['RedrivePolicy']).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [idOf('contact-events-dead'), 'Arn'] },
      maxReceiveCount: 5,
    });
  });

  it('are tried again one by one, after the function had its time', () => {
    const seconds = queueNamed('contact-events')?.[1].Properties['VisibilityTimeout'] as number;

    expect(mappingOf('ConnectContactEvents')['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures']);
    expect(seconds).toBeGreaterThan(functions['connect-contact-events'].timeoutSeconds);
  });
});

describe('the telephone line', () => {
  const line = telephony ?? service;

  it('can only call out, and logs no flow', () => {
    expect(onlyOne(line, 'AWS::Connect::Instance').Properties['Attributes']).toMatchObject({
      InboundCalls: false,
      OutboundCalls: true,
      ContactflowLogs: false,
    });
  });

  it('outlives its stack: instances and numbers are hard to come by again', () => {
    expect([...resourcesOf(line).values()].map(({ Type, DeletionPolicy }) => [Type, DeletionPolicy])).toEqual([
      ['AWS::Connect::Instance', 'Retain'],
      ['AWS::Connect::PhoneNumber', 'Retain'],
    ]);
  });
});

describe('the call flows', () => {
  it('are in the instance, after it may call the function, and name it', () => {
    const flows = [...resourcesOf(service, 'AWS::Connect::ContactFlow').values()];

    expect(flows.map(({ Properties }) => [Properties['Name'], Properties['Type'], Properties['State']])).toEqual([
      ['countersign-full-call-key', 'CONTACT_FLOW', 'ACTIVE'],
      ['countersign-full-call-entry', 'CONTACT_FLOW', 'ACTIVE'],
    ]);
    for (const { Properties } of flows) expect(JSON.stringify(Properties['Content'])).toContain('ConnectFlowFunction');
    expect(resourcesOf(service, 'AWS::Connect::IntegrationAssociation').size).toBe(1);
  });

  it('may call their function, and nobody else may', () => {
    const permissions = [...resourcesOf(service, 'AWS::Lambda::Permission').values()]
      .map(({ Properties }) => Properties)
      .filter(({ Principal }) => Principal === 'connect.amazonaws.com');

    expect(permissions).toEqual([
      expect.objectContaining({
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: { 'Fn::ImportValue': expect.stringContaining('InstanceArn') as string },
      }),
    ]);
  });
});

describe('the topic of alarms', () => {
  it('is under our key and open to the alarms of this account alone', () => {
    const { PolicyDocument } = onlyOne(watch, 'AWS::SNS::TopicPolicy').Properties as {
      PolicyDocument: { Statement: { Effect: string }[] };
    };

    expect(JSON.stringify(onlyOne(watch, 'AWS::SNS::Topic').Properties['KmsMasterKeyId'])).toContain('DataKey');
    expect(PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  it('hears of every alarm', () => {
    const alarms = [...resourcesOf(watch, 'AWS::CloudWatch::Alarm').values()];

    expect(alarms.every(({ Properties }) => (Properties['AlarmActions'] as unknown[]).length === 1)).toBe(true);
    expect(
      alarms.map(({ Properties }) => (Properties['AlarmName'] as string).replace('countersign-full-', '')),
    ).toEqual(
      expect.arrayContaining([
        'lambda-throttles',
        'api-server-errors',
        'table-stream-age',
        'phone-call-failed',
        'phone-call-timedout',
      ]),
    );
  });
});
