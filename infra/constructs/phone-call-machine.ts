/** The phone call's state machine, under our key, logging its steps but never what goes through them. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CustomerManagedEncryptionConfiguration,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { nameIn, type Stage } from '../stages.ts';
import { phoneCallDefinition, type PhoneCallSubstitution } from '../state-machines/phone-call.ts';
import type { TableHandle } from './encrypted-table.ts';

export interface PhoneCallMachineProps {
  readonly stage: Stage;
  readonly place: IFunction;
  readonly endLeg: IFunction;
  readonly table: TableHandle;
  readonly dataKey: IKey;
}

export class PhoneCallMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { stage, place, endLeg, table, dataKey }: PhoneCallMachineProps) {
    super(scope, id);
    const name = nameIn(stage, 'phone-call');
    const substitutions: Record<PhoneCallSubstitution, string> = {
      PlaceFunction: place.functionArn,
      EndLegFunction: endLeg.functionArn,
      Table: table.name,
    };
    this.machine = new StateMachine(this, 'Machine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(JSON.stringify(phoneCallDefinition)),
      definitionSubstitutions: substitutions,
      // By ARN: the construct would otherwise write an unconditioned statement into the policy of the storage's key.
      encryptionConfiguration: new CustomerManagedEncryptionConfiguration(
        Key.fromKeyArn(this, 'DataKey', dataKey.keyArn),
      ),
      logs: {
        destination: new LogGroup(this, 'Logs', {
          // The prefix that AWS asks for, so that the account's policy for log delivery stays short.
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: stage.logRetentionDays,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    for (const task of [place, endLeg]) {
      this.machine.addToRolePolicy(
        new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [task.functionArn] }),
      );
    }
    // Call items only: the machine parks its token there, and must not reach what decides a sign-in.
    this.machine.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:UpdateItem'],
        resources: [table.arn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['CALL#*'] } },
      }),
    );
    this.acknowledge();
  }

  private acknowledge(): void {
    Validations.of(this.machine.role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'Log delivery for Step Functions is granted by actions that know no resource.',
    });
    Validations.of(this.machine).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SF2',
      reason: 'Traces would copy challenge ids to another store at a price per call; the history shows every step.',
    });
  }
}
