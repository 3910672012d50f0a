import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from './local-world.ts';

const projectRoot = new URL('../../', import.meta.url).pathname;
const runningFile = join(projectRoot, '.local', 'running.json');
const data = mkdtempSync(join(tmpdir(), 'countersign-restart-'));
const port = 20_000 + Math.floor(performance.now() % 20_000);
let child: ChildProcess | undefined;

interface RunningStack {
  readonly apiUrl: string;
  readonly phoneUrl: string;
  readonly clientKey: string;
  readonly organizationId: string;
  readonly pid: number;
  readonly demo: { readonly userId: string; readonly pin: string; readonly phoneNumber: string };
}

async function start(): Promise<RunningStack> {
  const started = spawn(process.execPath, ['local/start.mjs'], { cwd: projectRoot, stdio: 'ignore', env: { ...process.env, PORT: String(port), COUNTERSIGN_DATA: data } });
  child = started;
  return eventually(
    'the stack is ready',
    async () => {
      if (!existsSync(runningFile)) return undefined;
      const running = JSON.parse(readFileSync(runningFile, 'utf8')) as RunningStack;
      return running.pid === started.pid ? running : undefined;
    },
    60,
  );
}

const ended = (process: ChildProcess): Promise<void> => new Promise((resolve) => (process.exitCode !== null || process.signalCode !== null ? resolve() : process.once('exit', () => resolve())));

async function api(running: RunningStack, method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> { // eslint-disable-line @typescript-eslint/no-explicit-any -- what came over the wire
  const response = await fetch(running.apiUrl + path, {
    method,
    headers: { authorization: `Bearer ${running.clientKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

afterAll(async () => {
  if (child) {
    child.kill('SIGTERM');
    await ended(child);
  }
  rmSync(data, { recursive: true, force: true });
});

describe('a stack that is killed in the middle of a call', () => {
  it('goes on with the same call after a restart, loses nothing and approves nothing by itself', async () => {
    const first = await start();
    const { demo } = first;
    const begun = await api(first, 'POST', '/v1/challenges', { organizationId: first.organizationId, userId: demo.userId, audience: 'portal', firstFactor: 'password' });
    await fetch(`${first.phoneUrl}/api/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advanceSeconds: 31 }) });
    const sent = await api(first, 'POST', `/v1/challenges/${begun.body.challengeId}/send`, { factorId: begun.body.factors[0].factorId });
    expect(sent.status).toBe(200);
    await eventually('it rings', async () => {
      const calls = (await (await fetch(`${first.phoneUrl}/api/calls`)).json()) as { state: string }[];
      return calls.some(({ state }) => state === 'ringing') ? true : undefined;
    });
    process.kill(first.pid, 'SIGKILL');
    if (child) await ended(child);

    const second = await start();
    expect(second.clientKey).toBe(first.clientKey);
    const after = await api(second, 'GET', `/v1/challenges/${begun.body.challengeId}`);
    expect(after.body.status).toBe('pending');
    // The telephone forgot its call with the process: the leg runs out, the next one rings, and is answered.
    await fetch(`${second.phoneUrl}/api/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advanceSeconds: 111 }) });
    const callId = await eventually('it rings again', async () => {
      await fetch(`${second.phoneUrl}/api/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advanceSeconds: 6 }) });
      const calls = (await (await fetch(`${second.phoneUrl}/api/calls`)).json()) as { callId: string; state: string }[];
      return calls.find(({ state }) => state === 'ringing')?.callId;
    });
    const press = (what: string, body: unknown) => fetch(`${second.phoneUrl}/api/calls/${callId}/${what}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    await press('answer', {});
    await press('keys', { keys: `${demo.pin}#` });
    const approved = await eventually('it is approved', async () => {
      const { body } = await api(second, 'GET', `/v1/challenges/${begun.body.challengeId}?waitSeconds=2`);
      return body.status === 'approved' ? body : undefined;
    });
    expect((await api(second, 'POST', '/v1/results/redeem', { result: approved.result })).status).toBe(200);
  });
});
