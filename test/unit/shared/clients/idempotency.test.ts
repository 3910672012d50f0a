import { beforeAll, describe, expect, it } from 'vitest';
import { idempotencyItemKey, recallAnswer, rememberWrite } from '../../../../shared/clients/idempotency.ts';
import { day } from '../../../../shared/platform/clock.ts';
import { markRequest } from '../../../../shared/user-state/receipts.ts';
import { makeStage, type Stage } from '../../../support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await makeStage();
});

const answer = { status: 201, body: { clientKey: 'cs_test_secret' } };
const mark = (body = 'body') => markRequest(stage.keys, 'client', 'k/once', [body]);

async function remember(name: string) {
  const key = idempotencyItemKey(stage.keys, 'client', name);
  const write = () => stage.table.transact([rememberWrite(stage.deps, key, mark(), answer, stage.clock.now())]);
  const recall = async (of = mark(), now = stage.clock.now()) =>
    recallAnswer(stage.keys, key, (await stage.table.read([key]))[0], of, now);
  return { key, write, recall };
}

describe('idempotency', () => {
  it('gives the remembered answer to the same request', async () => {
    const { write, recall } = await remember('same');

    await write();

    expect(await recall()).toEqual(answer);
  });

  it('knows nothing of a request that never came', async () => {
    const { recall } = await remember('never');

    expect(await recall()).toBeUndefined();
  });

  it('refuses another body under the same key', async () => {
    const { write, recall } = await remember('other');

    await write();

    await expect(recall(mark('another body'))).rejects.toMatchObject({ problem: 'idempotency-conflict' });
  });

  it('lets only the first of two twins write', async () => {
    const { write } = await remember('twins');

    const results = await Promise.all([write(), write()]);

    expect(results.filter(({ done }) => done)).toHaveLength(1);
  });

  it('forgets after a day, and lets the key be used again', async () => {
    const { write, recall } = await remember('day');
    await write();

    stage.clock.advance(day);

    expect(await recall()).toBeUndefined();
    expect(await write()).toEqual({ done: true });
  });

  it('keeps the answer sealed', async () => {
    const { write } = await remember('sealed');

    await write();

    expect(Buffer.from(JSON.stringify(await stage.items())).toString()).not.toContain('cs_test_secret');
    const bytes = (await stage.scan()).flatMap((item) =>
      item['answer']?.B ? [Buffer.from(item['answer'].B).toString('latin1')] : [],
    );
    expect(bytes.join()).not.toContain('cs_test_secret');
  });

  it('keeps the keys of two clients apart', () => {
    const one = idempotencyItemKey(stage.keys, 'one', 'key');
    const other = idempotencyItemKey(stage.keys, 'other', 'key');

    expect(one.pk).not.toBe(other.pk);
  });
});
