/** The actions of Amazon Connect's flow language (2019-10-30) that our calls use, each made by one function. */

export interface Transitions {
  readonly NextAction?: string;
  readonly Errors?: readonly { readonly ErrorType: string; readonly NextAction: string }[];
  readonly Conditions?: readonly {
    readonly NextAction: string;
    readonly Condition: { readonly Operator: 'Equals'; readonly Operands: readonly [string] };
  }[];
}

export interface Action {
  readonly Identifier: string;
  readonly Type: string;
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Transitions: Transitions;
}

export interface Flow {
  readonly Version: '2019-10-30';
  readonly StartAction: string;
  readonly Metadata: object;
  readonly Actions: readonly Action[];
}

const onError = (next: string, ...types: string[]) => types.map((ErrorType) => ({ ErrorType, NextAction: next }));

/** Branches on equality: what was keyed, or what the function answered. */
export function branches(nexts: Readonly<Record<string, string>>): NonNullable<Transitions['Conditions']> {
  return Object.entries(nexts).map(([operand, NextAction]) => ({
    NextAction,
    Condition: { Operator: 'Equals', Operands: [operand] },
  }));
}

/** Slower than a voice speaks by itself: a number or a PIN is asked for once, over a telephone. */
const spoken = (attribute: string): string => `<speak><prosody rate="85%">$.Attributes.${attribute}</prosody></speak>`;

/** From here on the call's log holds nothing of what is keyed or answered. */
export function disableLog(id: string, next: string): Action {
  return {
    Identifier: id,
    Type: 'UpdateFlowLoggingBehavior',
    Parameters: { FlowLoggingBehavior: 'Disabled' },
    Transitions: { NextAction: next },
  };
}

export interface Voice {
  readonly name: string;
  readonly engine: 'Neural' | 'Standard';
}

/** The current documentation asks for the error's branch; the flow goes on in whatever voice there is. */
export function setVoice(id: string, voice: Voice, next: string): Action {
  return {
    Identifier: id,
    Type: 'UpdateContactTextToSpeechVoice',
    Parameters: { TextToSpeechVoice: voice.name, TextToSpeechEngine: voice.engine },
    Transitions: { NextAction: next, Errors: onError(next, 'NoMatchingError') },
  };
}

/** Speaks and waits for one key. Every other key, silence and any fault lead to `otherwise`. */
export function askKey(id: string, prompt: string, keys: Readonly<Record<string, string>>, otherwise: string): Action {
  return {
    Identifier: id,
    Type: 'GetParticipantInput',
    Parameters: { SSML: spoken(prompt), StoreInput: 'False', InputTimeLimitSeconds: '8' },
    Transitions: {
      NextAction: otherwise,
      Errors: onError(otherwise, 'InputTimeLimitExceeded', 'NoMatchingCondition', 'NoMatchingError'),
      Conditions: branches(keys),
    },
  };
}

/**
 * Speaks and waits for digits and `#`; `*` clears them. Silence is no error here: the entry is then `Timeout`.
 * One more than the longest PIN: the digit that fills an entry ends it, and its `#` would answer the next question.
 */
export function askEntry(id: string, prompt: string, next: string, fault: string): Action {
  return {
    Identifier: id,
    Type: 'GetParticipantInput',
    Parameters: {
      SSML: spoken(prompt),
      StoreInput: 'True',
      InputTimeLimitSeconds: '10',
      InputValidation: { CustomValidation: { MaximumLength: '9' } },
      DTMFConfiguration: {
        InputTerminationSequence: '#',
        DisableCancelKey: 'False',
        InterdigitTimeLimitSeconds: '5',
      },
    },
    Transitions: { NextAction: next, Errors: onError(fault, 'NoMatchingError') },
  };
}

export function invoke(
  id: string,
  functionArn: string,
  attributes: Readonly<Record<string, string>>,
  next: string,
  fault: string,
): Action {
  return {
    Identifier: id,
    Type: 'InvokeLambdaFunction',
    Parameters: {
      LambdaFunctionARN: functionArn,
      InvocationTimeLimitSeconds: '8',
      LambdaInvocationAttributes: attributes,
      ResponseValidation: { ResponseType: 'STRING_MAP' },
    },
    Transitions: { NextAction: next, Errors: onError(fault, 'NoMatchingError') },
  };
}

/** Branches on one value; one that is not listed leads to `otherwise`. */
function compare(id: string, value: string, nexts: Readonly<Record<string, string>>, otherwise: string): Action {
  return {
    Identifier: id,
    Type: 'Compare',
    Parameters: { ComparisonValue: value },
    Transitions: {
      NextAction: otherwise,
      Errors: onError(otherwise, 'NoMatchingCondition'),
      Conditions: branches(nexts),
    },
  };
}

/** What the function answered. */
export const compareOutcome = (id: string, outcomes: Readonly<Record<string, string>>, otherwise: string): Action =>
  compare(id, '$.External.outcome', outcomes, otherwise);

/** The language that the caller was asked for in. */
export const compareLanguage = (id: string, languages: Readonly<Record<string, string>>, otherwise: string): Action =>
  compare(id, '$.Attributes.language', languages, otherwise);

export function say(id: string, prompt: string, next: string): Action {
  return {
    Identifier: id,
    Type: 'MessageParticipant',
    Parameters: { SSML: spoken(prompt) },
    Transitions: { NextAction: next, Errors: onError(next, 'NoMatchingError') },
  };
}

export function disconnect(id: string): Action {
  return { Identifier: id, Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} };
}
