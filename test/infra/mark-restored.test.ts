import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';

import { fromUserStateItem, toUserStateItem } from '../../shared/user-state/user-state-item.ts';
import { schemaVersion, type UserState } from '../../shared/user-state/user-state.ts';
import { freshTable, type TestTable } from '../support/database.ts';

const script = fileURLToPath(new URL('../../infra/mark-restored.mjs', import.meta.url));

const stateOf = (userId: string): UserState => ({
  schema: schemaVersion,
  version: 7,
  organizationId: 'acme',
  userId,
  wrappedKey: new Uint8Array([1]),
  identity: 'local',
  createdAt: 1,
  lastAt: 2,
  factors: [],
  challenges: [],
  receipts: [],
});

async function setup(): Promise<TestTable> {
  const table = await freshTable();
  const others = [
    { pk: { S: 'USER#a' }, sk: { S: 'PROFILE' } },
    { pk: { S: 'USER#gone' }, sk: { S: 'STATE' }, version: { N: '9' }, erasedAt: { N: '5' } },
    { pk: { S: 'CALL#x' }, sk: { S: 'CALL' } },
  ];
  for (const Item of [...['a', 'b', 'c'].map((id) => toUserStateItem(id, stateOf(id))), ...others]) {
    await table.client.send(new PutItemCommand({ TableName: table.table.name, Item }));
  }
  return table;
}

async function markRestored(endpoint: string, ...options: string[]) {
  const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
  const child = spawn(process.execPath, [script, ...options], { env: { ...env, AWS_ENDPOINT_URL_DYNAMODB: endpoint } });
  let out = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out };
}

describe('node infra/mark-restored.mjs', () => {
  it('gives every user state the present as restoredAt, as the product reads it, and nothing else', async () => {
    const { endpoint, table, scan } = await setup();
    const before = Date.now();

    const { code, out } = await markRestored(endpoint, '--table', table.name);

    expect(code).toBe(0);
    expect(out).toMatch(/^3 users/);
    const items = await scan();
    const states = items
      .filter((item) => item['sk']?.S === 'STATE' && !item['erasedAt'])
      .map((item) => fromUserStateItem(item));
    expect(states).toHaveLength(3);
    for (const state of states) {
      const { restoredAt = 0, ...rest } = state;
      expect(rest).toEqual(stateOf(state.userId));
      expect(restoredAt).toBeGreaterThanOrEqual(before);
      expect(restoredAt).toBeLessThanOrEqual(Date.now());
    }
    expect(items.filter((item) => item['erasedAt'] ?? item['sk']?.S !== 'STATE').every((item) => !('ra' in item))).toBe(
      true,
    );
  });

  it('asks for the table', async () => {
    expect((await markRestored('http://127.0.0.1:9')).code).toBe(1);
  });
});
