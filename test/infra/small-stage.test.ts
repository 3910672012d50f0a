import { describe, expect, it } from 'vitest';

import { actionsOf, statementsByFunction } from './statements.ts';
import { onlyOne, resourcesOf, stageNamed, synthesize } from './synthesize.ts';

const templates = synthesize(stageNamed('small'));
const all = [templates.storage, templates.web, templates.service, templates.watch];
const types = all.flatMap((template) => [...resourcesOf(template).values()].map(({ Type }) => Type));

/** Paid by use alone, or not at all (docs/deployment.md, "What it costs"). Keys are counted apart. */
const freeWhenIdle = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::DynamoDB::Table',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::EmailIdentity',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::StepFunctions::StateMachine',
];

describe('the small stage', () => {
  it('has no telephony, and nothing that costs by the hour or the month but two keys', () => {
    expect(templates.telephony).toBeUndefined();
    expect([...new Set(types)].filter((type) => !freeWhenIdle.includes(type))).toEqual(['AWS::KMS::Key']);
    expect(types.filter((type) => type === 'AWS::KMS::Key')).toHaveLength(2);
  });

  it('stays within the ten alarms that an account has for nothing', () => {
    expect(resourcesOf(templates.watch, 'AWS::CloudWatch::Alarm').size).toBeLessThanOrEqual(10);
  });

  it('still watches every function that a caller waits for, the API, the stream and its dead letters', () => {
    const names = [...resourcesOf(templates.watch, 'AWS::CloudWatch::Alarm').values()].map(({ Properties }) =>
      (Properties['AlarmName'] as string).replace('countersign-small-', ''),
    );

    expect(names.sort()).toEqual([
      'api-factors-errors',
      'api-organizations-errors',
      'api-send-errors',
      'api-server-errors',
      'api-service-errors',
      'api-sign-in-errors',
      'api-users-errors',
      'table-stream-age',
      'table-stream-dead',
      'table-stream-errors',
    ]);
  });

  it('has no capacity that is paid while nobody calls', () => {
    const functions = [...resourcesOf(templates.service, 'AWS::Lambda::Function').values()];

    expect(onlyOne(templates.storage, 'AWS::DynamoDB::Table').Properties).not.toHaveProperty('ProvisionedThroughput');
    expect(functions.filter(({ Properties }) => 'SnapStart' in Properties)).toEqual([]);
    expect(types).not.toContain('AWS::Lambda::Alias');
  });

  it('lets no function call or text, and one start and wake the only workflow, that of enrollments', () => {
    const byFunction = statementsByFunction(templates.service, 'small');
    const actions = [...byFunction.values()].flat().flatMap(actionsOf);
    const ofWorkflows = [...byFunction].filter(([, statements]) => statements.flatMap(actionsOf).some((action) => action.startsWith('states:')));

    expect(actions.filter((action) => /^(?:connect|sms-voice|sns):/.test(action))).toEqual([]);
    expect(ofWorkflows.map(([name]) => name)).toEqual(['table-stream']);
    expect(resourcesOf(templates.service, 'AWS::StepFunctions::StateMachine').size).toBe(1);
  });

  it('leaves the variables of telephony and texts out', () => {
    const variables = [...resourcesOf(templates.service, 'AWS::Lambda::Function').values()].flatMap(({ Properties }) =>
      Object.keys((Properties['Environment'] as { Variables: object }).Variables),
    );

    expect([...new Set(variables)].sort()).toEqual([
      'COUNTERSIGN_ENROLLMENT_MACHINE',
      'COUNTERSIGN_ISSUER',
      'COUNTERSIGN_MAIL_FROM',
      'COUNTERSIGN_PAGES',
      'COUNTERSIGN_PASSKEY_SITE',
      'COUNTERSIGN_PUSH',
      'COUNTERSIGN_ROOT_KEY',
      'COUNTERSIGN_STAGE',
      'COUNTERSIGN_TABLE',
    ]);
  });
});
