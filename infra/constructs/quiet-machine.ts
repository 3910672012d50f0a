/** A Standard state machine as all of ours are: encrypted under our key, its steps logged and never what goes through them. */
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CustomerManagedEncryptionConfiguration,
  DefinitionBody,
  LogLevel,
  StateMachine,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

import { nameIn, type Stage } from '../stages.ts';

export interface QuietMachineProps {
  readonly stage: Stage;
  readonly name: string;
  /** JSONata; `${…}` in it are filled in from the substitutions. */
  readonly definition: object;
  readonly substitutions: Record<string, string>;
  readonly dataKey: IKey;
}

/** With no more rights than to write its log: what its tasks take, its construct adds. */
export function quietMachine(scope: Construct, { stage, name: part, definition, substitutions, dataKey }: QuietMachineProps): StateMachine {
  const name = nameIn(stage, part);
  const machine = new StateMachine(scope, 'Machine', {
    stateMachineName: name,
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromString(JSON.stringify(definition)),
    definitionSubstitutions: substitutions,
    // By ARN: the construct would otherwise write an unconditioned statement into the policy of the storage's key.
    encryptionConfiguration: new CustomerManagedEncryptionConfiguration(Key.fromKeyArn(scope, 'DataKey', dataKey.keyArn)),
    logs: {
      destination: new LogGroup(scope, 'Logs', {
        // The prefix that AWS asks for, so that the account's policy for log delivery stays short.
        logGroupName: `/aws/vendedlogs/states/${name}`,
        retention: stage.logRetentionDays,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      level: LogLevel.ALL,
      includeExecutionData: false,
    },
  });
  Validations.of(machine.role).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason: 'Log delivery for Step Functions is granted by actions that know no resource.',
  });
  Validations.of(machine).acknowledge({
    id: 'AwsSolutions::AwsSolutions-SF2',
    reason: 'Traces would copy ids to another store at a price per step; the history shows every step.',
  });
  return machine;
}
