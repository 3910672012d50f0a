import { describe, expect, it } from 'vitest';
import { machineArn, runToEnd, settle, setup } from './engine-world.ts';

describe('a Choice', () => {
  const states = {
    Which: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 5 %}', Next: 'Large', Assign: { by: 'rule' } },
        { Condition: '{% $states.input.n = 5 %}', Next: 'Large', Output: 'five' },
      ],
      Default: 'Small',
    },
    Large: { Type: 'Pass', Output: { large: '{% $states.input %}' }, End: true },
    Small: { Type: 'Succeed' },
  };

  it.each([
    [{ n: 6 }, { large: { n: 6 } }],
    [{ n: 5 }, { large: 'five' }],
    [{ n: 4 }, { n: 4 }],
  ])('takes the first rule that holds, else the default: %j', async (input, expected) => {
    expect((await runToEnd({ states }, input)).value).toEqual(expected);
  });

  it('fails when no rule holds and there is no default', async () => {
    const { Default: _, ...Which } = states.Which;

    expect(await runToEnd({ states: { ...states, Which } }, { n: 1 })).toMatchObject({ error: 'States.NoChoiceMatched' });
  });
});

describe('the other states', () => {
  it('Wait for seconds, by the clock of the stack', async () => {
    const { engine, clock } = setup({ states: { Pause: { Type: 'Wait', Seconds: '{% $states.input.s %}', End: true } } });
    const record = engine.start({ machineArn, input: '{"s":5}' });
    await settle();
    await clock.pass(4.9);
    await settle();

    expect(record.status).toBe('RUNNING');
    await clock.pass(0.1);
    await settle();

    expect(record).toMatchObject({ status: 'SUCCEEDED', output: '{"s":5}' });
  });

  it('Fail with an error and a cause that may be expressions', async () => {
    const states = { No: { Type: 'Fail', Error: 'Refused', Cause: '{% "because of " & $states.input.why %}' } };

    expect(await runToEnd({ states }, { why: 'rain' })).toMatchObject({
      status: 'FAILED',
      error: 'Refused',
      cause: 'because of rain',
    });
  });
});
