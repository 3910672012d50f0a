import { beforeAll, describe, expect, it } from 'vitest';
import { listAudit, type AuditFilters } from '../../../../shared/audit/list-audit.ts';
import { refusedToClient, trailWrites } from '../../../../shared/audit/trail.ts';
import { minute } from '../../../../shared/platform/clock.ts';
import { homeKeys, organizationKeyOf, readObjectId } from '../../../../shared/platform/object-id.ts';
import { eventWrites } from '../../../../shared/user-state/event-item.ts';
import { makeStage, testStart, type Stage } from '../../../support/stage.ts';

const context = {
  requestId: 'request-1',
  door: 'api',
  clientId: 'client-1',
  actor: 'acme/admin',
  ipAddress: '192.0.2.1',
} as const;

let stage: Stage;
let organizationKey: string;

async function addUserEvent(userId: string, version: number, kind: string): Promise<void> {
  const home = { ...homeKeys(stage.keys, 'acme', userId), organizationId: 'acme', userId };
  const event = { kind, challengeId: new Uint8Array(16).fill(version), factorId: new Uint8Array(8).fill(version) };
  await stage.table.transact(
    eventWrites(stage.table.name, home, version, [event], context, testStart + version * minute),
  );
}

beforeAll(async () => {
  stage = await makeStage();
  organizationKey = organizationKeyOf(stage.keys, 'acme');
  for (let version = 1; version <= 9; version += 1) {
    await addUserEvent(version % 3 === 0 ? 'bob' : 'ada', version, version % 2 ? 'challenge-approved' : 'answer-wrong');
  }
  const subject = { partition: 'CLIENT#c', version: 1, organizationId: 'acme' };
  await stage.table.transact(
    trailWrites(stage.deps, subject, [{ kind: 'client-created', detail: { name: 'Portal' } }], context, testStart),
  );
  await stage.table.transact(
    trailWrites(
      stage.deps,
      { ...subject, partition: 'CLIENT#d', organizationId: 'other' },
      [{ kind: 'client-created' }],
      context,
      testStart,
    ),
  );
});

async function kinds(filters: AuditFilters = {}, limit = 50) {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAudit(stage.deps, {
      organizationKey,
      filters,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.events.map(({ kind, at, userId = '-' }) => `${at.slice(11, 16)} ${userId} ${kind}`));
    ({ cursor } = page);
  } while (cursor !== undefined);
  return found;
}

describe('listAudit', () => {
  it("shows one organization's events, newest first, whatever the size of a page", async () => {
    const all = await kinds();

    expect(all).toHaveLength(10);
    expect(all[0]).toBe('12:09 bob challenge-approved');
    expect(all.at(-1)).toBe('12:00 - client-created');
    for (const limit of [1, 3, 10]) expect(await kinds({}, limit)).toEqual(all);
  });

  it('filters by user, by kind and by time: from a time on, before another', async () => {
    expect(await kinds({ userId: 'bob' }, 2)).toEqual([
      '12:09 bob challenge-approved',
      '12:06 bob answer-wrong',
      '12:03 bob challenge-approved',
    ]);
    expect(await kinds({ kind: 'client-created' })).toEqual(['12:00 - client-created']);
    expect(await kinds({ from: testStart + 2 * minute, to: testStart + 4 * minute })).toEqual([
      '12:03 bob challenge-approved',
      '12:02 ada answer-wrong',
    ]);
    expect(await kinds({ userId: 'bob', kind: 'answer-wrong', from: testStart })).toEqual(['12:06 bob answer-wrong']);
  });

  it('tells who, through which door, from where, and about what', async () => {
    const { events } = await listAudit(stage.deps, { organizationKey, filters: {}, limit: 1 });

    expect(events[0]).toMatchObject({
      kind: 'challenge-approved',
      userId: 'bob',
      door: 'api',
      clientId: 'client-1',
      actor: 'acme/admin',
      ipAddress: '192.0.2.1',
      requestId: 'request-1',
    });
    expect(readObjectId(stage.keys, 'chl', events[0]?.challengeId ?? '')).toMatchObject(
      homeKeys(stage.keys, 'acme', 'bob'),
    );
    expect(readObjectId(stage.keys, 'fac', events[0]?.factorId ?? '')?.random).toEqual(new Uint8Array(8).fill(9));
    expect(Object.keys(events[0] ?? {})).not.toContain('pk');
  });

  it('refuses the cursor of another organization or of other filters', async () => {
    const { cursor = '' } = await listAudit(stage.deps, { organizationKey, filters: {}, limit: 2 });
    const ask = (changes: object) =>
      listAudit(stage.deps, { organizationKey, filters: {}, limit: 2, cursor, ...changes });

    await expect(ask({})).resolves.toBeDefined();
    await expect(ask({ organizationKey: organizationKeyOf(stage.keys, 'other') })).rejects.toThrow('cursor-invalid');
    await expect(ask({ filters: { userId: 'ada' } })).rejects.toThrow('cursor-invalid');
  });
});

describe('refusedToClient', () => {
  const client = { clientId: 'client-1', organizationId: 'r1' };
  const refuse = async (at: number, reason: string, as: object = {}, organizationId = 'r1') => {
    const event = { kind: 'request-refused', detail: { operation: 'getUser', reason } };
    const subject = { client: { ...client, organizationId } };
    await stage.table.update(refusedToClient(stage.deps, subject, event, { ...context, ...as }, { at }));
  };
  const listed = async (organizationId: string, filters: AuditFilters = {}) => {
    const key = organizationKeyOf(stage.keys, organizationId);
    return (await listAudit(stage.deps, { organizationKey: key, filters, limit: 50 })).events;
  };

  it('counts in one row per client and minute', async () => {
    for (const at of [testStart, testStart + 5, testStart + minute]) await refuse(at, 'scope');

    expect((await listed('r1')).map(({ kind, times }) => [kind, times])).toEqual([
      ['request-refused', 1],
      ['request-refused', 2],
    ]);
  });

  it('makes another row for another reason, another client and another person: no fact of a row is only the first', async () => {
    for (const reason of ['scope', 'role']) await refuse(testStart, reason, {}, 'r2');
    for (const as of [{ clientId: 'client-2' }, { actor: 'acme/other' }]) await refuse(testStart, 'scope', as, 'r2');

    const facts = (await listed('r2')).map(({ clientId, actor, detail, times }) => [clientId, actor, detail?.['reason'], times]);
    expect(facts.sort()).toEqual([
      ['client-1', 'acme/admin', 'role', 1],
      ['client-1', 'acme/admin', 'scope', 1],
      ['client-1', 'acme/other', 'scope', 1],
      ['client-2', 'acme/admin', 'scope', 1],
    ]);
  });

  it('makes no other row for another request or address: a flood stays small (A108)', async () => {
    for (let count = 0; count < 20; count += 1) {
      await refuse(testStart + count, 'scope', { requestId: `request-${String(count)}`, ipAddress: `192.0.2.${String(count)}` }, 'r3');
    }

    expect((await listed('r3')).map(({ times }) => times)).toEqual([20]);
  });

  it('is found from any time within its minute on, until it was counted last', async () => {
    await refuse(testStart + 10_000, 'scope', {}, 'r4');
    await refuse(testStart + 40_000, 'scope', {}, 'r4');

    expect(await listed('r4', { from: testStart + 30_000 })).toMatchObject([{ times: 2, lastAt: '2030-01-15T12:00:40Z' }]);
    expect(await listed('r4', { from: testStart + 40_000 })).toHaveLength(1);
    expect(await listed('r4', { from: testStart + 40_001 })).toEqual([]);
    expect(await listed('r4', { from: testStart - minute, to: testStart + 10_000 })).toHaveLength(1);
  });
});
