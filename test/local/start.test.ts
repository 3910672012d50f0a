import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A clone that shares everything but `local/`, so that its `.local` is its own. */
const clone = mkdtempSync(join(tmpdir(), 'clone-'));
const runningFile = join(clone, '.local', 'running.json');
const port = 15_000 + (process.pid % 1000) * 4;
const children: ChildProcess[] = [];

beforeAll(() => {
  cpSync(join(root, 'local'), join(clone, 'local'), { recursive: true });
  for (const name of ['node_modules', 'infra', 'functions', 'shared', 'web', 'package.json', 'package-lock.json', 'cdk.json']) {
    if (existsSync(join(root, name))) symlinkSync(join(root, name), join(clone, name));
  }
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(clone, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly exited: Promise<number | null>;
}

function start(environment: Record<string, string> = {}, args: string[] = []): Started {
  const env = { PATH: process.env['PATH'] ?? '', PORT: String(port), ...environment };
  const child = spawn(process.execPath, ['local/start.mjs', ...args], { cwd: clone, env });
  children.push(child);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said, exited: new Promise((resolve) => child.once('exit', resolve)) };
}

async function whenRunning({ said, child }: Started): Promise<Record<string, unknown>> {
  const giveUpAt = performance.now() + 60_000;
  while (!existsSync(runningFile)) {
    if (child.exitCode !== null || performance.now() > giveUpAt) throw new Error(`It does not start: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return JSON.parse(readFileSync(runningFile, 'utf8')) as Record<string, unknown>;
}

describe('npm start', () => {
  it('says where everything is while it runs, and refuses a second one', async () => {
    const first = start();
    const running = await whenRunning(first);

    expect(running).toMatchObject({
      apiUrl: `http://localhost:${port}`,
      portalUrl: `http://localhost:${port + 2}`,
      phoneUrl: `http://localhost:${port + 3}`,
      pagesUrl: expect.any(String),
      clientKey: expect.stringMatching(/^cs_test_/),
      organizationId: 'acme',
      demo: { userId: 'demo', password: expect.any(String) },
      pid: first.child.pid,
    });
    for (const url of ['apiUrl', 'portalUrl', 'phoneUrl']) {
      expect((await fetch(String(running[url]) + (url === 'apiUrl' ? '/v1/health' : '/'))).status).toBe(200);
    }
    const second = start();
    expect(await second.exited).toBe(1);
    expect(second.said().trim().split('\n')).toEqual([expect.stringContaining('running already')]);

    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    expect(existsSync(runningFile)).toBe(false);
    expect(first.said()).toMatch(/ready after [\d.]+ s/);
  }, 120_000);

  it('starts again with its data after it was killed, under the same client key', async () => {
    const first = start();
    const before = await whenRunning(first);
    first.child.kill('SIGKILL');
    await first.exited;
    expect(existsSync(runningFile)).toBe(true);
    const second = start();
    while (!second.said().includes('ready after')) {
      if (second.child.exitCode !== null) throw new Error(second.said());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const after = await whenRunning(second);
    second.child.kill('SIGINT');

    expect(await second.exited).toBe(0);
    expect(after).toMatchObject({ clientKey: before['clientKey'], pid: second.child.pid });
  }, 120_000);

  it.each([
    ['a port that is none', { PORT: 'first' }, [], 'PORT must be a number'],
    ['an engine that is none', { COUNTERSIGN_DDB: 'dynalite' }, [], 'COUNTERSIGN_DDB must be dynoxide or dynamodb-local.'],
    ['an unknown option', {}, ['--forget'], "Unknown option '--forget'"],
  ])('refuses %s in one sentence', async (_name, environment, args, words) => {
    const { exited, said } = start(environment, args);

    expect(await exited).toBe(1);
    expect(said()).toContain(words);
    expect(said().trim().split('\n')).toHaveLength(1);
  });
});
