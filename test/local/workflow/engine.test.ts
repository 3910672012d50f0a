import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDefinition } from '../../../local/workflow/definition.ts';
import { machineArn, settle, setup, type States } from './engine-world.ts';

const once: States = { Pause: { Type: 'Wait', Seconds: 60, End: true } };

/** Parks its token on an item, as the phone call does. */
const parked: States = {
  Park: {
    Type: 'Task',
    Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
    Arguments: { Token: '{% $states.context.Task.Token %}' },
    TimeoutSeconds: 110,
    Catch: [{ ErrorEquals: ['States.Timeout'], Output: 'timed out', Next: 'End' }],
    Output: '{% $states.result %}',
    Next: 'End',
  },
  End: { Type: 'Pass', End: true },
};
const tokenOf = ({ commands }: ReturnType<typeof setup>) => String(commands.at(-1)?.input['Token']);

describe('starting an execution', () => {
  it('is done once for the same name and input while it runs', async () => {
    const { engine } = setup({ states: once });
    const first = engine.start({ machineArn, name: 'a', input: '{"n":1}' });

    expect(engine.start({ machineArn, name: 'a', input: '{"n":1}' })).toBe(first);
    expect(engine.list()).toHaveLength(1);
  });

  it('is refused for another input, and for a name that has ended', async () => {
    const { engine, clock } = setup({ states: once });
    engine.start({ machineArn, name: 'a', input: '{"n":1}' });

    expect(() => engine.start({ machineArn, name: 'a', input: '{"n":2}' })).toThrow('Execution Already Exists');
    await settle();
    await clock.pass(61);
    await settle();

    expect(() => engine.start({ machineArn, name: 'a', input: '{"n":1}' })).toThrow('Execution Already Exists');
  });

  it.each([
    ['a machine that is not there', { machineArn: 'arn:other' }, 'StateMachineDoesNotExist'],
    ['a name that is not allowed', { machineArn, name: 'a b' }, 'InvalidName'],
    ['input that is not JSON', { machineArn, input: 'x' }, 'InvalidExecutionInput'],
  ])('is refused for %s', (_name, request, error) => {
    expect(() => setup({ states: once }).engine.start(request)).toThrow(expect.objectContaining({ name: error }));
  });
});

describe('an execution', () => {
  it('times out as a whole', async () => {
    const { engine, clock } = setup({ states: once, timeoutSeconds: 30 });
    const record = engine.start({ machineArn });
    await settle();
    await clock.pass(31);
    await settle();

    expect(record).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  it('can be stopped', async () => {
    const { engine, clock } = setup({ states: once });
    const record = engine.start({ machineArn });
    await settle();
    engine.end(record.arn, 'Enough', 'of it');
    await clock.pass(61);
    await settle();

    expect(record).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'of it' });
  });
});

describe('a task token', () => {
  it('wakes the state that waits, once', async () => {
    const world = setup({ states: parked });
    const record = world.engine.start({ machineArn });
    await settle();
    world.engine.settle(tokenOf(world), { output: '{"woken":true}' });
    await settle();

    expect(record).toMatchObject({ status: 'SUCCEEDED', output: '{"woken":true}' });
    expect(() => world.engine.settle(tokenOf(world), { output: '{}' })).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }));
  });

  it('may be used before the call that hands it out has answered', async () => {
    const world = setup({
      states: parked,
      send: ({ Token }) => world.engine.settle(String(Token), { output: '"early"' }),
    });
    const record = world.engine.start({ machineArn });
    await settle();

    expect(record).toMatchObject({ status: 'SUCCEEDED', output: '"early"' });
  });

  it('can fail the state', async () => {
    const world = setup({ states: parked });
    const record = world.engine.start({ machineArn });
    await settle();
    world.engine.settle(tokenOf(world), { error: 'Busy', cause: 'line' });
    await settle();

    expect(record).toMatchObject({ status: 'FAILED', error: 'Busy', cause: 'line' });
  });

  it('is worth nothing after the time-out', async () => {
    const world = setup({ states: parked });
    const record = world.engine.start({ machineArn });
    await settle();
    await world.clock.pass(111);
    await settle();

    expect(record.output).toBe('"timed out"');
    expect(() => world.engine.settle(tokenOf(world), { output: '{}' })).toThrow(expect.objectContaining({ name: 'TaskTimedOut' }));
  });

  it('of nobody is invalid', () => {
    expect(() => setup({ states: parked }).engine.settle('nonsense', { output: '{}' })).toThrow(
      expect.objectContaining({ name: 'InvalidToken' }),
    );
  });
});

describe('after a restart', () => {
  it('a parked execution waits on, with the same token, without handing it out again', async () => {
    const before = setup({ states: parked });
    before.engine.start({ machineArn, name: 'a' });
    await settle();
    await before.engine.stop();
    const after = setup({ states: parked, folder: before.folder, clock: before.clock });

    expect(after.engine.resume()).toBe(1);
    await settle();
    after.engine.settle(tokenOf(before), { output: '"woken"' });
    await settle();

    expect(after.commands).toEqual([]);
    expect(after.engine.list()[0]).toMatchObject({ status: 'SUCCEEDED', output: '"woken"' });
  });

  it('keeps the rest of the time-out', async () => {
    const before = setup({ states: parked });
    before.engine.start({ machineArn });
    await settle();
    await before.clock.pass(100);
    await before.engine.stop();
    const after = setup({ states: parked, folder: before.folder, clock: before.clock });
    after.engine.resume();
    await settle();
    await after.clock.pass(11);
    await settle();

    expect(after.engine.list()[0]?.output).toBe('"timed out"');
  });

  it('a call that was interrupted is made again, with the variables that there were', async () => {
    const states: States = {
      First: { Type: 'Pass', Assign: { n: 3 }, Next: 'Call' },
      Call: { Type: 'Task', Arguments: { FunctionName: 'f', Payload: '{% $n %}' }, Output: '{% $states.result.Payload %}', End: true },
    };
    const before = setup({ states, f: () => new Promise(() => undefined) });
    before.engine.start({ machineArn });
    await settle();
    await before.engine.stop();
    const after = setup({ states, folder: before.folder, clock: before.clock, f: (event) => ({ got: event }) });
    after.engine.resume();
    await settle();

    expect(after.engine.list()[0]?.output).toBe('{"got":3}');
  });

  it('a Wait ends when it would have ended', async () => {
    const before = setup({ states: once });
    before.engine.start({ machineArn });
    await settle();
    await before.clock.pass(50);
    await before.engine.stop();
    const after = setup({ states: once, folder: before.folder, clock: before.clock });
    after.engine.resume();
    await settle();
    await after.clock.pass(10);
    await settle();

    expect(after.engine.list()[0]?.status).toBe('SUCCEEDED');
  });

  it('what has ended stays known, for 90 days', async () => {
    const before = setup({ states: { Now: { Type: 'Succeed' } } });
    before.engine.start({ machineArn, name: 'a' });
    await settle();
    const sooner = setup({ states: once, folder: before.folder, clock: before.clock });

    expect(sooner.engine.list()).toHaveLength(1);
    await before.clock.jump(90 * 24 * 3600);
    const later = setup({ states: once, folder: before.folder, clock: before.clock });

    expect(later.engine.list()).toEqual([]);
    expect(readdirSync(before.folder)).toEqual([]);
  });
});

describe('a definition', () => {
  const base = { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed' } } };
  const withState = (A: object) => ({ ...base, States: { A } });

  it.each([
    ['another query language', { ...base, QueryLanguage: 'JSONPath' }, 'A: only QueryLanguage JSONata'],
    ['an unknown type', withState({ Type: 'Map' }), 'A: the type Map'],
    ['an unknown field', withState({ Type: 'Pass', InputPath: '$', End: true }), 'A: the field InputPath'],
    ['an unknown resource', withState({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true }), 'sqs:sendMessage'],
    ['a callback form that does not exist', withState({ Type: 'Task', Resource: 'arn:aws:states:::dynamodb:updateItem.waitForTaskToken', End: true }), 'A: the resource'],
    ['a missing state', withState({ Type: 'Pass', Next: 'B' }), 'A: there is no state B'],
    ['a missing start', { ...base, StartAt: 'Z' }, 'there is no state Z'],
    ['an unknown field of a rule', withState({ Type: 'Choice', Choices: [{ Variable: '$.x', Next: 'A' }] }), 'A.Choices: the field Variable'],
  ])('is refused for %s', (_name, definition, words) => {
    expect(() => readDefinition(JSON.stringify(definition), 'm')).toThrow(words);
  });
});
