import { beforeEach, describe, expect, it } from 'vitest';
import { claimStockWrite } from '../../../../shared/tokens/stock/claim-token.ts';
import { fromStockItem, stockKey } from '../../../../shared/tokens/stock/stock-item.ts';
import { removeToken } from '../../../../shared/tokens/remove-token.ts';
import { eraseUser } from '../../../../shared/users/erase-user.ts';
import { findUser } from '../../../../shared/users/user-store.ts';
import { homeKeys } from '../../../../shared/platform/object-id.ts';
import { problemOf } from '../../../support/sign-in-world.ts';
import { makeTokenUser, type TokenUser } from '../../../support/token-user.ts';
import { csvOf, hotpCode, makeTokenWorld, type TokenWorld } from '../../../support/token-world.ts';

let world: TokenWorld;
let frank: TokenUser;
let mallory: TokenUser;
beforeEach(async () => {
  world = await makeTokenWorld();
  await world.start(csvOf([1], 'hotp'));
  frank = await makeTokenUser(world, 'frank');
  mallory = await makeTokenUser(world, 'mallory');
});

const pair = (counter: number) => ({ answer: hotpCode(1, counter), nextAnswer: hotpCode(1, counter + 1) });
const stockItem = async () => fromStockItem((await world.stage.table.read([stockKey(world.stage.keys, 'acme', 'AB0001')]))[0] ?? {});
const context = { requestId: 'r', door: 'api' } as const;

async function erase(userId: string): Promise<void> {
  const home = homeKeys(world.stage.keys, 'acme', userId);
  await eraseUser(world.stage.deps, { home, found: await findUser(world.stage.table, home), context });
}

describe('a token that somebody is setting up while another one has it', () => {
  it('takes no code that was used meanwhile, and takes the next (I2)', async () => {
    const { factorId } = await mallory.add('AB0001');
    await frank.bindHotp(1, 3);
    expect((await frank.start({ answer: hotpCode(1, 5) })).status).toBe('approved');
    await erase('frank');

    for (const counter of [3, 4, 5]) expect(await mallory.confirm(factorId, pair(counter - 1))).toMatchObject({ reason: 'wrong-answer' });
    expect(await mallory.confirm(factorId, pair(6))).toMatchObject({ status: 'active' });
    expect((await mallory.factor()).lastStep).toBe(7);
  });

  it('is not taken by what was read before it was used', async () => {
    const before = await stockItem();
    await frank.bindHotp(1, 3);
    await erase('frank');
    const now = await stockItem();
    const owner = { organizationId: 'acme', userKey: mallory.userKey, userId: 'mallory', factorId: new Uint8Array(8) };
    const tokenKey = Buffer.from(stockKey(world.stage.keys, 'acme', 'AB0001').pk.slice('TOKEN#'.length), 'base64url');
    const claim = (read: typeof now) => world.stage.table.transact([claimStockWrite(world.stage.table.name, tokenKey, read, owner)]);

    expect((await claim(before)).done).toBe(false);
    expect((await claim(now)).done).toBe(true);
  });

  it('is not the one that was named when its serial came again with another seed', async () => {
    const { factorId } = await mallory.add('AB0001');
    await removeToken(world.deps, { organizationId: 'acme', credentialId: 'AB0001', context });
    await world.start(csvOf([1], 'hotp').replace(/[0-9a-f]{40}/, 'aa'.repeat(20)));

    expect(await problemOf(mallory.confirm(factorId, pair(0)))).toBe('token-taken');
  });

  it('is one person\'s of the installation, though two organizations have one of its name', async () => {
    const other = await world.stage.makeOrganization({ organizationId: 'other' });
    await world.start(csvOf([1], 'hotp'), {}, other);
    const gina = await makeTokenUser(world, 'gina', other);
    const [one, two] = [await frank.add('AB0001'), await gina.add('AB0001')];

    const outcomes = await Promise.allSettled([frank.confirm(one['factorId'], pair(0)), gina.confirm(two['factorId'], pair(0))]);

    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { problem: 'token-taken' } });
    const isFrank = outcomes[0].status === 'fulfilled';
    const home = isFrank ? homeKeys(world.stage.keys, 'acme', 'frank') : homeKeys(world.stage.keys, 'other', 'gina');
    await eraseUser(world.stage.deps, { home, found: await findUser(world.stage.table, home), context });
    const again = isFrank ? gina.confirm(two['factorId'], pair(0)) : frank.confirm(one['factorId'], pair(0));
    expect(await again).toMatchObject({ status: 'active' });
  });
});
