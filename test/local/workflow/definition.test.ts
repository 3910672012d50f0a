import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../../local/workflow/definition.ts';

describe('a definition', () => {
  const base = { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed' } } };
  const withState = (A: object) => ({ ...base, States: { A } });

  it.each([
    ['another query language', { ...base, QueryLanguage: 'JSONPath' }, 'A: only QueryLanguage JSONata'],
    ['an unknown type', withState({ Type: 'Map' }), 'A: the type Map'],
    ['an unknown field', withState({ Type: 'Pass', InputPath: '$', End: true }), 'A: the field InputPath'],
    ['an unknown resource', withState({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true }), 'sqs:sendMessage'],
    [
      'a callback form that does not exist',
      withState({ Type: 'Task', Resource: 'arn:aws:states:::dynamodb:updateItem.waitForTaskToken', End: true }),
      'A: the resource',
    ],
    ['a missing state', withState({ Type: 'Pass', Next: 'B' }), 'A: there is no state B'],
    ['a missing start', { ...base, StartAt: 'Z' }, 'there is no state Z'],
    ['an unknown field of a rule', withState({ Type: 'Choice', Choices: [{ Variable: '$.x', Next: 'A' }] }), 'A.Choices: the field Variable'],
  ])('is refused for %s', (_name, definition, words) => {
    expect(() => readDefinition(JSON.stringify(definition), 'm')).toThrow(words);
  });
});
