import { describe, expect, it } from 'vitest';
import { named, runToEnd, settle, setup, machineArn } from './engine-world.ts';

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

describe('a Task', () => {
  it('gives its arguments to the function and its result to Output and Assign', async () => {
    const options = {
      states: {
        Call: {
          Type: 'Task',
          Arguments: { FunctionName: 'f', Payload: { id: '{% $states.input.id %}' } },
          Assign: { next: '{% $states.result.Payload.next %}' },
          Output: '{% $states.result.StatusCode %}',
          Next: 'End',
        },
        End: { Type: 'Pass', Output: ['{% $states.input %}', '{% $next %}'], End: true },
      },
      f: (event: unknown) => ({ next: JSON.stringify(event) }),
    };

    expect((await runToEnd(options, { id: 7 })).value).toEqual([200, '{"id":7}']);
  });

  it('fails with the name of what the function threw', async () => {
    const record = await runToEnd({
      states: { Call: { Type: 'Task', End: true } },
      f: () => {
        throw named('TypeError', 'no');
      },
    });

    expect(record).toMatchObject({ status: 'FAILED', error: 'TypeError', cause: '{"errorType":"TypeError","errorMessage":"no"}' });
  });

  it.each([
    ['its own name', ['TypeError'], 'caught TypeError'],
    ['any name', ['States.ALL'], 'caught TypeError'],
    ['any failed task', ['States.TaskFailed'], 'caught TypeError'],
    ['another name', ['RangeError'], undefined],
  ])('is caught by %s', async (_name, ErrorEquals, expected) => {
    const { value } = await runToEnd({
      states: {
        Call: {
          Type: 'Task',
          Catch: [{ ErrorEquals, Output: "{% 'caught ' & $states.errorOutput.Error %}", Next: 'Caught' }],
          End: true,
        },
        Caught: { Type: 'Pass', End: true },
      },
      f: () => {
        throw named('TypeError');
      },
    });

    expect(value).toBe(expected);
  });

  it('is tried again after the pauses that the first matching Retry says, until those are used up', async () => {
    const { engine, clock, events } = setup({
      states: {
        Call: {
          Type: 'Task',
          Retry: [
            { ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 3 },
            { ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 1 },
          ],
          End: true,
        },
      },
      f: () => {
        throw named('Busy');
      },
    });
    const record = engine.start({ machineArn });
    await settle();

    expect(events).toHaveLength(1);
    await clock.pass(1);
    await settle();

    expect(events).toHaveLength(2);
    await clock.pass(2.9);
    await settle();

    expect(events).toHaveLength(2);
    await clock.pass(0.1);
    await settle();

    expect(events).toHaveLength(3);
    expect(record).toMatchObject({ status: 'FAILED', error: 'Busy' });
  });

  it('times out by the clock of the stack', async () => {
    const { engine, clock } = setup({
      states: { Call: { Type: 'Task', TimeoutSeconds: 30, End: true } },
      f: () => new Promise(() => undefined),
    });
    const record = engine.start({ machineArn });
    await settle();
    await clock.pass(29);
    await settle();

    expect(record.status).toBe('RUNNING');
    await clock.pass(1);
    await settle();

    expect(record).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('sends DynamoDB what its arguments say, and names its refusals as Step Functions does', async () => {
    const world = setup({
      states: {
        Update: {
          Type: 'Task',
          Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem',
          Arguments: { TableName: 't', Key: { pk: { S: '{% $states.input.pk %}' } } },
          Catch: [{ ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Next: 'Refused' }],
          End: true,
        },
        Refused: { Type: 'Pass', End: true },
      },
      send: () => {
        throw named('ConditionalCheckFailedException', 'The conditional request failed');
      },
    });
    const record = world.engine.start({ machineArn, input: '{"pk":"a"}' });
    await settle();

    expect(world.commands).toEqual([{ name: 'UpdateItemCommand', input: { TableName: 't', Key: { pk: { S: 'a' } } } }]);
    expect(JSON.parse(record.output ?? '')).toEqual({
      Error: 'DynamoDb.ConditionalCheckFailedException',
      Cause: 'The conditional request failed',
    });
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
