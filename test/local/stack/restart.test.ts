import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { act, ended, eventually, post, ringing, startDoors } from './doors-stack.ts';
import type { LocalOptions, LocalStack } from '../../../local/start-local.ts';

const number = '+12025550142';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'restart-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(dataFolder: string, options: LocalOptions = {}): Promise<LocalStack> {
  const stack = await startDoors({ dataFolder, ...options });
  onTestFinished(() => stack.stop());
  return stack;
}

/** Runs a stack in a process of its own until its telephone rings, then kills it as nothing can be prepared for. */
async function killWhileRinging(dataFolder: string): Promise<void> {
  const module = JSON.stringify(new URL('./doors-stack.ts', import.meta.url).href);
  const script = `const { startDoors, post, ringing, eventually } = await import(${module});
    const stack = await startDoors({ dataFolder: ${JSON.stringify(dataFolder)} });
    await post(stack, '/v1/challenges/chl_killed/send', { to: '${number}' });
    await ringing(stack, '${number}');
    await eventually(() => stack.workflows.list()[0].step.task?.called);
    process.kill(process.pid, 'SIGKILL');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  const signal = await new Promise((resolve) => child.once('exit', (_code, name) => resolve(name)));
  if (signal !== 'SIGKILL') throw new Error('The stack did not live until its telephone rang.');
}

describe('a stack that starts again', () => {
  it('has its items, and its time', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await act(first, 'count');
    first.clock.advance(7200);
    await first.stop();
    const second = await start(folder);

    expect((await act(second, 'count')).text).toBe('{"count":2}');
    expect(second.clock.now() - Date.now()).toBeGreaterThan(7_190_000);
  });

  it('goes on with a call in which it was killed', async () => {
    const folder = newFolder();
    await killWhileRinging(folder);
    const stack = await start(folder);

    expect(stack.workflows.list()[0]).toMatchObject({ name: 'chl_killed', status: 'RUNNING', step: { state: 'AwaitLeg' } });
    expect(stack.connect.calls(number)).toEqual([]);
    stack.clock.advance(111);
    await eventually(() => (stack.workflows.list()[0]?.step.state === 'Pause' ? true : undefined));
    stack.clock.advance(5);
    const { callId } = await ringing(stack, number);
    await stack.connect.answer(callId);
    await stack.connect.keys(callId, '4711#');

    expect(await ended(stack, 'chl_killed')).toBe('SUCCEEDED');
  }, 60_000);

  it('does not deliver again what its stream function has handled', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await post(first, '/v1/challenges/chl_once/send', { to: number });
    const { callId } = await ringing(first, number);
    await first.connect.answer(callId);
    await first.connect.keys(callId, '4711#');
    await ended(first, 'chl_once');
    await first.stop();
    const printed: string[] = [];
    const second = await start(folder, { output: (name, text) => printed.push(`${name} ${text}`) });
    await act(second, 'print');
    await eventually(() => (printed.length > 0 ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, 300));

    expect(printed.filter((line) => line.startsWith('table-stream'))).toEqual([]);
    expect(second.workflows.list()).toMatchObject([{ status: 'SUCCEEDED' }]);
  }, 60_000);

  it('forgets everything when it starts fresh, but no file that is not its own', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await act(first, 'count');
    await first.stop();
    const second = await start(folder, { fresh: true });

    expect((await act(second, 'count')).text).toBe('{"count":1}');
  });
});

describe('a stack that cannot start', () => {
  it('says that its data is in use', async () => {
    const folder = newFolder();
    await start(folder);

    await expect(start(folder)).rejects.toThrow(`in use by process ${process.pid}`);
  });

  it('says which port is taken', async () => {
    const first = await start(newFolder());
    const port = Number(new URL(first.running.apiUrl).port);

    await expect(start(newFolder(), { port })).rejects.toThrow(`Port ${port} is taken`);
  });

  it('says what the app has to complain of', async () => {
    await expect(startDoors({ sourceRoot: newFolder(), synthFolder: newFolder() })).rejects.toThrow('has no door at');
  });

  it('does not read the data of the other engine', async () => {
    const folder = newFolder();
    await (await start(folder, { engine: 'dynoxide' })).stop();

    await expect(start(folder, { engine: 'dynamodb-local' })).rejects.toThrow('made with dynoxide');
  });
});
