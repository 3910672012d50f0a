import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';

import { phoneCallDefinition, phoneCallSubstitutions } from '../../infra/state-machines/phone-call.ts';
import { actionsOf, machineNamed, resourcesIn, statementsOfMachine } from './statements.ts';
import { stageNamed, synthesize } from './synthesize.ts';

const { service } = synthesize(stageNamed('full'));
const machine = machineNamed(service, 'phone-call');
const definition = machine['DefinitionString'] as string;

interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly Seconds?: number;
  readonly Next?: string;
  readonly Default?: string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}
const states = phoneCallDefinition.States as Readonly<Record<string, State>>;

describe('the definition of the phone call', () => {
  it('is sound', () => {
    expect(validate(JSON.parse(definition))).toMatchObject({ isValid: true, errors: [] });
  });

  it('is deployed as it is written', () => {
    expect(JSON.parse(definition)).toEqual(phoneCallDefinition);
  });

  it('gives every state that waits for something a time to expire', () => {
    const waiting = Object.entries(states).filter(([, { Type }]) => Type === 'Task' || Type === 'Wait');
    const unbounded = waiting.filter(([, state]) => !((state.TimeoutSeconds ?? state.Seconds ?? 0) > 0));

    expect(waiting.length).toBeGreaterThan(0);
    expect(unbounded).toEqual([]);
  });

  it('lives a minute longer than a call challenge, and a leg longer than a telephone rings', () => {
    expect(phoneCallDefinition.TimeoutSeconds).toBe(660);
    expect(states['AwaitLeg']?.TimeoutSeconds).toBe(110);
  });

  it('leaves every choice and every failing function somewhere to go', () => {
    const choices = Object.values(states).filter(({ Type }) => Type === 'Choice');
    const functionsCalled = ['PlaceLeg', 'EndLeg'].map((name) => states[name]?.Catch);

    expect(choices.map(({ Default }) => Default)).toEqual(['FailCall', 'FailCall']);
    for (const caught of functionsCalled) {
      expect(caught).toEqual([expect.objectContaining({ ErrorEquals: ['States.ALL'], Next: 'FailCall' })]);
    }
    expect(states['FailCall']).toMatchObject({ Next: 'CallFailed', Catch: [{ Next: 'CallFailed' }] });
  });

  it('tries a carrier that is away again, for as long as nobody hangs up in the meantime', () => {
    const outage = states['PlaceLeg']?.Retry?.find(({ ErrorEquals }) => ErrorEquals.includes('CarrierUnavailable'));

    expect(outage).toMatchObject({ MaxAttempts: 3, IntervalSeconds: 2, BackoffRate: 2 });
  });

  it('ends a leg when nothing is heard of it, and when it was over before the token was parked', () => {
    expect(states['AwaitLeg']?.Catch).toEqual([
      expect.objectContaining({
        ErrorEquals: ['DynamoDb.ConditionalCheckFailedException', 'States.Timeout'],
        Next: 'EndLeg',
      }),
    ]);
  });

  it('passes ids and nothing that a person keys, hears or is called at', () => {
    const expressions = [...definition.matchAll(/\{% (.*?) %\}/g)].map(([, expression]) => expression);

    expect([...new Set(expressions)].filter((expression) => !expression?.startsWith("$next = '")).sort()).toEqual([
      '$exists($states.result.Payload.leg) ? $states.result.Payload.leg : 0',
      '$leg',
      '$states.context.Task.Token',
      '$states.input',
      '$states.input.callKey',
      '$states.input.challengeId',
      '$states.result.Payload.next',
      '$string($leg)',
    ]);
    expect(definition).not.toMatch(/\d{7,}/);
  });

  it('has each of its substitutions filled, and no other', () => {
    const wanted = [...new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name))];

    expect(wanted.sort()).toEqual([...phoneCallSubstitutions].sort());
    expect(Object.keys(machine['DefinitionSubstitutions'] as object).sort()).toEqual(
      [...phoneCallSubstitutions].sort(),
    );
  });
});

describe('the machine of the phone call', () => {
  it('is Standard, under our own key', () => {
    expect(machine).toMatchObject({
      StateMachineType: 'STANDARD',
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY' },
    });
    expect(JSON.stringify(machine['EncryptionConfiguration'])).toContain('DataKey');
  });

  it('logs every step without what goes through it', () => {
    expect(machine['LoggingConfiguration']).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
  });

  it('may call its two functions, write to call items, and use its key for itself', () => {
    const allowed = statementsOfMachine(service, 'phone-call');
    const withActions = (pattern: RegExp) =>
      allowed.filter((statement) => actionsOf(statement).some((action) => pattern.test(action)));

    expect([...new Set(allowed.flatMap(actionsOf).filter((action) => !action.startsWith('logs:')))].sort()).toEqual([
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      'kms:GenerateDataKey',
      'lambda:InvokeFunction',
    ]);
    expect(withActions(/^lambda:/).flatMap(resourcesIn)).toHaveLength(2);
    expect(withActions(/^dynamodb:/).map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['CALL#*'] } },
    ]);
    for (const { Condition } of withActions(/^kms:/)) {
      expect(JSON.stringify(Condition)).toContain('kms:EncryptionContext:');
    }
  });

  it('touches any resource by wildcard only to have its log delivered', () => {
    const wild = statementsOfMachine(service, 'phone-call').filter((statement) => resourcesIn(statement).includes('*'));

    expect(wild.flatMap(actionsOf).every((action) => action.startsWith('logs:'))).toBe(true);
  });
});
