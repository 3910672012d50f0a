import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../infra/prices.mjs', import.meta.url));
const prices = { currency: 'USD', monthlyFees: { phone: 3, token: 2.5 }, agreement: { version: '1' }, promoCodes: [{ code: 'ABC', percentOff: 10, mostUses: 5 }] };
const held = { version: 4, ...prices, promoCodes: [{ ...prices.promoCodes[0], uses: 2 }] };

let folder: string;
let server: Server;
let asked: unknown[];
let reply: { headers?: Record<string, string>; body: unknown };
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-prices-'));
  asked = [];
  reply = { body: held };
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      asked.push([request.url, JSON.parse(Buffer.concat(parts).toString('utf8'))]);
      response.writeHead(200, { 'content-type': 'application/json', ...reply.headers });
      response.end(JSON.stringify(reply.body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const fileOf = (text: string): string => {
  const file = join(folder, 'prices.json');
  writeFileSync(file, text);
  return file;
};

async function run(...options: string[]) {
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const credentials = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
  const child = spawn(process.execPath, [script, ...options], { env: { HOME: '/nonexistent', AWS_ENDPOINT_URL_LAMBDA: endpoint, ...credentials } });
  const output = { out: '', error: '' };
  child.stdout.on('data', (text: Buffer) => (output.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output.error += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...output };
}

const path = '/2015-03-31/functions/countersign-small-operator/invocations';

describe('npm run prices', () => {
  it('sends the file to the operator function of the stage', async () => {
    const { code } = await run(fileOf(JSON.stringify(prices)), '--stage', 'small');

    expect([code, asked]).toEqual([0, [[path, { command: 'set-prices', prices }]]]);
  });

  it('shows what holds as a file that could be sent again, and the uses beside it', async () => {
    const { code, out, error } = await run('--stage', 'small');

    expect([code, asked]).toEqual([0, [[path, { command: 'show-prices' }]]]);
    expect(JSON.parse(out)).toEqual(prices);
    expect(error).toContain('Version 4. Promo codes used: ABC 2 of 5.');
  });

  it('says what the function found wrong, and what is no file of prices', async () => {
    reply = { headers: { 'x-amz-function-error': 'Unhandled' }, body: { errorMessage: 'monthlyFees.phone: must have at most two decimals' } };

    expect(await run(fileOf('{}'), '--stage', 'small')).toMatchObject({ code: 1, error: 'countersign-small-operator refused: monthlyFees.phone: must have at most two decimals\n' });
    expect(await run(fileOf('{'), '--stage', 'small')).toMatchObject({ code: 1, error: expect.stringContaining('is not JSON') });
    expect(await run(join(folder, 'none.json'), '--stage', 'small')).toMatchObject({ code: 1, error: expect.stringContaining('cannot be read') });
    expect(await run('a.json', 'b.json', '--stage', 'small')).toMatchObject({ code: 1, error: expect.stringContaining('Usage: npm run prices') });
  });
});
