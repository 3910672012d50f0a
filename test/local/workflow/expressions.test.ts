import { describe, expect, it } from 'vitest';
import { runToEnd } from './engine-world.ts';

describe('expressions', () => {
  it('see the input, the context and the variables, and come out as plain JSON', async () => {
    const { value } = await runToEnd(
      {
        states: {
          First: { Type: 'Pass', Assign: { n: '{% $states.input.n + 1 %}', list: '{% [1..3] %}' }, Next: 'Second' },
          Second: {
            Type: 'Pass',
            Output: { n: '{% $n %}', in: ['{% $states.context.State.Name %}'], list: '{% $list %}', text: 'not {% an expression' },
            End: true,
          },
        },
      },
      { n: 41 },
    );

    expect(value).toEqual({ n: 42, in: ['Second'], list: [1, 2, 3], text: 'not {% an expression' });
  });

  it('see in Output and Assign the variables as they were when the state was entered', async () => {
    const { value } = await runToEnd({
      states: {
        First: { Type: 'Pass', Assign: { n: 1 }, Next: 'Second' },
        Second: { Type: 'Pass', Assign: { n: '{% $n + 1 %}', m: '{% $n %}' }, Output: '{% $n %}', Next: 'Third' },
        Third: { Type: 'Pass', Output: ['{% $states.input %}', '{% $n %}', '{% $m %}'], End: true },
      },
    });

    expect(value).toEqual([1, 2, 1]);
  });

  it('fail the state when they answer nothing', async () => {
    const record = await runToEnd({ states: { First: { Type: 'Pass', Output: '{% $states.input.absent %}', End: true } } });

    expect(record).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(record.cause).toContain('returned nothing');
  });

  it('have the functions that Step Functions adds, and its clock', async () => {
    const { value } = await runToEnd({
      states: {
        First: { Type: 'Pass', Output: { p: '{% $parse("[1]") %}', h: '{% $hash("a", "SHA-256") %}', m: '{% $millis() %}' }, End: true },
      },
    });

    expect(value).toMatchObject({ p: [1], m: Date.parse('2026-11-21T19:00:00Z') });
    expect((value as { h: string }).h).toMatch(/^ca978112/);
  });
});
