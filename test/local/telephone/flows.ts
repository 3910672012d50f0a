/** Small contact flows for the tests, in the form that infra generates. */
import type { ContactFlow } from '../../../local/telephone/connect.ts';

export const functionArn = 'arn:aws:lambda:eu-west-2:111122223333:function:connect-flow';

export interface TestAction {
  Identifier: string;
  Type: string;
  Parameters: Record<string, unknown>;
  Transitions: {
    NextAction?: string;
    Errors?: { ErrorType: string; NextAction: string }[];
    Conditions?: { NextAction: string; Condition: { Operator: string; Operands: string[] } }[];
  };
}

const errors = (target: string, ...types: string[]) => types.map((ErrorType) => ({ ErrorType, NextAction: target }));
const when = (operand: string, NextAction: string) => ({
  NextAction,
  Condition: { Operator: 'Equals', Operands: [operand] },
});

export const speak = (name: string): string => `<speak>$.Attributes.${name}</speak>`;

export const noLog: TestAction = {
  Identifier: 'noLog',
  Type: 'UpdateFlowLoggingBehavior',
  Parameters: { FlowLoggingBehavior: 'Disabled' },
  Transitions: { NextAction: 'voice' },
};

export function setVoice(next: string, voice = 'Amy'): TestAction {
  return {
    Identifier: 'voice',
    Type: 'UpdateContactTextToSpeechVoice',
    Parameters: { TextToSpeechVoice: voice, TextToSpeechEngine: 'Neural' },
    Transitions: { NextAction: next, Errors: errors(next, 'NoMatchingError') },
  };
}

export function askKey(name: string, keys: Record<string, string>, otherwise: string): TestAction {
  return {
    Identifier: name,
    Type: 'GetParticipantInput',
    Parameters: { SSML: speak('p_ask'), StoreInput: 'False', InputTimeLimitSeconds: '8' },
    Transitions: {
      NextAction: otherwise,
      Errors: errors(otherwise, 'InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'),
      Conditions: Object.entries(keys).map(([key, target]) => when(key, target)),
    },
  };
}

export function askEntry(name: string, next: string, keypad: Record<string, string> = {}): TestAction {
  return {
    Identifier: name,
    Type: 'GetParticipantInput',
    Parameters: {
      SSML: speak(name === 'ask1' ? 'p_ask' : 'p_again'),
      StoreInput: 'True',
      InputTimeLimitSeconds: '10',
      InputValidation: { CustomValidation: { MaximumLength: '8' } },
      DTMFConfiguration: {
        InputTerminationSequence: '#',
        DisableCancelKey: 'False',
        InterdigitTimeLimitSeconds: '5',
        ...keypad,
      },
    },
    Transitions: { NextAction: next, Errors: errors('sayDenied', 'NoMatchingError') },
  };
}

export function invoke(name: string, next: string, attributes: Record<string, string>): TestAction {
  return {
    Identifier: name,
    Type: 'InvokeLambdaFunction',
    Parameters: {
      LambdaFunctionARN: functionArn,
      InvocationTimeLimitSeconds: '8',
      LambdaInvocationAttributes: { challengeId: '$.Attributes.challengeId', ...attributes },
      ResponseValidation: { ResponseType: 'STRING_MAP' },
    },
    Transitions: { NextAction: next, Errors: errors('sayDenied', 'NoMatchingError') },
  };
}

export function compare(name: string, outcomes: Record<string, string>): TestAction {
  return {
    Identifier: name,
    Type: 'Compare',
    Parameters: { ComparisonValue: '$.External.outcome' },
    Transitions: {
      NextAction: 'sayDenied',
      Errors: errors('sayDenied', 'NoMatchingCondition'),
      Conditions: Object.entries(outcomes).map(([outcome, target]) => when(outcome, target)),
    },
  };
}

export function say(name: string, attribute: string): TestAction {
  return {
    Identifier: name,
    Type: 'MessageParticipant',
    Parameters: { SSML: speak(attribute) },
    Transitions: { NextAction: 'bye', Errors: errors('bye', 'NoMatchingError') },
  };
}

export const bye: TestAction = { Identifier: 'bye', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} };

export function flowOf(...actions: TestAction[]): ContactFlow {
  return { Version: '2019-10-30', StartAction: actions[0]?.Identifier ?? '', Actions: actions };
}

/** Press #, twice asked; 9 reports fraud. */
export const keyFlow = flowOf(
  noLog,
  setVoice('ask1'),
  askKey('ask1', { '#': 'approve', '9': 'fraud' }, 'ask2'),
  askKey('ask2', { '#': 'approve', '9': 'fraud' }, 'sayGoodbye'),
  invoke('approve', 'result', { event: 'key', key: '#', try: '1' }),
  invoke('fraud', 'result', { event: 'key', key: '9', try: '2' }),
  compare('result', { approved: 'sayApproved' }),
  say('sayApproved', 'p_approved'),
  say('sayDenied', 'p_denied'),
  say('sayGoodbye', 'p_goodbye'),
  bye,
);

/** An entry and #, twice asked. */
export const entryFlow = flowOf(
  noLog,
  setVoice('ask1'),
  askEntry('ask1', 'check1'),
  invoke('check1', 'result1', { event: 'entry', entry: '$.StoredCustomerInput', try: '1' }),
  compare('result1', { approved: 'sayApproved', again: 'ask2' }),
  askEntry('ask2', 'check2'),
  invoke('check2', 'result2', { event: 'entry', entry: '$.StoredCustomerInput', try: '2' }),
  compare('result2', { approved: 'sayApproved', again: 'sayGoodbye' }),
  say('sayApproved', 'p_approved'),
  say('sayDenied', 'p_denied'),
  say('sayGoodbye', 'p_goodbye'),
  bye,
);
