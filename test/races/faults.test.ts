import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callKey, callPartition } from '../../shared/delivery/call-record.ts';
import { openTable } from '../../shared/platform/dynamo/table.ts';
import { startFaultProxy, type Fault, type FaultProxy } from '../support/fault-proxy.ts';
import { makePhoneCallWorld, ring, rightPin, wrongPin, type PhoneCallWorld } from '../support/phone-call-world.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { codeOfKey, withSetUp } from '../support/set-up-world.ts';
import { problemOf, randomOf, wrongCode, type SignInWorld } from '../support/sign-in-world.ts';

let world: PhoneCallWorld;
let proxy: FaultProxy;
const clients: DynamoDBClient[] = [];

/** The product's own client tries three times with one token; with one try, only the receipts can tell what happened. */
async function throughProxy(maxAttempts: number): Promise<void> {
  proxy = await startFaultProxy(world.stage.endpoint);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: proxy.endpoint, region: 'us-east-1', credentials, maxAttempts });
  clients.push(client);
  Object.assign(world.deps, { table: openTable(client, world.stage.table.name) });
}

beforeEach(async () => {
  world = await makePhoneCallWorld();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.stop();
});

const fail = (fault: Fault, many: number) => proxy.follow((_operation, position) => (position < many ? fault : 'pass'));
const always = (fault: Fault, operation: string) => proxy.follow((each) => (each === operation ? fault : 'pass'));

interface Scenario {
  /** Everything before the fault; gives what the person does then, as often as it is tried under one name. */
  prepare(): Promise<() => Promise<unknown>>;
  /** What must be so afterwards. */
  readonly outcome: unknown;
}

const scenarios: Record<string, Scenario> = {
  'a start': {
    prepare: () => Promise.resolve(async () => (await world.start({}, { request: 'once' })).status),
    outcome: 'pending',
  },
  'a start with its code': {
    prepare: () => {
      const answer = world.code();
      return Promise.resolve(async () => (await world.start({ answer }, { request: 'once' })).status);
    },
    outcome: 'approved',
  },
  'a right answer': {
    prepare: async () => {
      const { challengeId } = await world.start();
      const code = world.code();
      return async () => (await world.answer(challengeId, code, { request: 'once' })).status;
    },
    outcome: 'approved',
  },
  'a wrong answer': {
    prepare: async () => {
      const { challengeId } = await world.start();
      return async () => (await world.answer(challengeId, wrongCode, { request: 'once' })).answersLeft;
    },
    outcome: 4,
  },
  'a redemption': {
    prepare: async () => {
      const { result = '' } = await world.start({ answer: world.code() });
      return async () => ((await world.redeem(result, { request: 'once' })) as { sub: string }).sub;
    },
    outcome: 'u-1',
  },
  'a send': {
    prepare: async () => {
      const { challengeId } = await world.start();
      return async () => (await world.send(challengeId, { request: 'once' })).progress?.state;
    },
    outcome: 'queued',
  },
  'a confirmation': {
    prepare: async () => {
      const setUp = withSetUp(world);
      const added = await setUp.add({ kind: 'totp' }, { proofs: [await setUp.proof()] });
      const code = codeOfKey(added['secret'], world.stage.clock.now());
      return async () => (await setUp.confirm(added['factorId'], code, { request: 'once' }))['status'];
    },
    outcome: 'active',
  },
  'a right PIN': {
    prepare: async () => {
      const challengeId = await ring(world);
      return () => world.press(challengeId, rightPin);
    },
    outcome: 'approved',
  },
  'a wrong PIN': {
    prepare: async () => {
      const challengeId = await ring(world);
      return () => world.press(challengeId, wrongPin);
    },
    outcome: 'again',
  },
};

/** As a portal, or Connect, does it: nothing is told before it is known, and the same request again finds what became of it. */
async function persist(act: () => Promise<unknown>): Promise<unknown> {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      return await act();
    } catch (error) {
      expect(error).toMatchObject({ problem: 'unavailable' });
    }
  }
  return 'unavailable';
}

const named = Object.entries(scenarios);
/** The transaction alone; and the look, after it, at what became of it. */
const cases = (['apply-then-drop', 'reset-before', 'server-error', 'throttle'] as const).flatMap((fault) => [[fault, 1], [fault, 2]] as const);
const versionOf = async (): Promise<number> => (await world.state()).version;

describe.each(named)('%s', (_name, { prepare, outcome }) => {
  it.each(cases)('comes to its own outcome when %s befalls its first %i calls (X2)', async (fault, many) => {
    await throughProxy(1);
    const act = await prepare();
    fail(fault, many);

    expect(await persist(act)).toEqual(outcome);
    expect(proxy.seen.length).toBeGreaterThanOrEqual(many);
  });

  it('happens once when its reply is lost three times over', async () => {
    await throughProxy(3);
    const act = await prepare();
    const before = await versionOf();
    fail('apply-then-drop', 3);

    expect(await persist(act)).toEqual(outcome);
    expect(await versionOf()).toBe(before + 1);
  });

  it('tells nothing and changes nothing while the table cannot be written to (X1, I11)', async () => {
    await throughProxy(1);
    const act = await prepare();
    const before = await versionOf();
    always('throttle', 'TransactWriteItems');

    expect(await problemOf(act())).toBe('unavailable');

    expect(await versionOf()).toBe(before);
  });
});

const faults: readonly Fault[] = ['throttle', 'server-error', 'reset-before', 'apply-then-drop'];

/** Every committed version has its event, and nothing is there twice. */
async function expectSound(of: SignInWorld, seen: { wrong: number; approved: number }): Promise<void> {
  const [{ version, failures = 0 }, events] = [await of.state(), await of.events()];
  const first = events.filter(({ sk }) => /^EVENT#\d{12}$/.test(String(sk))).map(({ version: at }) => at);
  expect(first).toEqual(Array.from({ length: version - 1 }, (_, position) => position + 2));
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'answer-wrong').length).toBeGreaterThanOrEqual(seen.wrong);
  expect(kinds.filter((kind) => kind === 'challenge-approved').length).toBeGreaterThanOrEqual(seen.approved);
  expect(failures).toBeLessThanOrEqual(5);
}

describe('a database that fails a third of the time', () => {
  it.each(Array.from({ length: 6 }, (_, seed) => seed))('never tells more than it wrote, nor approves twice (seed %i)', async (seed) => {
    await throughProxy(1);
    const random = seededRandom(`faults ${String(seed)}`);
    proxy.follow(() => (random.integer(3) === 0 ? (faults[random.integer(faults.length)] ?? 'pass') : 'pass'));
    const seen = { wrong: 0, approved: 0 };
    const challenges: string[] = [];

    for (let count = 0; count < 12; count += 1) {
      const { challengeId } = await world.start().catch(() => ({ challengeId: '' }));
      if (challengeId) challenges.push(challengeId);
      const id = challenges.at(-1) ?? '';
      const typed = count % 4 === 3 ? world.code() : wrongCode;
      const view = await world.answer(id, typed).catch(() => undefined);
      if (view?.reason === 'wrong-answer' || view?.status === 'locked') seen.wrong += Number(view.answersLeft !== undefined);
      if (view?.status === 'approved') seen.approved += 1;
      world.stage.clock.advance(31_000);
    }

    await expectSound(world, seen);
    const approvals = (await world.events()).flatMap(({ kind, challenge }) => (kind === 'challenge-approved' ? [challenge] : []));
    expect(new Set(approvals).size).toBe(approvals.length);
  });

  it('loses no call that was paid for, and pays for none twice (I12)', async () => {
    await throughProxy(1);
    const random = seededRandom('sends');
    proxy.follow(() => (random.integer(3) === 0 ? (faults[random.integer(faults.length)] ?? 'pass') : 'pass'));
    const { challengeId } = await world.start({}, { request: 'start' }).catch(() => world.start({}, { request: 'start' }));

    for (let count = 0; count < 8; count += 1) await world.send(challengeId, { request: 'send' }).catch(() => undefined);

    const spent = (await world.stage.items()).filter(({ sent }) => sent !== undefined).map(({ sent }) => sent);
    expect(new Set(spent)).toEqual(new Set([1]));
    expect(new Set(world.executions).size).toBe(1);
    const [call] = await world.stage.table.read([callKey(callPartition(randomOf(world.stage, challengeId)))]);
    expect(call?.['send']?.N).toBe('1');
  });
});
