/** The call flows inside the Connect instance, and the instance's leave to call the function that decides. */
import { CfnContactFlow, CfnIntegrationAssociation } from 'aws-cdk-lib/aws-connect';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { callFlow, type CallFlowKind } from '../connect/call-flow.ts';
import { nameIn, type Stage, type Telephony } from '../stages.ts';
import { logicalName } from './countersign-function.ts';

export interface CallFlowsProps {
  readonly stage: Stage;
  readonly telephony: Telephony;
  readonly instanceArn: string;
  readonly decides: LambdaFunction;
}

export class CallFlows extends Construct {
  readonly key: CfnContactFlow;
  readonly entry: CfnContactFlow;

  constructor(scope: Construct, id: string, props: CallFlowsProps) {
    super(scope, id);
    const { decides, instanceArn } = props;
    decides.addPermission('FromConnect', {
      principal: new ServicePrincipal('connect.amazonaws.com'),
      sourceAccount: Stack.of(this).account,
      sourceArn: instanceArn,
    });
    const association = new CfnIntegrationAssociation(this, 'Association', {
      instanceId: instanceArn,
      integrationArn: decides.functionArn,
      integrationType: 'LAMBDA_FUNCTION',
    });
    // One after the other: Connect takes two such requests a second.
    this.key = this.makeFlow('key', props);
    this.entry = this.makeFlow('entry', props);
    this.key.addResourceDependency(association);
    this.entry.addResourceDependency(this.key);
  }

  private makeFlow(kind: CallFlowKind, props: CallFlowsProps): CfnContactFlow {
    const flow = callFlow({ kind, functionArn: props.decides.functionArn, voices: props.telephony.voices });
    return new CfnContactFlow(this, logicalName(kind), {
      instanceArn: props.instanceArn,
      name: nameIn(props.stage, `call-${kind}`),
      type: 'CONTACT_FLOW',
      state: 'ACTIVE',
      content: Stack.of(this).toJsonString(flow),
    });
  }
}
