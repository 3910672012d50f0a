/** The one table: on demand, under our key, recoverable to any second, with its stream and its audit index. */
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

import type { Stage } from '../stages.ts';

/** A table as the rest of the app needs it, made here or restored by an operator. */
export interface TableHandle {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string;
}

/** `Table`, not `TableV2`: the latter needs a Region at synthesis when it has a customer key. */
export function encryptedTable(scope: Construct, id: string, stage: Stage, encryptionKey: IKey): TableHandle {
  const table = new Table(scope, id, {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey,
    // Erasing promises that backups live 28 days, so no longer than that.
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 28 },
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'expiresAt',
    deletionProtection: stage.keepData,
    removalPolicy: stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  table.addGlobalSecondaryIndex({
    indexName: 'audit',
    partitionKey: { name: 'auditPk', type: AttributeType.STRING },
    sortKey: { name: 'auditSk', type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  });
  if (!table.tableStreamArn) throw new Error('the table was made without its stream');
  return { name: table.tableName, arn: table.tableArn, streamArn: table.tableStreamArn };
}

/** A table that an operator restored from a backup, standing in for the stack's own. */
export function restoredTable(scope: Construct, { name, streamArn }: NonNullable<Stage['restoredTable']>): TableHandle {
  const arn = Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: name });
  return { name, arn, streamArn };
}
