import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { machineArn, once, parked, settle, setup, tokenOf, type States } from './engine-world.ts';

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
