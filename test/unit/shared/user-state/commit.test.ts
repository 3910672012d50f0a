import { beforeEach, describe, expect, it } from 'vitest';
import type { Table } from '../../../../shared/platform/dynamo/table.ts';
import { Problem } from '../../../../shared/platform/problems/problem.ts';
import { commit, type Change } from '../../../../shared/user-state/commit.ts';
import type { Decision, DecisionEvent } from '../../../../shared/user-state/decision.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { fromUserStateItem, userStateKey } from '../../../../shared/user-state/user-state-item.ts';
import type { UserState } from '../../../../shared/user-state/user-state.ts';
import { makeStage, type Stage, type TestUser } from '../../../support/stage.ts';

let stage: Stage;
let user: TestUser;
beforeEach(async () => {
  stage = await makeStage();
  user = await stage.makeUser(await stage.makeOrganization());
});

const read = async () => fromUserStateItem((await stage.table.read([userStateKey(user.home.userKey)]))[0] ?? {});
const events = async () => (await stage.items()).filter(({ sk }) => String(sk).startsWith('EVENT#'));
const event: DecisionEvent = { kind: 'counted' };

/** Counts on the state: what it gives is how many there were with it. */
const countUp = (state: UserState, now: number, more: readonly DecisionEvent[] = []): Decision<number> => {
  const failures = (state.failures ?? 0) + 1;
  return { outcome: failures, next: { ...state, failures, lastAt: now }, events: [event, ...more], receipt: { outcome: 'changed', about: new Uint8Array(16), answersLeft: failures } };
};

let requests = 0;
async function change(changes: Partial<Change<number>> = {}): Promise<Change<number>> {
  requests += 1;
  const requestId = String(requests);
  return {
    home: user.home, state: await read(), context: { requestId, door: 'api', clientId: 'client-1', userAgent: 'x'.repeat(500) },
    mark: markRequest(stage.keys, 'client', requestId, []), decide: countUp, recall: ({ answersLeft }) => answersLeft, ...changes,
  };
}

describe('commit', () => {
  it('writes the state under the version that was read, with its event, and only then tells', async () => {
    const { outcome, state } = await commit(stage.deps, await change());

    expect(outcome).toBe(1);
    expect(state).toEqual(await read());
    expect(state.version).toBe(2);
    expect(await events()).toMatchObject([{ sk: 'EVENT#000000000002', kind: 'counted', version: 2, userId: 'u-1', clientId: 'client-1', userAgent: 'x'.repeat(120), format: 1 }]);
  });

  it('writes one row for each event of a decision, in one transaction', async () => {
    await commit(stage.deps, await change({ decide: (state, now) => countUp(state, now, [{ kind: 'lock-ended' }, { kind: 'challenge-expired' }]) }));

    expect((await events()).map(({ sk, kind }) => [sk, kind])).toEqual([
      ['EVENT#000000000002', 'counted'], ['EVENT#000000000002.1', 'lock-ended'], ['EVENT#000000000002.2', 'challenge-expired'],
    ]);
  });

  it('decides again on what it finds when somebody else was first', async () => {
    const changes = await Promise.all(Array.from({ length: 10 }, () => change()));

    const outcomes = await Promise.all(changes.map((each) => commit(stage.deps, each)));

    expect(outcomes.map(({ outcome }) => outcome).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect((await read()).version).toBe(11);
    expect(await events()).toHaveLength(10);
  });

  it('answers the same request from its receipt, and refuses another body under its name', async () => {
    const first = await change();
    await commit(stage.deps, first);
    await commit(stage.deps, await change());

    expect(await commit(stage.deps, { ...first, state: await read() })).toMatchObject({ outcome: 1 });
    const other = { ...first, state: await read(), mark: { ...first.mark, body: new Uint8Array(3) } };
    await expect(commit(stage.deps, other)).rejects.toMatchObject({ problem: 'idempotency-conflict' });
    expect((await read()).failures).toBe(2);
  });

  it('moves no version by what it refuses, and counts it by kind and minute', async () => {
    const refusal = { outcome: 0, refusal: { kind: 'start-refused', detail: { reason: 'locked' } } };
    for (let count = 0; count < 3; count += 1) await commit(stage.deps, await change({ decide: () => refusal }));
    stage.clock.advance(60_000);
    await commit(stage.deps, await change({ decide: () => refusal }));

    expect((await read()).version).toBe(1);
    expect((await events()).map(({ kind, times }) => [kind, times])).toEqual([['start-refused', 3], ['start-refused', 1]]);
  });

  it('writes nothing at all for what is no decision', async () => {
    await commit(stage.deps, await change({ decide: () => ({ outcome: 0 }) }));

    expect(await events()).toEqual([]);
  });

  it('records a problem that the decision ended in before anybody hears of it (I9)', async () => {
    const decide = (): never => {
      throw new Problem('proof-required');
    };

    await expect(commit(stage.deps, await change({ decide }))).rejects.toMatchObject({ problem: 'proof-required' });

    expect((await events()).map(({ kind }) => kind)).toEqual(['refused-proof-required']);
  });

  it('writes what else must agree in the same transaction, and hears which of it refused', async () => {
    const row = (sk: string) => ({ Put: { TableName: stage.table.name, Item: { pk: { S: 'ELSE' }, sk: { S: sk } }, ConditionExpression: 'attribute_not_exists(pk)' } });
    await commit(stage.deps, await change({ also: () => [row('a')] }));
    const refusals: number[] = [];

    const refused = commit(stage.deps, await change({
      decide: (state, now) => countUp(state, now, [{ kind: 'lock-ended' }]),
      also: () => [row('b'), row('a')],
      refused: (position) => {
        refusals.push(position);
        throw new Problem('spend-limit');
      },
    }));

    await expect(refused).rejects.toMatchObject({ problem: 'spend-limit' });
    expect(refusals).toEqual([1]);
    expect((await read()).failures).toBe(1);
    expect((await stage.items()).filter(({ pk }) => pk === 'ELSE')).toHaveLength(1);
  });

  it('gives up when it cannot be known, and tells nothing (X1)', async () => {
    let tries = 0;
    const table: Table = { ...stage.table, transact: () => Promise.reject((tries += 1, new Problem('unavailable'))) };

    await expect(commit({ ...stage.deps, table }, await change())).rejects.toMatchObject({ problem: 'unavailable' });

    expect(tries).toBe(3);
    expect((await read()).version).toBe(1);
  });

  it('gives up after forty races, pausing longer from one to the next', async () => {
    const pauses: number[] = [];
    const table: Table = { ...stage.table, transact: () => Promise.resolve({ done: false, refused: [0], conflicted: false }) };
    const deps = { ...stage.deps, table, random: { ...stage.deps.random, integer: (below: number) => below - 1 }, pause: (length: number) => Promise.resolve(void pauses.push(length)) };

    await expect(commit(deps, await change())).rejects.toMatchObject({ problem: 'unavailable' });

    expect(pauses).toHaveLength(40);
    expect(pauses.slice(0, 6)).toEqual([9, 19, 39, 79, 99, 99]);
  });

  it('finds its own write that was late', async () => {
    const late: (() => Promise<unknown>)[] = [];
    const table: Table = {
      ...stage.table,
      transact: async (writes) => {
        if (late.length > 0) return stage.table.transact(writes);
        late.push(() => stage.table.transact(writes));
        throw new Problem('unavailable');
      },
      read: async (keys) => {
        const items = await stage.table.read(keys);
        // Applied only after it was looked for.
        await late[0]?.();
        return items;
      },
    };

    const { outcome } = await commit({ ...stage.deps, table }, await change());

    expect(outcome).toBe(1);
    expect(await read()).toMatchObject({ version: 2, failures: 1 });
  });

  it('knows no user who was erased meanwhile (X31)', async () => {
    const late = await change();
    await stage.put({ pk: { S: `USER#${user.home.userKey}` }, sk: { S: 'STATE' }, version: { N: '9' }, erasedAt: { N: '1' } });

    await expect(commit(stage.deps, late)).rejects.toMatchObject({ problem: 'not-found' });
  });

  it('takes the record’s own time when the clock stands behind it (X20)', async () => {
    await commit(stage.deps, await change());
    stage.clock.advance(-3_600_000);
    const before = await read();

    await commit(stage.deps, await change());

    expect((await read()).lastAt).toBe(before.lastAt);
  });
});
