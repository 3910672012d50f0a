import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Order } from '../../shared/licenses/order.ts';
import { openTable } from '../../shared/platform/dynamo/table.ts';
import { Problem } from '../../shared/platform/problems/problem.ts';
import type { CommitDependencies } from '../../shared/user-state/commit.ts';
import { releaseLicense, reserveLicense } from '../../shared/user-state/held-licenses.ts';
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.ts';
import { cleared, confirmed, makeLicenseWorld, type LicenseWorld } from '../support/license-world.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { TestUser } from '../support/stage.ts';

let world: LicenseWorld;
beforeEach(async () => {
  world = await makeLicenseWorld();
});

/** What became of each, by the name of its problem. What is no problem of ours is a mistake. */
async function outcomes(work: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(work)) {
    if (result.status === 'rejected' && !(result.reason instanceof Problem) && !/the user is gone/.test(String(result.reason))) throw result.reason;
    const name = result.status === 'fulfilled' ? 'done' : (result.reason as Error).message;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The count is what the states of the users say, and what the orders say; and never more is used than bought (I8). */
async function expectExact(): Promise<void> {
  const { bought, used, ending } = await world.count();
  const orders = await world.orders();
  const sum = (which: readonly Order[]) => which.reduce((total, { item, quantity }) => total + (item === 'phone' ? quantity : 0), 0);
  const active = sum(orders.filter(({ canceledAt }) => canceledAt === undefined));
  expect(used).toBe(await world.holders());
  expect(ending).toBe(sum(orders) - active);
  expect(bought).toBe(Math.max(active + ending, used));
  expect(used).toBeLessThanOrEqual(bought);
}

const reserve = (user: TestUser, deps?: CommitDependencies) => world.change(user, (state) => reserveLicense(state, 'phone'), deps);
const give = (user: TestUser, deps?: CommitDependencies) => world.change(user, (state) => releaseLicense(cleared(state), 'phone'), deps);

describe('licenses, when 200 people are enabled at once (X3)', () => {
  it('go to as many as were bought, and to nobody else', async () => {
    const people = await world.makePeople(200);
    await world.order({ quantity: 30 });

    const counts = await outcomes(people.map((user, position) => (position % 2 === 0 ? reserve(user) : world.change(user, confirmed))));

    expect(counts).toEqual({ done: 30, 'no-license': 170 });
    expect(await world.count()).toMatchObject({ bought: 30, used: 30, free: 0 });
    await expectExact();
  }, 60_000);

  it('are counted when they are enabled, disabled, erased and ordered for, all together', async () => {
    const people = await world.makePeople(60);
    await world.order({ quantity: 15 });

    await outcomes(
      people.flatMap((user, position) => [
        reserve(user),
        world.change(user, confirmed),
        give(user),
        ...(position % 5 === 0 ? [world.order({}, user)] : []),
        ...(position % 4 === 0 ? [world.erase(user)] : []),
      ]),
    );

    await expectExact();
  }, 60_000);
});

describe('licenses, when replies are lost and requests refused under way', () => {
  let proxy: FaultProxy;
  let client: DynamoDBClient;
  let deps: CommitDependencies;
  beforeEach(async () => {
    proxy = await startFaultProxy(world.stage.endpoint);
    client = new DynamoDBClient({ endpoint: proxy.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 });
    deps = { ...world.stage.deps, table: openTable(client, world.stage.table.name) };
  });
  afterEach(async () => {
    client.destroy();
    await proxy.stop();
  });

  it.each(['one', 'two', 'three'])('stay exact, however it ends for whoever asked (seed %s)', async (seed) => {
    const random = seededRandom(seed);
    const faults = ['pass', 'pass', 'pass', 'apply-then-drop', 'throttle', 'reset-before'] as const;
    proxy.follow(() => faults[random.integer(faults.length)] ?? 'pass');
    const people = await world.makePeople(20);
    const order = await world.order({ quantity: 8 });

    await outcomes(people.flatMap((user, position) => [reserve(user, deps), ...(position % 3 === 0 ? [world.order({}, user, {}, deps), world.erase(user, deps)] : [give(user, deps)])]));
    await outcomes([world.cancel(order, deps), world.cancel(order, deps), ...people.map((user) => world.change(user, confirmed, deps))]);

    await expectExact();
  }, 60_000);
});

describe('licenses, in any order of doing', () => {
  type Step = readonly ['reserve' | 'confirm' | 'clear' | 'order' | 'erase' | 'buy' | 'cancel', number];
  const step = fc.tuple(fc.constantFrom<Step[0]>('reserve', 'confirm', 'clear', 'order', 'erase', 'buy', 'cancel'), fc.nat({ max: 3 }));

  it('are exact after every step', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        world = await makeLicenseWorld();
        const people = await world.makePeople(4);
        const made: Order[] = [];
        for (const [what, which] of steps) {
          const user = people[which] as TestUser;
          const order = made[which];
          const doing = {
            reserve: () => reserve(user),
            confirm: () => world.change(user, confirmed),
            clear: () => give(user),
            order: async () => void made.push(await world.order({}, user)),
            erase: () => world.erase(user),
            buy: async () => void made.push(await world.order({ quantity: which + 1 })),
            cancel: async () => order && void (await world.cancel(order)),
          } satisfies Record<Step[0], () => Promise<unknown>>;
          await outcomes([doing[what]()]);
          const { bought, used, metered } = await world.count();
          expect(used).toBe(await world.holders());
          if (metered) expect(used).toBeLessThanOrEqual(bought);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
