import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { ApiCall } from '../../../../../functions/api/request/api-door.ts';
import { idempotent, type Remember } from '../../../../../functions/api/request/idempotent.ts';
import { idempotencyItemKey } from '../../../../../shared/clients/idempotency.ts';
import { markRequest } from '../../../../../shared/user-state/receipts.ts';
import { makeStage, type Stage, type TestClient } from '../../../../support/stage.ts';

let stage: Stage;
let client: TestClient;
beforeEach(async () => {
  stage = await makeStage();
  client = await stage.makeClient();
});

const answer = { status: 201, body: { secret: 'shown once' } };

/** A request under the key `once`, as the door hands it over, with what the one read found. */
async function callOf(idempotencyKey?: string): Promise<ApiCall<unknown>> {
  const read = idempotencyKey ? await stage.table.read([keyOf(idempotencyKey)]) : [];
  const mark = markRequest(stage.keys, client.client.clientId, `k/${String(idempotencyKey)}`, ['body']);
  return { admitted: { client: client.client, also: read }, mark, idempotencyKey } as unknown as ApiCall<unknown>;
}

const keyOf = (idempotencyKey: string) => idempotencyItemKey(stage.keys, client.client.clientId, idempotencyKey);

function counting(work: (remember: Remember) => Promise<typeof answer>) {
  let times = 0;
  const description = idempotent({
    body: z.strictObject({}),
    target: () => ({ kind: 'none' }),
    handle: (_deps, _call, remember) => {
      times += 1;
      return work(remember);
    },
  });
  return { description, times: () => times };
}

const writing = async (remember: Remember) => {
  const { done } = await stage.table.transact(remember(answer));
  if (!done) throw new Error('a twin was first');
  return answer;
};

describe('idempotent', () => {
  it('reads the row of the key together with the rest', () => {
    const { description } = counting(writing);
    const parts = { body: {}, path: {}, query: {} };

    expect(description.also?.(stage.deps, parts, 'once', client.client.clientId)).toEqual([keyOf('once')]);
    expect(description.also?.(stage.deps, parts, undefined, client.client.clientId)).toEqual([]);
    expect(description.also?.(stage.deps, parts, 'once', undefined)).toEqual([]);
  });

  it('does the work once, and answers the same again', async () => {
    const { description, times } = counting(writing);

    const answers = [
      await description.handle(stage.deps, await callOf('once')),
      await description.handle(stage.deps, await callOf('once')),
    ];

    expect(answers).toEqual([answer, answer]);
    expect(times()).toBe(1);
  });

  it('answers a twin that came too late with what the first was answered', async () => {
    const { description } = counting(writing);
    const call = await callOf('once');

    expect(await Promise.all([description.handle(stage.deps, call), description.handle(stage.deps, call)])).toEqual([
      answer,
      answer,
    ]);
  });

  it('answers from the row when the work was done and its reply lost', async () => {
    const { description } = counting(async (remember) => {
      await writing(remember);
      throw new Error('the reply was lost');
    });

    expect(await description.handle(stage.deps, await callOf('once'))).toEqual(answer);
  });

  it('does the work each time for those who send no key', async () => {
    const { description, times } = counting((remember) =>
      Promise.resolve({ ...answer, status: remember(answer).length }),
    );

    await description.handle(stage.deps, await callOf());
    const { status } = await description.handle(stage.deps, await callOf());

    expect([status, times()]).toEqual([0, 2]);
  });
});
