import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../web/ask/ask.ts';
import type { BulkRow } from '../../../web/sections/users/bulk-rows.ts';
import { bulkRun, type BulkWorld } from '../../../web/sections/users/bulk-run.ts';

const rowsOf = (...userIds: string[]): BulkRow[] =>
  userIds.map((userId, index) => ({ line: index + 2, userId, email: '', phone: { country: 'US/CA', phoneNumber: '2025550142' } }));

/** A service that counts what really happens, and fails when it is told to: before the effect, or after it. */
function serviceOf({ known, fail = () => undefined, licenses = Infinity }: { known: string[]; licenses?: number; fail?: (call: number) => 'before' | 'after' | Refusal | undefined }) {
  const [enabled, byKey, invitations] = [new Set<string>(), new Map<string, string>(), [] as string[]];
  let [calls, keys] = [0, 0];
  const mayFail = (work: () => void): void => {
    calls += 1;
    const how = fail(calls);
    if (how instanceof Refusal) throw how;
    if (how === 'before') throw new Refusal('offline');
    work();
    if (how === 'after') throw new Refusal('offline');
  };
  const world: BulkWorld = {
    find: async ({ userId }) => (known.includes(userId) ? { userId, isEnabled: enabled.has(userId) } : undefined),
    enable: async (userId, _row, key) =>
      mayFail(() => {
        if (byKey.has(key)) return;
        if (enabled.size >= licenses) throw new Refusal('no-license');
        byKey.set(key, userId);
        enabled.add(userId);
        invitations.push(userId);
      }),
    newKey: () => `key-${String((keys += 1))}`,
    pause: async () => undefined,
  };
  return { world, invitations };
}

const outcomes = ({ done }: ReturnType<typeof bulkRun>) => done.map(({ outcome }) => outcome);

describe('a run through a file', () => {
  it('enables everybody once, and leaves alone whoever is enabled already', async () => {
    const { world, invitations } = serviceOf({ known: ['a', 'b'] });
    const [first, second] = [bulkRun(rowsOf('a', 'gone', 'b'), world), bulkRun(rowsOf('a', 'gone', 'b'), world)];

    expect([await first.go(() => undefined), await second.go(() => undefined)]).toEqual(['finished', 'finished']);
    expect(outcomes(first)).toEqual(['enabled', 'unknownUser', 'enabled']);
    expect(outcomes(second)).toEqual(['already', 'unknownUser', 'already']);
    expect(invitations).toEqual(['a', 'b']);
  });

  it('asks again by the same key when a reply is lost, wherever that happens', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.constantFrom('before' as const, 'after' as const, undefined), { maxLength: 20 }), async (faults) => {
      const { world, invitations } = serviceOf({ known: ['a', 'b', 'c'], fail: (call) => (call % 4 === 0 ? undefined : faults[call]) });
      const run = bulkRun(rowsOf('a', 'b', 'c'), world);

      expect(await run.go(() => undefined)).toBe('finished');
      expect(outcomes(run)).toEqual(['enabled', 'enabled', 'enabled']);
      expect(invitations).toEqual(['a', 'b', 'c']);
    }));
  });

  it('does nothing twice when it is killed at any row and the same file is chosen again (X30)', async () => {
    const userIds = Array.from({ length: 12 }, (_, index) => `u-${String(index)}`);
    for (let killed = 0; killed <= userIds.length; killed += 1) {
      const { world, invitations } = serviceOf({ known: userIds });
      const first = bulkRun(rowsOf(...userIds), { ...world, enable: (...input) => (invitations.length < killed ? world.enable(...input) : Promise.reject(new Error('killed'))) });
      await first.go(() => undefined).catch(() => undefined);
      const second = bulkRun(rowsOf(...userIds), world);

      expect(await second.go(() => undefined)).toBe('finished');
      expect(invitations).toEqual(userIds);
    }
  });

  it('stops when it is told to, and goes on where it was', async () => {
    const { world, invitations } = serviceOf({ known: ['a', 'b', 'c'] });
    const run = bulkRun(rowsOf('a', 'b', 'c'), world);

    expect(await run.go(() => run.stop())).toBe('stopped');
    expect([invitations, run.left.length]).toEqual([['a'], 2]);
    expect(await run.go(() => undefined)).toBe('finished');
    expect(invitations).toEqual(['a', 'b', 'c']);
  });

  it('stops at the row for which no license is free, and goes on there once there are some', async () => {
    const limit = { licenses: 1 };
    const { world } = serviceOf({ known: ['a', 'b'] });
    const counted = { ...world, enable: (...input: Parameters<BulkWorld['enable']>) => (limit.licenses-- > 0 ? world.enable(...input) : Promise.reject(new Refusal('no-license'))) };
    const run = bulkRun(rowsOf('a', 'b'), counted);

    expect([await run.go(() => undefined), run.left.map(({ userId }) => userId)]).toEqual(['no-license', ['b']]);
    limit.licenses = 1;
    expect([await run.go(() => undefined), outcomes(run)]).toEqual(['finished', ['enabled', 'enabled']]);
  });

  it('puts down what is refused of one row, and goes on with the next', async () => {
    const { world } = serviceOf({ known: ['a', 'b'], fail: (call) => (call === 1 ? new Refusal('number-refused') : undefined) });
    const run = bulkRun(rowsOf('a', 'b'), world);

    expect(await run.go(() => undefined)).toBe('finished');
    expect(run.done).toMatchObject([{ outcome: 'refused', problem: 'number-refused' }, { outcome: 'enabled' }]);
  });

  it('ends, with nothing lost, at what would be refused of every row', async () => {
    const { world } = serviceOf({ known: ['a', 'b'], fail: () => new Refusal('page-session-over') });
    const run = bulkRun(rowsOf('a', 'b'), world);

    await expect(run.go(() => undefined)).rejects.toThrow('page-session-over');
    expect(run.left).toHaveLength(2);
  });
});
