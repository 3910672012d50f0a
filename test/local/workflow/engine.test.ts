import { describe, expect, it } from 'vitest';
import { machineArn, once, parked, settle, setup, tokenOf } from './engine-world.ts';

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
