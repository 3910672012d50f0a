/** The enrollment's state machine, under our key, logging its steps but never what goes through them. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

import type { Stage } from '../stages.ts';
import { enrollmentDefinition, type EnrollmentSubstitution } from '../state-machines/enrollment.ts';
import type { TableHandle } from './encrypted-table.ts';
import { quietMachine } from './quiet-machine.ts';

export interface EnrollmentMachineProps {
  readonly stage: Stage;
  readonly advance: IFunction;
  readonly table: TableHandle;
  readonly dataKey: IKey;
}

export class EnrollmentMachine extends Construct {
  readonly machine: StateMachine;

  constructor(scope: Construct, id: string, { stage, advance, table, dataKey }: EnrollmentMachineProps) {
    super(scope, id);
    const substitutions: Record<EnrollmentSubstitution, string> = { AdvanceFunction: advance.functionArn, Table: table.name };
    this.machine = quietMachine(this, { stage, name: 'enrollment', definition: enrollmentDefinition, substitutions, dataKey });
    this.machine.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [advance.functionArn] }));
    // Enrollments' records only: the machine parks its token there, and must not reach what decides a sign-in.
    this.machine.addToRolePolicy(
      new PolicyStatement({
        actions: ['dynamodb:UpdateItem'],
        resources: [table.arn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ENROLLMENT#*'] } },
      }),
    );
  }
}
