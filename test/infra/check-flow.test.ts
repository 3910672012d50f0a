import { describe, expect, it } from 'vitest';

import { checkedFlow, flowProblems } from '../../infra/connect/check-flow.ts';
import { disconnect, say, type Action, type Flow } from '../../infra/connect/flow-language.ts';

const flowWith = (StartAction: string, ...Actions: Action[]): Flow => ({
  Version: '2019-10-30',
  StartAction,
  Metadata: {},
  Actions,
});

describe('flowProblems', () => {
  it('finds nothing in a flow that speaks and hangs up', () => {
    expect(flowProblems(flowWith('a', say('a', 'p_ask', 'b'), disconnect('b')))).toEqual([]);
  });

  it('finds a target that does not exist', () => {
    expect(flowProblems(flowWith('a', say('a', 'p_ask', 'b')))).toContain('a leads to b, which does not exist');
  });

  it('finds a start that does not exist', () => {
    expect(flowProblems(flowWith('b', disconnect('a')))).toContain('it starts at b, which does not exist');
  });

  it('finds an action that nothing leads to', () => {
    expect(flowProblems(flowWith('a', disconnect('a'), disconnect('b')))).toEqual(['nothing leads to b']);
  });

  it('finds an identifier used twice', () => {
    expect(flowProblems(flowWith('a', disconnect('a'), disconnect('a')))).toEqual(['a exists twice']);
  });

  it('finds an identifier that Connect refuses', () => {
    expect(flowProblems(flowWith('a:b', disconnect('a:b')))).toEqual(['a:b is no identifier']);
  });

  it('finds a call that could go on for ever', () => {
    expect(flowProblems(flowWith('a', say('a', 'p_ask', 'b'), say('b', 'p_again', 'a')))).toEqual([
      'a can be met twice in one call',
    ]);
  });

  it('finds an end that does not hang up', () => {
    const silent: Action = { Identifier: 'a', Type: 'MessageParticipant', Parameters: {}, Transitions: {} };

    expect(flowProblems(flowWith('a', silent))).toEqual(['a leads nowhere and does not hang up']);
  });
});

describe('checkedFlow', () => {
  it('refuses a flow with a fault, naming it', () => {
    expect(() => checkedFlow(flowWith('b', disconnect('a')))).toThrow(/it starts at b, which does not exist/);
  });
});
