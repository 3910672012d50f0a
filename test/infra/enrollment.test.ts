import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';

import { enrollmentDefinition, enrollmentSubstitutions } from '../../infra/state-machines/enrollment.ts';
import { readDefinition } from '../../local/workflow/definition.ts';
import { actionsOf, machineNamed, resourcesIn, statementsOfMachine } from './statements.ts';
import { resourcesOf, stageNamed, synthesize } from './synthesize.ts';

const { service } = synthesize(stageNamed('small'));
const machine = machineNamed(service, 'enrollment');
const definition = machine['DefinitionString'] as string;

interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number | string;
  readonly Seconds?: number;
  readonly Next?: string;
  readonly Default?: string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number; readonly MaxDelaySeconds: number }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}
const states = enrollmentDefinition.States as Readonly<Record<string, State>>;

describe('the definition of an enrollment', () => {
  it('is sound, and runs on one machine as it stands', () => {
    expect(validate(JSON.parse(definition))).toMatchObject({ isValid: true, errors: [] });
    expect(readDefinition(definition, 'enrollment').StartAt).toBe('Advance');
  });

  it('is deployed as it is written', () => {
    expect(JSON.parse(definition)).toEqual(enrollmentDefinition);
  });

  it('gives every state that waits for something a time to expire, and the whole more than ten invitations take', () => {
    const waiting = Object.values(states).filter(({ Type }) => Type === 'Task' || Type === 'Wait');

    expect(waiting.map(({ TimeoutSeconds, Seconds }) => TimeoutSeconds ?? Seconds)).toEqual([40, '{% $seconds %}', 30, 40]);
    expect(enrollmentDefinition.TimeoutSeconds).toBeGreaterThan(10 * 24 * 3600 + 3600);
  });

  it('leaves the choice and every failing task somewhere to go', () => {
    expect(states['Advanced']?.Default).toBe('FailEnrollment');
    expect(states['Advance']?.Catch).toEqual([expect.objectContaining({ ErrorEquals: ['States.ALL'], Next: 'FailEnrollment' })]);
    expect(states['FailEnrollment']).toMatchObject({ Next: 'EnrollmentFailed', Catch: [{ Next: 'EnrollmentFailed' }] });
  });

  it('outlasts a carrier that is away for an hour', () => {
    const [retry] = states['Advance']?.Retry ?? [];
    const waits = Array.from({ length: retry?.MaxAttempts ?? 0 }, (_, used) => Math.min(5 * 2 ** used, retry?.MaxDelaySeconds ?? Infinity));

    expect(waits.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(3600);
  });

  it('looks again when time is up, when the record changed, and when it had changed before the token was parked', () => {
    expect(states['AwaitChange']?.Next).toBe('Advance');
    expect(states['AwaitChange']?.Catch?.[0]).toMatchObject({ ErrorEquals: ['DynamoDb.ConditionalCheckFailedException', 'States.Timeout'], Next: 'Advance' });
  });

  it('passes ids and times: no link, no address, no number', () => {
    const expressions = [...definition.matchAll(/\{% (.*?) %\}/g)].map(([, expression]) => expression);

    expect([...new Set(expressions)].filter((expression) => !expression?.startsWith("$next = '")).sort()).toEqual([
      '$seconds',
      '$state',
      '$states.context.Task.Token',
      '$states.input',
      '$states.input.enrollmentId',
      '$states.input.enrollmentKey',
      '$states.result.Payload.generation',
      '$states.result.Payload.next',
      '$states.result.Payload.seconds',
      '$states.result.Payload.state',
      '$string($generation)',
    ]);
  });

  it('has each of its substitutions filled, and no other', () => {
    const wanted = [...new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name))];

    expect(wanted.sort()).toEqual([...enrollmentSubstitutions].sort());
    expect(Object.keys(machine['DefinitionSubstitutions'] as object).sort()).toEqual([...enrollmentSubstitutions].sort());
  });
});

describe('the machine of enrollments', () => {
  it('is Standard, under our own key, and logs every step without what goes through it', () => {
    expect(machine).toMatchObject({
      StateMachineType: 'STANDARD',
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY' },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
    expect(JSON.stringify(machine['EncryptionConfiguration'])).toContain('DataKey');
  });

  it('may call its one function, write to records of enrollments, and use its key for itself', () => {
    const allowed = statementsOfMachine(service, 'enrollment').filter((statement) => !actionsOf(statement).every((action) => action.startsWith('logs:')));
    const ofTable = allowed.filter((statement) => actionsOf(statement).some((action) => action.startsWith('dynamodb:')));

    expect([...new Set(allowed.flatMap(actionsOf))].sort()).toEqual(['dynamodb:UpdateItem', 'kms:Decrypt', 'kms:GenerateDataKey', 'lambda:InvokeFunction']);
    expect(ofTable.map(({ Condition }) => Condition)).toEqual([{ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ENROLLMENT#*'] } }]);
    expect(allowed.flatMap(resourcesIn)).not.toContain('*');
  });

  it('is started and woken by what the stream tells of records, and by nothing else', () => {
    const [mapping] = [...resourcesOf(service, 'AWS::Lambda::EventSourceMapping').values()].filter(({ Properties }) => 'FilterCriteria' in Properties);
    const filters = JSON.stringify(mapping?.Properties['FilterCriteria']);

    expect(filters).toContain(String.raw`\"eventName\":[\"INSERT\",\"MODIFY\"],\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":[{\"prefix\":\"ENROLLMENT#\"}]}}}`);
  });
});
