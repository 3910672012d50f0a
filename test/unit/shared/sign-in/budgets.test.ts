import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { recordCalls, type RecordedCall } from '../../../../bench/counts/record-calls.ts';
import { itemSize } from '../../../../bench/counts/item-size.ts';
import { admit, needUser } from '../../../../shared/clients/admit.ts';
import { callKey, callPartition } from '../../../../shared/delivery/call-record.ts';
import { answerChallenge } from '../../../../shared/sign-in/answer-challenge.ts';
import { getChallenge } from '../../../../shared/sign-in/get-challenge.ts';
import { redeemResult } from '../../../../shared/sign-in/redeem-result.ts';
import { readResult } from '../../../../shared/results/result.ts';
import type { About } from '../../../../shared/sign-in/sign-in-dependencies.ts';
import { byCall } from '../../../../shared/sign-in/sending/by-call.ts';
import { sendChallenge } from '../../../../shared/sign-in/sending/send-challenge.ts';
import { startChallenge } from '../../../../shared/sign-in/start-challenge.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { makePhoneCallWorld, rightPin, ring, wrongPin, type PhoneCallWorld } from '../../../support/phone-call-world.ts';
import { codeIn, makeTextWorld, not, otherMobile, text } from '../../../support/text-world.ts';
import { issuer, randomOf, wrongCode } from '../../../support/sign-in-world.ts';
import type { TestClient } from '../../../support/stage.ts';

const recorder = recordCalls();
afterAll(() => recorder.stop());

let world: PhoneCallWorld;
let client: TestClient;
let requests = 0;
beforeEach(async () => {
  world = await makePhoneCallWorld();
  client = await world.stage.makeClient();
});

/** As a door does it: one gate, one read. */
async function request(also: readonly { pk: string; sk: string }[] = []): Promise<About & { clientId: string }> {
  const target = { kind: 'user', organizationId: 'acme', userId: 'u-1' } as const;
  const admitted = await admit(world.deps, { authorization: `Bearer ${client.key}`, actor: undefined, needs: { scope: 'sign-in' }, target, also });
  requests += 1;
  const { clientId } = client.client;
  const mark = markRequest(world.stage.keys, clientId, String(requests), []);
  return { home: admitted.home, ...needUser(admitted), context: { requestId: 'r', door: 'api', clientId }, mark, clientId };
}

const asked = { audience: 'portal', purpose: 'sign-in', firstFactor: 'password', seen: {} } as const;

async function start(answer?: string) {
  const about = await request();
  return startChallenge(world.deps, about, { ...asked, clientId: about.clientId, ...(answer ? { answer } : {}) });
}

async function answer(challengeId: string, text: string) {
  const about = await request();
  return answerChallenge(world.deps, about, { clientId: about.clientId, challengeId: randomOf(world.stage, challengeId), answer: text });
}

interface Cost {
  readonly calls: readonly string[];
  readonly writes: number;
}

const writesOf = ({ input }: RecordedCall): number => ((input['TransactItems'] ?? []) as unknown[]).length;

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  recorder.take();
  await work();
  const calls = recorder.take();
  return { calls: calls.map(({ operation }) => operation), writes: calls.reduce((sum, call) => sum + writesOf(call), 0) };
}

const readAndWrite = ['BatchGetItem', 'TransactWriteItems'];

describe('what signing in costs (performance.md)', () => {
  it('is a read and a transaction of state and event for a start, an answer, a wrong answer and a redemption', async () => {
    let challengeId = '';
    let result = '';

    const costs = [
      await costOf(async () => void ({ challengeId } = await start())),
      await costOf(() => answer(challengeId, wrongCode)),
      await costOf(async () => void ({ result = '' } = await answer(challengeId, world.code()))),
      await costOf(async () => {
        const about = await request();
        const claims = readResult(world.stage.keys, issuer, result);
        if (claims) await redeemResult(world.deps, about, claims, about.clientId);
      }),
    ];

    expect(costs).toEqual(Array.from({ length: 4 }, () => ({ calls: readAndWrite, writes: 2 })));
  });

  it('is two calls for a whole sign-in that carries its code', async () => {
    expect(await costOf(() => start(world.code()))).toEqual({ calls: readAndWrite, writes: 2 });
  });

  it('is one read for a look', async () => {
    const { challengeId } = await start();
    const random = randomOf(world.stage, challengeId);

    const cost = await costOf(async () => {
      const about = await request([callKey(callPartition(random))]);
      return getChallenge(world.deps, about, { clientId: about.clientId, challengeId: random, record: undefined, waitSeconds: 0 });
    });

    expect(cost.calls).toEqual(['BatchGetItem']);
  });

  it('is a read, a transaction with its budgets, and the carrier for a send', async () => {
    const { challengeId } = await start();
    const random = randomOf(world.stage, challengeId);
    const factorId = (await world.state()).factors[1]?.id ?? new Uint8Array();
    const started: string[] = [];
    const deps = { ...world.deps, senders: { call: byCall({ start: (name: string) => Promise.resolve(void started.push(name)) }) } };

    const cost = await costOf(async () => {
      const about = await request([callKey(callPartition(random))]);
      return sendChallenge(deps, about, { challengeId: random, factorId, sendItem: undefined });
    });

    expect(cost).toEqual({ calls: readAndWrite, writes: 8 });
    expect(started).toHaveLength(1);
  });

  it('is a read, a transaction with its budgets, and the carrier for a text; its id is noted where the carrier wants to hear of it', async () => {
    const replied = await makeTextWorld({ beside: world, userId: 'u-7' });
    const typed = await makeTextWorld({ method: 'sms-code', beside: world, userId: 'u-8', numbers: [otherMobile] });
    const costs = [];
    for (const each of [replied, typed]) {
      const { challengeId } = await each.start();
      costs.push(await costOf(() => each.sendText(challengeId)));
    }

    // The world of texts reads the record of the send and the user apart; a door reads both with the client, at once.
    expect(costs).toEqual([
      { calls: ['BatchGetItem', ...readAndWrite], writes: 9 },
      { calls: ['BatchGetItem', ...readAndWrite, 'UpdateItem'], writes: 8 },
    ]);
  });

  it('is a read of the number, a read and a transaction for a reply, right or wrong; one read for a stranger, none for STOP', async () => {
    const texted = await makeTextWorld({ beside: world, userId: 'u-7' });
    await text(texted);
    const code = codeIn(texted.texts);

    expect(await costOf(() => texted.reply('STOP'))).toEqual({ calls: [], writes: 0 });
    expect(await costOf(() => texted.reply(code, { from: otherMobile }))).toEqual({ calls: ['BatchGetItem'], writes: 0 });
    expect(await costOf(() => texted.reply(not(code)))).toEqual({ calls: ['BatchGetItem', ...readAndWrite], writes: 2 });
    expect(await costOf(() => texted.reply(code, { previousMessageId: 'm' }))).toEqual({ calls: ['BatchGetItem', ...readAndWrite], writes: 4 });
  });

  it.each([['right', rightPin], ['wrong', wrongPin]])('is two calls for a %s PIN on the telephone', async (_which, pin) => {
    const challengeId = await ring(world);

    expect(await costOf(() => world.press(challengeId, pin))).toEqual({ calls: readAndWrite, writes: 3 });
  });

  it('is one read for silence on the telephone', async () => {
    const challengeId = await ring(world);

    expect((await costOf(() => world.press(challengeId, 'Timeout'))).calls).toEqual(['BatchGetItem']);
  });

  it('is a read and one small counted row for what is refused', async () => {
    await start(world.code());

    const cost = await costOf(() => start(world.code()).catch(() => undefined));

    expect(cost.calls).toEqual(['BatchGetItem', 'UpdateItem']);
  });

  it('reads and writes no more than it needs, as the engine counts it', async () => {
    recorder.take();
    await start(world.code());
    const calls = recorder.take();

    const units = calls.map(({ operation, consumed }) => [operation, consumed.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0)] as const);

    // Three consistent reads; state and event, twice for the transaction, and the event's index entry, of a kilobyte each.
    // One engine counts the index entry twice too.
    expect(units.map(([operation]) => operation)).toEqual(readAndWrite);
    expect(units[0]?.[1]).toBe(3);
    expect([5, 6]).toContain(units[1]?.[1]);
  });

  it('leaves an item of one kilobyte at most', async () => {
    const { challengeId } = await start();
    await answer(challengeId, wrongCode);
    await answer(challengeId, world.code());

    const [item] = (await world.stage.scan()).filter(({ sk }) => sk?.S === 'STATE');

    expect(itemSize(item ?? {})).toBeLessThanOrEqual(1024);
  });
});
