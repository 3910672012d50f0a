/** A Lambda function as shared/contract/functions.ts describes it: nothing more in its environment, nor allowed. */
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { functions, type FunctionDescription, type FunctionName } from '../../shared/contract/functions.ts';
import { nameIn } from '../stages.ts';
import { statementsOf } from './grants.ts';
import { environmentOf, type Surroundings } from './surroundings.ts';

export interface CountersignFunctionProps {
  readonly name: FunctionName;
  readonly around: Surroundings;
  /** The folder that holds its `index.mjs`. */
  readonly bundle: string;
}

/** `api-sign-in` → `ApiSignIn`: logical ids are stable words. */
export function logicalName(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export class CountersignFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, { name, around, bundle }: CountersignFunctionProps) {
    super(scope, logicalName(name));
    const { stage } = around;
    const described: FunctionDescription = functions[name];
    const functionName = nameIn(stage, name);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const permitted = described.may.flatMap((grant) => statementsOf(grant, around));
    const logs = { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] };
    for (const statement of [new PolicyStatement(logs), ...permitted]) this.role.addToPolicy(statement);
    this.lambda = new LambdaFunction(this, 'Function', {
      functionName,
      description: described.entry,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(bundle),
      memorySize: described.memoryMegabytes,
      timeout: Duration.seconds(described.timeoutSeconds),
      environment: environmentOf(described.environment, around, Stack.of(this)),
      role: this.role,
      logGroup,
      // Start, end and report lines would be most of what is logged, and paid for.
      loggingFormat: LoggingFormat.JSON,
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
    });
  }
}
