/** Starts the stub's own process and ends it by its channel: however the bench ends, the stub ends too. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { StubSettings } from './stub-process.ts';

export interface ForkedStub {
  readonly url: string;
  stop(): Promise<void>;
}

export async function forkStub(settings: StubSettings = {}): Promise<ForkedStub> {
  const child = fork(new URL('./stub-process.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send(settings);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  };
  return { url, stop };
}
