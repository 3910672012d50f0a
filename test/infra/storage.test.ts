import { describe, expect, it } from 'vitest';

import { onlyOne, resourcesOf, stageNamed, synthesize } from './synthesize.ts';

const { storage } = synthesize(stageNamed('full'));

describe('the table', () => {
  it('is encrypted under our own key', () => {
    expect(onlyOne(storage, 'AWS::DynamoDB::Table').Properties['SSESpecification']).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^DataKey/) as string, 'Arn'] },
    });
  });

  it('can be restored to any second of 28 days, and no longer, since erasing promises that', () => {
    expect(onlyOne(storage, 'AWS::DynamoDB::Table').Properties['PointInTimeRecoverySpecification']).toEqual({
      PointInTimeRecoveryEnabled: true,
      RecoveryPeriodInDays: 28,
    });
  });

  it('outlives its stack and refuses to be deleted', () => {
    const table = onlyOne(storage, 'AWS::DynamoDB::Table');

    expect(table.DeletionPolicy).toBe('Retain');
    expect(table.Properties['DeletionProtectionEnabled']).toBe(true);
  });

  it('has the keys, the audit index, the stream and the time to live that the product relies on', () => {
    const key = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' },
      { AttributeName: range, KeyType: 'RANGE' },
    ];

    expect(onlyOne(storage, 'AWS::DynamoDB::Table').Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('pk', 'sk'),
      GlobalSecondaryIndexes: [
        { IndexName: 'audit', KeySchema: key('auditPk', 'auditSk'), Projection: { ProjectionType: 'ALL' } },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  it('gives way to a table that an operator restored', () => {
    const streamArn = 'arn:aws:dynamodb:us-east-1:111122223333:table/back/stream/2026-11-21T00:00:00.000';
    const { service, storage: kept } = synthesize({
      ...stageNamed('small'),
      restoredTable: { name: 'back', streamArn },
    });

    const functions = [...resourcesOf(service, 'AWS::Lambda::Function').values()];
    const tables = functions.map(
      ({ Properties }) =>
        (Properties['Environment'] as { Variables: Record<string, unknown> }).Variables['COUNTERSIGN_TABLE'],
    );
    expect(new Set(tables)).toEqual(new Set(['back']));
    const sources = [...resourcesOf(service, 'AWS::Lambda::EventSourceMapping').values()].map(({ Properties }) => Properties['EventSourceArn']);
    expect(sources).toContain(streamArn);
    expect(onlyOne(kept, 'AWS::DynamoDB::Table').DeletionPolicy).toBe('Retain');
  });
});

describe('the keys', () => {
  const keys = [...resourcesOf(storage, 'AWS::KMS::Key')];
  const policyOf = (start: string) =>
    (keys.find(([id]) => id.startsWith(start))?.[1].Properties['KeyPolicy'] as { Statement: Record<string, unknown>[] })
      .Statement;

  it('rotate every year and outlive their stack', () => {
    expect(keys.map(([, { Properties, DeletionPolicy }]) => [Properties['EnableKeyRotation'], DeletionPolicy])).toEqual(
      [
        [true, 'Retain'],
        [true, 'Retain'],
      ],
    );
  });

  it('let no service use the root key', () => {
    expect(policyOf('RootKey')).toHaveLength(1);
    expect(policyOf('RootKey')[0]).toMatchObject({
      Principal: { AWS: { 'Fn::Join': ['', expect.arrayContaining([':root'])] } },
    });
  });

  it('let anyone else use the data key only through DynamoDB, from this account', () => {
    const open = policyOf('DataKey').filter(({ Principal }) => JSON.stringify(Principal) === '{"AWS":"*"}');

    expect(open).toHaveLength(1);
    expect(open[0]).toMatchObject({
      Condition: {
        StringEquals: {
          'kms:CallerAccount': { Ref: 'AWS::AccountId' },
          'kms:ViaService': { 'Fn::Join': ['', ['dynamodb.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
        },
      },
    });
  });

  it('let no service use the data key without saying for whom', () => {
    const services = policyOf('DataKey').filter(({ Principal }) => 'Service' in (Principal as object));

    expect(services.map(({ Sid }) => Sid)).toEqual(['AlarmsToTopic', 'MailEventsToTopic', 'WorkflowLogs', 'RepliesToTopicAndQueue']);
    expect(services.every(({ Condition }) => Condition !== undefined)).toBe(true);
  });
});

describe('mail', () => {
  it('is sent over TLS only, and neither opens nor clicks are tracked: that would rewrite invitation links', () => {
    const settings = onlyOne(storage, 'AWS::SES::ConfigurationSet').Properties;

    expect(settings['DeliveryOptions']).toEqual({ TlsPolicy: 'REQUIRE' });
    expect(settings).not.toHaveProperty('TrackingOptions');
    expect(settings).not.toHaveProperty('VdmOptions');
    expect(resourcesOf(storage, 'AWS::SES::ConfigurationSetEventDestination').size).toBe(0);
  });

  it('goes through these settings by default', () => {
    expect(onlyOne(storage, 'AWS::SES::EmailIdentity').Properties['ConfigurationSetAttributes']).toEqual({
      ConfigurationSetName: { Ref: expect.stringMatching(/^MailSettings/) as string },
    });
  });
});

describe('the stage that runs on one machine', () => {
  it('keeps nothing', () => {
    const { storage: local, telephony } = synthesize(stageNamed('local'));
    const kept = [local, telephony]
      .flatMap((template) => (template ? [...resourcesOf(template)] : []))
      .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');

    expect(kept).toEqual([]);
    expect(onlyOne(local, 'AWS::DynamoDB::Table').Properties['DeletionProtectionEnabled']).toBe(false);
  });
});
