/** Processor time per answered challenge: ours, the usual way's and the floor's, in turn, each in its own process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { takeTurns } from '../report/statistics.ts';
import type { FlowSettings, Side } from './flow-child.ts';
import type { Spent } from './flows.ts';

export type WarmSpent = Readonly<Record<Side, readonly Spent[]>>;

interface Worker {
  run(): Promise<Spent>;
  stop(): Promise<void>;
}

async function startWorker(settings: FlowSettings): Promise<Worker> {
  const child = fork(new URL('./flow-child.ts', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(settings);
  await once(child, 'message');
  return {
    run: async () => {
      child.send('run');
      const [spent] = (await once(child, 'message')) as [Spent];
      return spent;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** `rounds` rounds of `users` sign-ins on each side. */
export async function measureWarm(users: number, rounds: number): Promise<WarmSpent> {
  const sides: readonly Side[] = ['product', 'usual-way', 'floor'];
  const workers = await Promise.all(sides.map((side) => startWorker({ side, users })));
  try {
    const subjects = Object.fromEntries(sides.map((side, position) => [side, () => (workers[position] as Worker).run()]));
    return (await takeTurns(subjects, rounds)) as unknown as WarmSpent;
  } finally {
    for (const worker of workers) await worker.stop();
  }
}
