/** The IAM statements of a template, by the function or machine whose role has them. */
import type { Template } from 'aws-cdk-lib/assertions';

import { resourcesOf } from './synthesize.ts';

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

export function statementsOfMachine(template: Template): Statement[] {
  const [machine] = resourcesOf(template, 'AWS::StepFunctions::StateMachine').values();
  return statementsOfRole(template, roleOf(machine?.Properties['RoleArn']));
}
