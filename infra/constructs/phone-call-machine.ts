/** The phone call's state machine, under our key, logging its steps but never what goes through them. */
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

import type { Stage } from '../stages.ts';
import { phoneCallDefinition, type PhoneCallSubstitution } from '../state-machines/phone-call.ts';
import type { TableHandle } from './encrypted-table.ts';
import { quietMachine } from './quiet-machine.ts';

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
    const substitutions: Record<PhoneCallSubstitution, string> = {
      PlaceFunction: place.functionArn,
      EndLegFunction: endLeg.functionArn,
      Table: table.name,
    };
    this.machine = quietMachine(this, { stage, name: 'phone-call', definition: phoneCallDefinition, substitutions, dataKey });
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
  }
}
