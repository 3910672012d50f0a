import { beforeEach, describe, expect, it } from 'vitest';
import { hour } from '../../../../shared/platform/clock.ts';
import { openTable } from '../../../../shared/platform/dynamo/table.ts';
import type { Organization } from '../../../../shared/organizations/organization.ts';
import { removeToken } from '../../../../shared/tokens/remove-token.ts';
import { readReport, reportKey } from '../../../../shared/tokens/stock/token-import.ts';
import { organizationKeyOf } from '../../../../shared/platform/object-id.ts';
import { csvOf, makeTokenWorld, seedOf, type TokenWorld } from '../../../support/token-world.ts';

let world: TokenWorld;
beforeEach(async () => {
  world = await makeTokenWorld();
});

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const remove = (credentialId: string, organizationId = 'acme') =>
  removeToken(world.deps, { organizationId, credentialId, context: { requestId: 'r', door: 'api' } });
const eventsOf = async () => (await world.stage.items()).filter(({ auditPk }) => auditPk !== undefined).map(({ kind }) => kind);

describe('an import of tokens', () => {
  it('puts every row into the stock, in the order of the file, and says so in the audit trail', async () => {
    const view = await world.start(csvOf(range(1, 120)));

    expect(view).toMatchObject({ status: 'done', parts: 1, rows: 120 });
    const first = await world.list({ limit: 50 });
    const second = await world.list({ limit: 50, cursor: first.cursor! });
    const third = await world.list({ limit: 50, cursor: second.cursor! });
    expect([...first.tokens, ...second.tokens, ...third.tokens].map(({ credentialId }) => credentialId)).toEqual(range(1, 120).map((number) => `AB${String(number).padStart(4, '0')}`));
    expect(third.cursor).toBeUndefined();
    expect(await eventsOf()).toEqual(expect.arrayContaining(['token-import-started', 'token-import-done']));
  });

  it('keeps seeds under the key of the organization only', async () => {
    await world.start(csvOf([1]));

    const everything = (await world.stage.scan()).map((item) => JSON.stringify(item, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value as unknown))).join();
    expect(everything).not.toContain(seedOf(1).toString('hex'));
    expect(everything).not.toContain(seedOf(1).toString('latin1'));
  });

  it('refuses the whole for one bad row, with a report that is kept for a month', async () => {
    const view = await world.start(`${csvOf(range(1, 60))}AB9999,totp,00\n`);

    expect(view).toMatchObject({ status: 'refused', rows: 0, problems: 1, report: [{ row: 61, problem: 'seed-short' }] });
    expect(await world.ids()).toEqual([]);
    const [item] = await world.stage.table.read([reportKey(organizationKeyOf(world.stage.keys, 'acme'), view.importId)]);
    expect(readReport(item, world.stage.clock.now())).toEqual(view.report);
    expect(readReport(item, world.stage.clock.now() + 31 * 24 * hour)).toBeUndefined();
    expect(await eventsOf()).toContain('token-import-refused');
  });

  it('refuses serials that the organization has, and knows nothing of what others have (A64)', async () => {
    const other = await world.stage.makeOrganization({ organizationId: 'other' });
    await world.start(csvOf([7, 8]), {}, other);
    await world.start(csvOf([8]));

    const refused = await world.start(csvOf([6, 7, 8, 9]));
    const taken = await world.start(csvOf([6, 7, 9]));

    expect(refused.report).toEqual([{ row: 3, credentialId: 'AB0008', problem: 'credential-taken' }]);
    expect(taken).toMatchObject({ status: 'done', rows: 3 });
    expect([await world.ids(), await world.ids(other)]).toEqual([['AB0008', 'AB0006', 'AB0007', 'AB0009'], ['AB0007', 'AB0008']]);
  });

  it('is not stopped by another organization that guesses its serials at the same time', async () => {
    const other = await world.stage.makeOrganization({ organizationId: 'other' });
    const bring = (organization: Organization, from: number) => world.start(csvOf([...range(from, from + 60), 500]), {}, organization);

    const outcomes = await Promise.all([bring(world.acme, 1), bring(other, 101)]);

    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done']);
    const pages = await Promise.all([world.acme, other].map((each) => world.list({ filters: { credentialId: 'AB0500' } }, each)));
    expect(pages.map(({ tokens }) => tokens.length)).toEqual([1, 1]);
  });

  it('can be broken off anywhere: nothing of it is there, and the same file again is imported whole', async () => {
    for (let failAt = 1; failAt <= 6; failAt += 1) {
      const fresh = await makeTokenWorld();
      let calls = 0;
      const real = openTable(fresh.stage.client, fresh.stage.table.name);
      Object.assign(fresh.deps, { table: { ...real, transact: (writes: Parameters<typeof real.transact>[0]) => ((calls += 1) === failAt ? Promise.reject(new Error('killed')) : real.transact(writes)) } });
      const importId = 'imp_0000000000000000000001';
      await expect(fresh.start(csvOf(range(1, 200)), { importId })).rejects.toThrow('killed');
      expect(await fresh.ids()).toEqual([]);

      const again = await fresh.start(csvOf(range(1, 200)), { importId, found: await fresh.read(importId) });

      expect(again).toMatchObject({ status: 'done', rows: 200 });
      expect((await fresh.list({ limit: 250 })).tokens).toHaveLength(200);
    }
  });

  it('of which two readings run at once is finished by one of them, with all its rows', async () => {
    const importId = (await world.start(undefined, { hasMore: true })).importId;
    const outcomes = await Promise.allSettled([world.part(importId, 1, csvOf(range(1, 180))), world.part(importId, 1, csvOf(range(1, 180)))]);

    const done = outcomes.filter(({ status }) => status === 'fulfilled');
    if (done.length === 0) await world.part(importId, 1, csvOf(range(1, 180)));
    expect(done.length).toBeLessThanOrEqual(2);
    expect((await world.list({ limit: 250 })).tokens).toHaveLength(180);
  });

  it('under one idempotency key is one import; another body under it is a conflict', async () => {
    const named = { importId: 'imp_0000000000000000000002', body: new Uint8Array([1, 2, 3]) };
    await world.start(csvOf([1, 2]), named);
    const found = await world.read(named.importId);

    expect(await world.start(csvOf([1, 2]), { ...named, found })).toMatchObject({ status: 'done', rows: 2 });
    await expect(world.start(csvOf([3]), { ...named, body: new Uint8Array([9, 9, 9]), found })).rejects.toMatchObject({ problem: 'idempotency-conflict' });
  });
});

describe('an import in parts', () => {
  it('counts for nothing until its last part is in', async () => {
    const { importId } = await world.start(csvOf(range(1, 60)), { hasMore: true });
    expect(await world.ids()).toEqual([]);
    expect(await world.part(importId, 2, csvOf(range(61, 70)), true)).toMatchObject({ status: 'receiving', parts: 2, rows: 70 });
    expect(await world.ids()).toEqual([]);

    expect(await world.part(importId, 3, csvOf(range(71, 80)))).toMatchObject({ status: 'done', parts: 3, rows: 80 });

    expect((await world.list({ limit: 100 })).tokens).toHaveLength(80);
  });

  it('reserves its serials while it lasts, and gives them away when it was left', async () => {
    await world.start(csvOf([1]), { hasMore: true });
    expect((await world.start(csvOf([1]))).report).toMatchObject([{ problem: 'credential-taken' }]);
    world.stage.clock.advance(26 * hour);

    expect(await world.start(csvOf([1]))).toMatchObject({ status: 'done' });
  });

  it('is refused as a whole by a bad row in its last part, or by a serial of an earlier one', async () => {
    const one = await world.start(csvOf(range(1, 3)), { hasMore: true });
    expect(await world.part(one.importId, 2, 'credentialId,type,seedHex\nAB4444,totp,00\n')).toMatchObject({ status: 'refused', problems: 1 });
    const two = await world.start(csvOf(range(1, 3)), { hasMore: true });
    expect((await world.part(two.importId, 2, csvOf([3, 4]))).report).toEqual([{ row: 1, credentialId: 'AB0003', problem: 'credential-duplicate' }]);

    expect(await world.ids()).toEqual([]);
    expect(await world.start(csvOf(range(1, 4)))).toMatchObject({ status: 'done', rows: 4 });
  });

  it('answers a part that comes again as it stands, and refuses one out of turn or too late', async () => {
    const { importId } = await world.start(csvOf([1]), { hasMore: true });
    expect(await world.part(importId, 1, csvOf([1]), true)).toMatchObject({ status: 'receiving', parts: 1, rows: 1 });
    await expect(world.part(importId, 3, csvOf([3]))).rejects.toMatchObject({ problem: 'request-invalid' });
    world.stage.clock.advance(25 * hour);

    await expect(world.part(importId, 2, csvOf([2]))).rejects.toMatchObject({ problem: 'import-over' });
  });

  it('shows its progress while a part is being written', async () => {
    const seen: number[] = [];
    const real = world.deps.table;
    const { importId } = await world.start(undefined, { hasMore: true });
    Object.assign(world.deps, { table: { ...real, update: async (input: Parameters<typeof real.update>[0]) => {
      const done = await real.update(input);
      seen.push((await world.read(importId))?.staged ?? 0);
      return done;
    } } });

    await world.part(importId, 1, csvOf(range(1, 450)));

    expect(seen).toEqual([200, 400]);
  });
});

describe('the stock', () => {
  it('is listed for its own organization only, by a cursor that no other list takes', async () => {
    const other = await world.stage.makeOrganization({ organizationId: 'other' });
    await world.start(csvOf(range(1, 4)));
    const { cursor } = await world.list({ limit: 2 });

    expect(await world.ids(other)).toEqual([]);
    expect((await world.list({ filters: { credentialId: 'ab 0001' } }, other)).tokens).toEqual([]);
    expect((await world.list({ filters: { credentialId: 'ab 0001' } })).tokens).toHaveLength(1);
    await expect(world.list({ cursor: cursor! }, other)).rejects.toMatchObject({ problem: 'cursor-invalid' });
    await expect(world.list({ cursor: cursor!, filters: { assigned: true } })).rejects.toMatchObject({ problem: 'cursor-invalid' });
  });

  it('gives a token away for good, and takes it back by another import', async () => {
    await world.start(csvOf([1, 2]));
    await remove('ab0001');

    expect(await world.ids()).toEqual(['AB0002']);
    expect(await world.start(csvOf([1]))).toMatchObject({ status: 'done' });
    expect(await world.ids()).toEqual(['AB0002', 'AB0001']);
    expect(await eventsOf()).toContain('token-removed');
  });

  it.each(['AB0009', 'AB0001', '../x'])('knows nothing of %s when it is not its own', async (credentialId) => {
    await world.stage.makeOrganization({ organizationId: 'other' });
    await world.start(csvOf([1]));

    await expect(remove(credentialId, 'other')).rejects.toMatchObject({ problem: 'not-found' });
  });
});
