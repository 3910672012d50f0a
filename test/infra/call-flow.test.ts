import { describe, expect, it } from 'vitest';

import { callFlow, type CallFlowKind } from '../../infra/connect/call-flow.ts';
import { flowProblems, targetsOf } from '../../infra/connect/check-flow.ts';
import type { Action } from '../../infra/connect/flow-language.ts';

const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:decides';
const voices = { en: { name: 'Joanna', engine: 'Neural' }, es: { name: 'Lupe', engine: 'Neural' } } as const;
const flowOf = (kind: CallFlowKind) => callFlow({ kind, functionArn, voices });

const kinds: readonly CallFlowKind[] = ['key', 'entry'];
const actionsOf = (kind: CallFlowKind) => new Map(flowOf(kind).Actions.map((action) => [action.Identifier, action]));
const invocationsOf = (kind: CallFlowKind) =>
  flowOf(kind)
    .Actions.filter(({ Type }) => Type === 'InvokeLambdaFunction')
    .map(({ Parameters }) => Parameters['LambdaInvocationAttributes'] as Record<string, string>);

/** What an action says, if it speaks. */
const textOf = ({ Parameters: { SSML } }: Action): string => (typeof SSML === 'string' ? SSML : '');

/** Follows a call, choosing at each action, to the prompts it hears and the tries it makes. */
function follow(
  kind: CallFlowKind,
  choose: (action: Action) => string | undefined,
): { heard: string[]; tries: string[] } {
  const actions = actionsOf(kind);
  const heard: string[] = [];
  const tries: string[] = [];
  let action = actions.get(flowOf(kind).StartAction);
  while (action && action.Type !== 'DisconnectParticipant') {
    const spoken = /\$\.Attributes\.(\w+)/.exec(textOf(action))?.[1];
    if (spoken) heard.push(spoken);
    const attributes = action.Parameters['LambdaInvocationAttributes'] as Record<string, string> | undefined;
    if (attributes) tries.push(attributes['try'] ?? '');
    action = actions.get(choose(action) ?? action.Transitions.NextAction ?? '');
  }
  if (!action) throw new Error('the call was not hung up');
  return { heard, tries };
}

const whenEqual = (action: Action, value: string) =>
  action.Transitions.Conditions?.find(({ Condition }) => Condition.Operands[0] === value)?.NextAction;
const onError = (action: Action, type: string) =>
  action.Transitions.Errors?.find(({ ErrorType }) => ErrorType === type)?.NextAction;
/** A caller who keys this (or nothing), told each time the same outcome. */
const caller = (key: string | undefined, outcome: string) => (action: Action) => {
  if (action.Type === 'Compare') return whenEqual(action, outcome) ?? onError(action, 'NoMatchingCondition');
  if (action.Type !== 'GetParticipantInput' || action.Parameters['StoreInput'] === 'True') return undefined;
  if (key === undefined) return onError(action, 'InputTimeLimitExceeded');
  return whenEqual(action, key) ?? onError(action, 'NoMatchingCondition');
};

describe.each(kinds)('the %s flow', (kind) => {
  it('is a sound graph', () => {
    expect(flowProblems(flowOf(kind))).toEqual([]);
  });

  it('stops its log before anything else', () => {
    const start = actionsOf(kind).get(flowOf(kind).StartAction);

    expect(start).toMatchObject({ Type: 'UpdateFlowLoggingBehavior', Parameters: { FlowLoggingBehavior: 'Disabled' } });
  });

  it('gives each invocation a try of its own, and the challenge and leg', () => {
    const invocations = invocationsOf(kind);

    expect(new Set(invocations.map((attributes) => attributes['try'])).size).toBe(invocations.length);
    for (const attributes of invocations) {
      expect(attributes).toMatchObject({ challengeId: '$.Attributes.challengeId', leg: '$.Attributes.leg' });
    }
  });

  it.each([
    ['approved', 'p_approved'],
    ['denied', 'p_denied'],
    ['locked', 'p_locked'],
    ['fraud', 'p_fraud'],
    ['no such outcome', 'p_denied'],
  ])('says once what came of it and hangs up: %s', (outcome, prompt) => {
    expect(follow(kind, caller('#', outcome))).toEqual({ heard: ['p_ask', prompt], tries: ['1'] });
  });

  it('denies when the function fails', () => {
    const failing = (action: Action) =>
      action.Type === 'InvokeLambdaFunction' ? onError(action, 'NoMatchingError') : caller('#', 'approved')(action);

    expect(follow(kind, failing).heard).toEqual(['p_ask', 'p_denied']);
  });

  it('hangs up although a prompt cannot be spoken', () => {
    const mute = (action: Action) => onError(action, 'NoMatchingError') ?? caller('#', 'approved')(action);

    expect(follow(kind, mute).heard.at(-1)).toBe('p_goodbye');
  });

  it('can approve only through the function', () => {
    const before = flowOf(kind).Actions.filter((action) => targetsOf(action).includes('sayApproved'));

    expect(
      before.every(
        ({ Type, Parameters }) => Type === 'Compare' && Parameters['ComparisonValue'] === '$.External.outcome',
      ),
    ).toBe(true);
    expect(before.every((action) => whenEqual(action, 'approved') === 'sayApproved')).toBe(true);
    expect(before.every((action) => onError(action, 'NoMatchingCondition') === 'sayDenied')).toBe(true);
  });

  it('takes every text from the call, and holds none, nor a number', () => {
    const texts = flowOf(kind)
      .Actions.map(textOf)
      .filter((text) => text !== '');

    expect(texts.every((text) => /^<speak><prosody rate="85%">\$\.Attributes\.p_\w+<\/prosody><\/speak>$/.test(text))).toBe(true);
  });
});

describe('the key flow', () => {
  it('asks three times in silence, then says goodbye and asks the function nothing', () => {
    expect(follow('key', caller(undefined, 'approved'))).toEqual({
      heard: ['p_ask', 'p_ask', 'p_ask', 'p_goodbye'],
      tries: [],
    });
  });

  it.each(['1', '5', '*'])('takes %s for no answer at all', (key) => {
    expect(follow('key', caller(key, 'approved'))).toEqual({
      heard: ['p_ask', 'p_ask', 'p_ask', 'p_goodbye'],
      tries: [],
    });
  });

  it.each(['9', '0'])('reports fraud when %s is pressed', (key) => {
    expect(follow('key', caller(key, 'fraud'))).toEqual({ heard: ['p_ask', 'p_fraud'], tries: ['4'] });
    expect(invocationsOf('key').at(-1)).toMatchObject({ event: 'key', key: '9' });
  });

  it('never approves what was reported as fraud', () => {
    expect(follow('key', caller('9', 'approved')).heard).toEqual(['p_ask', 'p_denied']);
  });

  it('asks again when the function says so, each time with the next try', () => {
    expect(follow('key', caller('#', 'again'))).toEqual({
      heard: ['p_ask', 'p_ask', 'p_ask', 'p_goodbye'],
      tries: ['1', '2', '3'],
    });
  });
});

describe('the entry flow', () => {
  it('asks three times, then says goodbye', () => {
    expect(follow('entry', caller('#', 'again'))).toEqual({
      heard: ['p_ask', 'p_again', 'p_again', 'p_goodbye'],
      tries: ['1', '2', '3'],
    });
  });

  it('takes up to eight digits, ended by #, cleared by *', () => {
    const ask = actionsOf('entry').get('ask1');

    expect(ask?.Parameters).toMatchObject({
      StoreInput: 'True',
      InputTimeLimitSeconds: '10',
      InputValidation: { CustomValidation: { MaximumLength: '9' } },
      DTMFConfiguration: { InputTerminationSequence: '#', DisableCancelKey: 'False', InterdigitTimeLimitSeconds: '5' },
    });
  });

  it('hands what was keyed to the function and nowhere else', () => {
    const naming = flowOf('entry').Actions.filter((action) => JSON.stringify(action).includes('StoredCustomerInput'));

    expect(naming.every(({ Type }) => Type === 'InvokeLambdaFunction')).toBe(true);
    expect(invocationsOf('entry').map((attributes) => attributes['event'])).toEqual(['entry', 'entry', 'entry']);
  });
});
