import { describe, expect, it } from 'vitest';

import { functionsIn } from '../../infra/stages.ts';
import { functions, type FunctionDescription, type FunctionName, type Grant } from '../../shared/contract/functions.ts';
import { actionsOf, resourcesIn, statementsByFunction } from './statements.ts';
import { resourcesOf, stageNamed, synthesize, type Resource } from './synthesize.ts';

const full = stageNamed('full');
const { service, watch } = synthesize(full);
const statements = statementsByFunction(service, 'full');
const made = new Map(
  [...resourcesOf(service, 'AWS::Lambda::Function').values()].map((resource) => [
    (resource.Properties['FunctionName'] as string).replace('countersign-full-', '') as FunctionName,
    resource.Properties,
  ]),
);
const variablesOf = (properties: Resource['Properties'] | undefined) =>
  (properties?.['Environment'] as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {};

/** Written out on purpose, not read from infra: a grant that grows is to be seen here. */
const actionsOfGrant: Record<Grant, readonly string[]> = {
  'table:read': ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
  'table:write': ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  'root-key:decrypt': ['kms:Decrypt'],
  'root-key:create': ['kms:GenerateDataKey'],
  'phone-call-machine:start': ['states:StartExecution'],
  'phone-call-machine:wake': ['states:SendTaskSuccess'],
  'enrollment-machine:start': ['states:StartExecution'],
  'enrollment-machine:wake': ['states:SendTaskSuccess'],
  'connect:call': ['connect:StartOutboundVoiceContact'],
  'connect:describe': ['connect:DescribeContact'],
  'mail:send': ['ses:SendEmail'],
  'text:send': ['sms-voice:SendTextMessage'],
  'text:report': ['sms-voice:PutMessageFeedback'],
  // Of a stage with platform applications only: test/infra/push.test.ts.
  'push:send': [],
};
/** What the trigger of a function reads and writes in its name. */
const actionsOfTrigger: Partial<Record<FunctionName, readonly string[]>> = {
  'table-stream': [
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    'sqs:GetQueueAttributes',
    'sqs:GetQueueUrl',
    'sqs:SendMessage',
  ],
  'connect-contact-events': ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
  'mail-events': ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
  'inbound-text': ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'kms:Decrypt'],
};
const actionsOfEvery = ['logs:CreateLogStream', 'logs:PutLogEvents'];

describe.each(Object.keys(functions) as FunctionName[])('%s', (name) => {
  const described: FunctionDescription = functions[name];
  const allowed = statements.get(name) ?? [];

  it('may do exactly what the contract says', () => {
    const wanted = [
      ...actionsOfEvery,
      ...described.may.flatMap((grant) => actionsOfGrant[grant]),
      ...(actionsOfTrigger[name] ?? []),
    ];

    expect([...new Set(allowed.flatMap(actionsOf))].sort()).toEqual([...new Set(wanted)].sort());
    expect(allowed.every(({ Effect }) => Effect === 'Allow')).toBe(true);
  });

  it('may do it to no resource by wildcard but contacts of our own instance and messages of our own', () => {
    const wild = allowed.filter((statement) =>
      resourcesIn(statement).some((resource) => JSON.stringify(resource).includes('*')),
    );
    const reasoned = wild.filter((statement) =>
      actionsOf(statement).every((action) => action.startsWith('connect:') || action === 'sms-voice:PutMessageFeedback'),
    );

    expect(wild).toEqual(reasoned);
    expect(resourcesIn({ Effect: '', Action: '', Resource: wild.flatMap((each) => resourcesIn(each)) })).not.toContain(
      '*',
    );
  });

  it('uses the root key only in the context of its stage and purpose', () => {
    const onKeys = allowed
      .filter((statement) => actionsOf(statement).some((action) => action.startsWith('kms:')))
      .filter(({ Resource }) => !JSON.stringify(Resource).includes('DataKey'));

    for (const { Condition, Resource } of onKeys) {
      expect(Condition).toEqual({
        StringEquals: { 'kms:EncryptionContext:stage': 'full', 'kms:EncryptionContext:purpose': 'countersign-root' },
      });
      expect(JSON.stringify(Resource)).toContain('RootKey');
    }
    expect(onKeys).toHaveLength(described.may.filter((grant) => grant.startsWith('root-key:')).length);
  });

  it('has exactly the environment that the contract names', () => {
    expect(Object.keys(variablesOf(made.get(name))).sort()).toEqual([...described.environment].sort());
  });

  it('runs on Node 24 and arm64, for as long and with as much as the contract says', () => {
    expect(made.get(name)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: described.timeoutSeconds,
      MemorySize: described.memoryMegabytes,
    });
  });

  it('keeps its logs for the time that the stage says', () => {
    const logs = [...resourcesOf(service, 'AWS::Logs::LogGroup').values()];

    expect(
      logs.find(({ Properties }) => Properties['LogGroupName'] === `/aws/lambda/countersign-full-${name}`)?.Properties,
    ).toMatchObject({
      RetentionInDays: full.logRetentionDays,
    });
  });

  it('has an alarm that says who is hurt', () => {
    const alarms = [...resourcesOf(watch, 'AWS::CloudWatch::Alarm').values()].map(({ Properties }) => Properties);

    expect(alarms.find(({ AlarmName }) => AlarmName === `countersign-full-${name}-errors`)).toMatchObject({
      AlarmDescription: described.errorImpact,
      Dimensions: [{ Name: 'FunctionName', Value: `countersign-full-${name}` }],
    });
  });
});

describe('the functions together', () => {
  it('are those of the contract and no others', () => {
    expect([...made.keys()].sort()).toEqual(Object.keys(functions).sort());
  });

  it('have each a role of their own', () => {
    const roles = [...made.values()].map((properties) => JSON.stringify(properties['Role']));

    expect(new Set(roles).size).toBe(made.size);
  });

  it('let nobody but the operator make a data key under the root key', () => {
    const makers = [...statements].filter(([, allowed]) => allowed.flatMap(actionsOf).includes('kms:GenerateDataKey'));

    expect(makers.map(([name]) => name)).toEqual(['operator']);
  });

  it('send mail only from the address of the stage', () => {
    const sending = [...statements.values()]
      .flat()
      .filter((statement) => actionsOf(statement).includes('ses:SendEmail'));

    expect(sending.length).toBeGreaterThan(0);
    for (const { Condition } of sending) expect(Condition).toEqual({ StringEquals: { 'ses:FromAddress': full.mail.from } });
  });

  it('without telephony and texts are those that place and judge no call and read no text', () => {
    expect(functionsIn(stageNamed('small'))).toEqual(
      (Object.keys(functions) as FunctionName[]).filter((name) => !/^(?:connect|phone-call|inbound-text)/.test(name)),
    );
  });
});
