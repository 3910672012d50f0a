/** The IAM statements of a template, by the function or machine whose role has them. */
import type { Template } from 'aws-cdk-lib/assertions';

import { resourcesOf, type Resource } from './synthesize.ts';

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Referring {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: readonly [string, string];
}

export const actionsOf = ({ Action }: Statement): readonly string[] => (typeof Action === 'string' ? [Action] : Action);

export const resourcesIn = ({ Resource }: Statement): readonly unknown[] =>
  Array.isArray(Resource) ? (Resource as unknown[]) : [Resource];

/** All statements of policies attached to a role. */
export function statementsOfRole(template: Template, roleId: string): Statement[] {
  return [...resourcesOf(template, 'AWS::IAM::Policy').values()]
    .filter(({ Properties }) => (Properties['Roles'] as Referring[]).some(({ Ref }) => Ref === roleId))
    .flatMap(({ Properties }) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement);
}

const roleOf = (role: unknown): string => (role as Referring)['Fn::GetAtt']?.[0] ?? '';

/** By the part of the function's name after the stage: `api-sign-in`. */
export function statementsByFunction(template: Template, stageName: string): Map<string, Statement[]> {
  return new Map(
    [...resourcesOf(template, 'AWS::Lambda::Function').values()].map(({ Properties }) => [
      (Properties['FunctionName'] as string).replace(`countersign-${stageName}-`, ''),
      statementsOfRole(template, roleOf(Properties['Role'])),
    ]),
  );
}

/** The properties of the machine by its name after the stage: `phone-call`. */
export function machineNamed(template: Template, name: string): Resource['Properties'] {
  const machines = [...resourcesOf(template, 'AWS::StepFunctions::StateMachine').values()];
  const machine = machines.find(({ Properties }) => String(Properties['StateMachineName']).endsWith(`-${name}`));
  if (!machine) throw new Error(`no machine ${name}`);
  return machine.Properties;
}

export const statementsOfMachine = (template: Template, name: string): Statement[] =>
  statementsOfRole(template, roleOf(machineNamed(template, name)['RoleArn']));
