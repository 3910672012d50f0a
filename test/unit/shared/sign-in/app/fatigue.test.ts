import { beforeEach, describe, expect, it } from 'vitest';
import { makeAppWorld, push, type AppWorld } from '../../../../support/app-world.ts';
import { problemOf } from '../../../../support/sign-in-world.ts';

const minute = 60_000;
const native = { kind: 'native', endpointArn: 'arn:aws:sns:us-east-1:000000000000:endpoint/GCM/x/1' } as const;

let world: AppWorld;
beforeEach(async () => {
  world = await makeAppWorld({ devices: 2 });
});

describe('pushes', () => {
  it('are one at a time: another sign-in, another device and the same one again wait for the minute to pass (D19)', async () => {
    const first = await push(world);
    const second = (await world.start()).challengeId;

    expect(await problemOf(world.send(second))).toBe('too-many-sends');
    expect(await problemOf(world.send(first))).toBe('too-many-sends');
    expect(await problemOf(world.send(first, 1))).toBe('too-many-sends');
    world.stage.clock.advance(minute);
    await world.send(second);

    expect((await world.asked()).challengeId).toBe(second);
    expect(await world.decide({ challengeId: first, send: 1, decision: 'approve' })).toEqual({ outcome: 'over' });
  });

  it('make room for the next as soon as they are answered', async () => {
    const challengeId = await push(world);
    await world.decide({ challengeId, send: 1, decision: 'decline' });

    expect((await push(world, 1)).startsWith('chl_')).toBe(true);
  });

  it('stop for an hour after five that were declined, and the owner is told', async () => {
    for (let count = 0; count < 5; count += 1) {
      const challengeId = await push(world);
      expect(await world.decide({ challengeId, send: 1, decision: 'decline' })).toEqual({ outcome: 'declined' });
      world.stage.clock.advance(10_000);
    }
    const { challengeId } = await world.start();

    expect(await problemOf(world.send(challengeId))).toBe('too-many-sends');
    expect((await world.events()).filter(({ notice }) => notice === 'push-paused')).toHaveLength(1);
    expect((await world.answer(challengeId, world.code())).status).toBe('approved');
    world.stage.clock.advance(59 * minute);
    expect(await problemOf(push(world))).toBe('too-many-sends');
    world.stage.clock.advance(minute);
    expect((await push(world)).startsWith('chl_')).toBe(true);
  });

  it('stop for an hour after five that nobody answered', async () => {
    for (let count = 0; count < 5; count += 1) {
      await push(world);
      world.stage.clock.advance(6 * minute);
    }

    expect(await problemOf(push(world))).toBe('too-many-sends');
  });

  it('are counted anew after one that was approved, as often as somebody signs in', async () => {
    for (let count = 0; count < 12; count += 1) {
      const challengeId = await push(world);
      expect(await world.decide({ challengeId, send: 1, decision: 'approve' })).toEqual({ outcome: 'approved' });
      world.stage.clock.advance(10_000);
    }
    expect((await world.state()).pushes).toBeUndefined();
  });

  it('are four at most for one challenge (D20)', async () => {
    const challengeId = await push(world);
    for (let count = 0; count < 3; count += 1) {
      world.stage.clock.advance(minute);
      await world.send(challengeId);
    }
    world.stage.clock.advance(minute);

    expect(await problemOf(world.send(challengeId))).toBe('too-many-sends');
  });

  it('wake the device that was asked, once, and say nothing that decides anything', async () => {
    await world.subscribe(native, 1);
    const { challengeId } = await world.start();
    await world.send(challengeId, 1, { request: 'once' });
    await world.send(challengeId, 1, { request: 'once' });

    expect(world.woken).toEqual([{ target: native, push: { organizationName: 'Acme Corporation', text: 'Is that you, signing in?', lifeSeconds: 60 } }]);
    expect((await world.requests(0)).requests).toEqual([]);
    expect((await world.asked(1)).challengeId).toBe(challengeId);
  });

  it('are there for an app that is opened by hand when nobody could be woken', async () => {
    const { challengeId } = await world.start();
    const sent = await world.send(challengeId);

    expect(sent.progress).toMatchObject({ state: 'sent', reason: 'not-woken' });
    expect(await world.decide({ challengeId, send: 1, decision: 'approve' })).toEqual({ outcome: 'approved' });
  });

  it('are not tried again at a device that is gone', async () => {
    await world.subscribe(native);
    world.carrierAnswers = 'gone';
    const challengeId = await push(world);
    await world.decide({ challengeId, send: 1, decision: 'decline' });
    await push(world);

    expect(world.woken).toHaveLength(1);
  });

  it('keep where a device is woken sealed, outside the item that decides', async () => {
    await world.subscribe(native);
    const items = await world.stage.items();

    expect(JSON.stringify(items.filter(({ sk }) => sk === 'STATE'))).not.toContain('PUSH');
    expect(Buffer.from(items.find(({ sk }) => String(sk).startsWith('PUSH#'))?.['target'] as Uint8Array).toString()).not.toContain('endpoint');
  });
});
