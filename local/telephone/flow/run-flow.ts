/** Runs a loaded contact flow on an answered call, one action after the other. */
import { askForEntry, askForKey } from './ask-for-keys.ts';
import type { ActionOf, ActionType, FlowCondition, FlowTransitions } from './flow-language.ts';
import { contactFlowEvent, invokeFunction, type FunctionDependencies } from './invoke-function.ts';
import type { Line } from '../line.ts';
import type { LoadedFlow } from './load-flow.ts';
import { fillReferences, type ReferenceValues } from './references.ts';
import { readSsml, readText, type Speech } from './speech.ts';
import { voiceLanguages } from './voices.ts';

/** A flow that goes round in circles is ended, as an instance would end it. */
const maximumActions = 1000;

interface Run {
  readonly deps: FunctionDependencies;
  readonly line: Line;
  readonly loops: Map<string, number>;
  values: ReferenceValues;
  go(next: string | undefined): void;
}

/** An action that is done at once names the next one; one that waits calls `run.go` when it is ready. */
type Perform<T extends ActionType> = (run: Run, action: ActionOf<T>) => string | undefined;

function branch(transitions: FlowTransitions, error: string): string | undefined {
  return transitions.Errors?.find(({ ErrorType }) => ErrorType === error)?.NextAction ?? transitions.NextAction;
}

function holds({ Operator, Operands: [operand = ''] }: FlowCondition['Condition'], value: string): boolean {
  const [left, right] = [Number(value), Number(operand)];
  switch (Operator) {
    case 'Equals':
      return value === operand;
    case 'TextStartsWith':
      return value.startsWith(operand);
    case 'TextEndsWith':
      return value.endsWith(operand);
    case 'TextContains':
      return value.includes(operand);
    case 'NumberGreaterThan':
      return left > right;
    case 'NumberGreaterOrEqualTo':
      return left >= right;
    case 'NumberLessThan':
      return left < right;
    case 'NumberLessOrEqualTo':
      return left <= right;
  }
}

function choose(transitions: FlowTransitions, value: string): string | undefined {
  const met = transitions.Conditions?.find(({ Condition }) => holds(Condition, value));
  return met?.NextAction ?? branch(transitions, 'NoMatchingCondition');
}

/** Speaks; `undefined` when a real voice would have refused the text. */
function speak(run: Run, prompt: { Text?: string | undefined; SSML?: string | undefined }): Speech | undefined {
  const text = fillReferences(prompt.SSML ?? prompt.Text ?? '', run.values);
  const speech = prompt.SSML === undefined ? readText(text) : readSsml(text);
  if (speech && speech.words !== '') run.line.contact.heard.push(speech.words);
  return speech;
}

function fillAll(run: Run, values: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, fillReferences(text, run.values)]));
}

const getParticipantInput: Perform<'GetParticipantInput'> = (run, { Parameters, Transitions }) => {
  const speech = speak(run, Parameters);
  if (!speech) return branch(Transitions, 'NoMatchingError');
  if (Parameters.StoreInput === 'True') {
    askForEntry(run.line, Parameters, speech.milliseconds, (entry) => {
      run.values = { ...run.values, storedCustomerInput: entry };
      run.go(Transitions.NextAction);
    });
  } else {
    askForKey(run.line, Parameters, speech.milliseconds, (key) => {
      run.go(key === undefined ? branch(Transitions, 'InputTimeLimitExceeded') : choose(Transitions, key));
    });
  }
  return undefined;
};

const invokeLambdaFunction: Perform<'InvokeLambdaFunction'> = (run, { Parameters, Transitions }) => {
  const { deps, line } = run;
  const event = contactFlowEvent(line.contact, deps.instanceArn, fillAll(run, Parameters.LambdaInvocationAttributes));
  const limitSeconds = Number(Parameters.InvocationTimeLimitSeconds);
  const answer = invokeFunction(deps, { functionArn: Parameters.LambdaFunctionARN, event, limitSeconds });
  line.hold(answer, (external) => {
    if (external) run.values = { ...run.values, external };
    run.go(external ? Transitions.NextAction : branch(Transitions, 'NoMatchingError'));
  });
  return undefined;
};

const messageParticipant: Perform<'MessageParticipant'> = (run, { Parameters, Transitions }) => {
  const speech = speak(run, Parameters);
  if (!speech) return branch(Transitions, 'NoMatchingError');
  run.line.time.after(speech.milliseconds, () => run.go(Transitions.NextAction));
  return undefined;
};

const loop: Perform<'Loop'> = (run, { Identifier, Parameters, Transitions }) => {
  const round = run.loops.get(Identifier) ?? 0;
  const isDone = round >= Number(Parameters.LoopCount);
  run.loops.set(Identifier, isDone ? 0 : round + 1);
  return choose(Transitions, isDone ? 'DoneLooping' : 'ContinueLooping');
};

const performers: { [T in ActionType]: Perform<T> } = {
  UpdateFlowLoggingBehavior: (_run, { Transitions }) => Transitions.NextAction,
  UpdateContactTextToSpeechVoice: (run, { Parameters, Transitions }) => {
    run.line.contact.language = voiceLanguages[Parameters.TextToSpeechVoice];
    return Transitions.NextAction;
  },
  GetParticipantInput: getParticipantInput,
  InvokeLambdaFunction: invokeLambdaFunction,
  Compare: (run, { Parameters, Transitions }) =>
    choose(Transitions, fillReferences(Parameters.ComparisonValue, run.values)),
  MessageParticipant: messageParticipant,
  UpdateContactAttributes: (run, { Parameters, Transitions }) => {
    Object.assign(run.line.contact.attributes, fillAll(run, Parameters.Attributes));
    return Transitions.NextAction;
  },
  Loop: loop,
  DisconnectParticipant: (run) => {
    run.line.end('CONTACT_FLOW_DISCONNECT');
    return undefined;
  },
};

/** Starts the flow; it runs on its own from here, until it or somebody ends the call. */
export function runFlow(deps: FunctionDependencies, line: Line, flow: LoadedFlow): void {
  let performed = 0;
  const run: Run = {
    deps,
    line,
    loops: new Map(),
    values: { attributes: line.contact.attributes, external: {}, storedCustomerInput: '' },
    go(next) {
      let name = next;
      while (name !== undefined && line.contact.state !== 'ended') {
        const action = flow.actions.get(name);
        performed += 1;
        if (!action || performed > maximumActions) {
          line.end('OTHER');
          return;
        }
        // The map's type ties each performer to its own action; the compiler cannot follow the look-up.
        name = (performers[action.Type] as Perform<ActionType>)(run, action);
      }
    },
  };
  run.go(flow.start);
}
