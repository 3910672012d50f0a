import { describe, expect, it } from 'vitest';
import { machineArn, named, runToEnd, settle, setup } from './engine-world.ts';

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

  it('times out when its call takes too long', async () => {
    const { engine } = setup({
      states: { Call: { Type: 'Task', TimeoutSeconds: 0.05, End: true } },
      f: () => new Promise(() => undefined),
    });
    const record = engine.start({ machineArn });
    await expect.poll(() => record.status).toBe('FAILED');

    expect(record.error).toBe('States.Timeout');
  });

  it('has the time of its call, however far the clock of the stack is moved meanwhile', async () => {
    const { engine, clock } = setup({
      states: { Call: { Type: 'Task', TimeoutSeconds: 30, End: true } },
      f: () => new Promise((resolve) => setTimeout(resolve, 50)),
    });
    const record = engine.start({ machineArn });
    await settle();
    await clock.jump(3600);

    await expect.poll(() => record.status).toBe('SUCCEEDED');
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
