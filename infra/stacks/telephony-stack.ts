/**
 * The telephone line: a Connect instance that can only call out, and one number. A stack of its own and retained,
 * because instances and numbers are hard to come by again: an account may make few of them in a month.
 */
import { CfnInstance, CfnPhoneNumber } from 'aws-cdk-lib/aws-connect';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

import type { PhoneLine } from '../constructs/surroundings.ts';
import type { Stage, Telephony } from '../stages.ts';

export class TelephonyStack extends Stack {
  readonly line: PhoneLine;

  constructor(scope: Construct, id: string, stage: Stage, telephony: Telephony, props?: StackProps) {
    super(scope, id, { ...props, terminationProtection: stage.keepData });
    const instance = new CfnInstance(this, 'Instance', {
      instanceAlias: telephony.instanceAlias,
      identityManagementType: 'CONNECT_MANAGED',
      attributes: { inboundCalls: false, outboundCalls: true, contactflowLogs: false, autoResolveBestVoices: true },
    });
    const number = new CfnPhoneNumber(this, 'CallerNumber', {
      targetArn: instance.attrArn,
      countryCode: telephony.callerNumber.countryCode,
      type: telephony.callerNumber.type,
      description: 'The number that Countersign calls from.',
    });
    for (const resource of [instance, number]) {
      resource.applyRemovalPolicy(stage.keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
    }
    this.line = { instanceArn: instance.attrArn, instanceId: instance.attrId, callerNumber: number.attrAddress };
    new CfnOutput(this, 'CallerNumberAddress', { value: number.attrAddress });
    new CfnOutput(this, 'InstanceArn', { value: instance.attrArn });
  }
}
