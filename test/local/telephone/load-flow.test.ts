import { describe, expect, it } from 'vitest';

import { FlowRefused, loadFlow } from '../../../local/telephone/flow/load-flow.ts';
import { readSsml } from '../../../local/telephone/flow/speech.ts';
import { askEntry, askKey, bye, entryFlow, flowOf, invoke, keyFlow, say, setVoice, type TestAction } from './flows.ts';

function problems(...actions: TestAction[]): readonly string[] {
  try {
    loadFlow(flowOf(...actions));
  } catch (error) {
    if (error instanceof FlowRefused) return error.problems;
    throw error;
  }
  return [];
}

const changed = (action: TestAction, change: (action: TestAction) => void): TestAction => {
  const copy = structuredClone(action);
  change(copy);
  return copy;
};

describe('loadFlow', () => {
  it.each([
    ['one key', keyFlow],
    ['an entry', entryFlow],
    ['canvas positions', { ...keyFlow, Metadata: { ActionMetadata: {} } }],
  ])('loads a flow with %s', (_what, flow) => {
    expect(loadFlow(flow).actions.size).toBe(flow.Actions.length);
  });

  it.each([
    ['an action it does not know', { ...bye, Type: 'TransferToFlow' }, /bye \(TransferToFlow\)/],
    ['a parameter it does not know', { ...bye, Parameters: { Reason: 'x' } }, /Reason/],
    ['a voice that does not exist', setVoice('bye', 'Johanna'), /TextToSpeechVoice/],
    ['an identifier with a forbidden character', { ...bye, Identifier: 'by$e' }, /not allowed/],
  ])('refuses %s', (_what, action, reason) => {
    expect(problems(action, bye).join()).toMatch(reason);
  });

  it.each<[string, (ask: TestAction) => void, RegExp]>([
    ['no branch for silence', ({ Transitions }) => void Transitions.Errors?.shift(), /InputTimeLimitExceeded/],
    ['a condition that is no key', ({ Transitions }) => (Transitions.Conditions = [condition('12')]), /condition "12"/],
    ['a target that does not exist', ({ Transitions }) => (Transitions.NextAction = 'none'), /leads to "none"/],
    ['no prompt', ({ Parameters }) => delete Parameters['SSML'], /exactly one of Text and SSML/],
    ['two prompts', ({ Parameters }) => (Parameters['Text'] = 'x'), /exactly one of Text and SSML/],
    ['a number for a string', ({ Parameters }) => (Parameters['InputTimeLimitSeconds'] = 8), /InputTimeLimitSeconds/],
    ['an unknown reference', ({ Parameters }) => (Parameters['SSML'] = '<speak>$.Lex.x</speak>'), /reference/],
  ])('refuses a key question with %s', (_what, change, reason) => {
    const ask = askKey('ask', { '#': 'bye' }, 'bye');

    expect(problems(changed(ask, change), bye).join()).toMatch(reason);
  });

  it('refuses a stored entry with conditions, for it has none', () => {
    const ask = changed(askEntry('ask1', 'bye'), (copy) => void (copy.Transitions.Conditions = [condition('#')]));

    expect(problems(ask, say('sayDenied', 'p'), bye).join()).toMatch(/cannot have/);
  });

  it('refuses what nothing leads to, what exists twice, and an end that leads on', () => {
    expect(problems(setVoice('bye'), bye, say('lost', 'p'))).toEqual(['nothing leads to lost']);
    expect(problems(setVoice('bye'), bye, bye)).toEqual(['bye exists twice']);
    expect(problems(setVoice('bye'), { ...bye, Transitions: { NextAction: 'voice' } }).join()).toMatch(/ends the call/);
  });

  it('refuses a reference inside a longer value for a function', () => {
    const check = invoke('check', 'bye', { entry: 'PIN $.StoredCustomerInput' });

    expect(problems(check, say('sayDenied', 'p'), bye).join()).toMatch(/static or one known reference/);
  });

  it('names everything that is wrong at once', () => {
    const two = problems({ ...bye, Identifier: 'one', Type: 'Wait' }, { ...bye, Identifier: 'two', Type: 'Wait' });

    expect(two).toHaveLength(2);
  });
});

describe('readSsml', () => {
  it.each([
    ['<speak>Acme &amp; Company &lt;3</speak>', 'Acme & Company <3'],
    ['<speak>Type <say-as interpret-as="digits">42</say-as>,<break time="1s"/> now.</speak>', 'Type 42, now.'],
    ['<speak>caf&#233; &#x21;</speak>', 'café !'],
  ])('hears %s', (ssml, words) => {
    expect(readSsml(ssml)?.words).toBe(words);
  });

  it.each([
    'no root',
    '<speak>a & b</speak>',
    '<speak>1 < 2</speak>',
    '<speak><p>open</speak>',
    '<speak>a</speak><speak>b</speak>',
    '<speak>a</speak> b',
    '<speak>&nbsp;</speak>',
    '<p>not speak</p>',
  ])('refuses %s', (ssml) => {
    expect(readSsml(ssml)).toBeUndefined();
  });

  it('takes longer for more words and for breaks', () => {
    const plain = readSsml('<speak>Goodbye.</speak>')?.milliseconds ?? 0;

    expect(readSsml('<speak>Goodbye.<break time="1500ms"/></speak>')?.milliseconds).toBe(plain + 1500);
  });
});

function condition(operand: string) {
  return { NextAction: 'bye', Condition: { Operator: 'Equals', Operands: [operand] } };
}
