/** What outlives every deployment: the two keys, the table, and the name that mail is sent from. */
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

import { encryptedTable, restoredTable, type TableHandle } from '../constructs/encrypted-table.ts';
import { hearsBack, mailSettingsName, mailTopicName, nameIn, type Stage } from '../stages.ts';

export class StorageStack extends Stack {
  /** Wraps the stage's root key. Functions use it directly, each within its grant. */
  readonly rootKey: Key;
  /** Encrypts at rest: table, alarms, workflow history. Only services use it. */
  readonly dataKey: Key;
  readonly table: TableHandle;
  readonly mailArns: readonly string[];

  constructor(scope: Construct, id: string, stage: Stage, props?: StackProps) {
    super(scope, id, { ...props, terminationProtection: stage.keepData });
    const removalPolicy = stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.rootKey = this.makeKey('RootKey', 'Wraps the root key of Countersign.', stage);
    this.dataKey = this.makeKey('DataKey', 'Encrypts what Countersign stores.', stage);
    this.letServicesUse(this.dataKey, stage);
    const ownTable = encryptedTable(this, 'Table', stage, this.dataKey);
    this.table = stage.restoredTable ? restoredTable(this, stage.restoredTable) : ownTable;
    this.mailArns = this.makeMail(stage, removalPolicy);
    new CfnOutput(this, 'TableName', { value: this.table.name });
  }

  private makeKey(id: string, description: string, stage: Stage): Key {
    const key = new Key(this, id, {
      description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(stage.keepData ? 30 : 7),
      removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const part = id === 'RootKey' ? 'root' : 'data';
    new Alias(this, `${id}Alias`, { aliasName: `alias/${nameIn(stage, part)}`, targetKey: key });
    return key;
  }

  /** As AWS writes it for its own DynamoDB key: whoever may use the table may have it opened, and only there. */
  private letServicesUse(key: Key, stage: Stage): void {
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'ThroughDynamoDB',
        principals: [new AnyPrincipal()],
        actions: [
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey*',
          'kms:ReEncrypt*',
        ],
        resources: ['*'],
        conditions: {
          StringEquals: {
            'kms:CallerAccount': this.account,
            'kms:ViaService': `dynamodb.${this.region}.amazonaws.com`,
          },
        },
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsToTopic',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    key.addToResourcePolicy(this.mailEvents(stage));
    if (stage.telephony) key.addToResourcePolicy(this.workflowLogs());
    if (hearsBack(stage)) key.addToResourcePolicy(this.replies());
  }

  /** The service that receives texts puts them on a topic under this key, and the topic on a queue under it. */
  private replies(): PolicyStatement {
    return new PolicyStatement({
      sid: 'RepliesToTopicAndQueue',
      principals: [new ServicePrincipal('sms-voice.amazonaws.com'), new ServicePrincipal('sns.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
    });
  }

  /** SES encrypts what it tells the topic of mail events, and nothing else: the topic is in the context that SNS gives. */
  private mailEvents(stage: Stage): PolicyStatement {
    const topicArn = this.formatArn({ service: 'sns', resource: mailTopicName(stage) });
    return new PolicyStatement({
      sid: 'MailEventsToTopic',
      principals: [new ServicePrincipal('ses.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'kms:EncryptionContext:aws:sns:topicArn': topicArn } },
    });
  }

  /** Step Functions encrypts what it logs for the log service, under the account's log ARN as context. */
  private workflowLogs(): PolicyStatement {
    const context = `arn:${this.partition}:logs:${this.region}:${this.account}:*`;
    return new PolicyStatement({
      sid: 'WorkflowLogs',
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:Decrypt'],
      resources: ['*'],
      conditions: { StringEquals: { 'kms:EncryptionContext:SourceArn': context } },
    });
  }

  private makeMail(stage: Stage, removalPolicy: RemovalPolicy): string[] {
    const configurationSet = new ConfigurationSet(this, 'MailSettings', {
      configurationSetName: mailSettingsName(stage),
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    const identity = new EmailIdentity(this, 'MailIdentity', {
      identity: Identity.domain(stage.mail.domain),
      configurationSet,
    });
    identity.applyRemovalPolicy(removalPolicy);
    for (const [index, { name, value }] of identity.dkimRecords.entries()) {
      new CfnOutput(this, `MailRecord${index + 1}`, { value: `${name} CNAME ${value}` });
    }
    const settingsArn = this.formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSet.configurationSetName,
    });
    return [identity.emailIdentityArn, settingsArn];
  }
}
