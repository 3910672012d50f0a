/** A race between server processes: four of them, started once, each handed its share of the tasks at the same moment. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Stand, Task, Told } from './tasks.ts';

const worker = fileURLToPath(new URL('worker.ts', import.meta.url));

export interface Race {
  /** Everyone reads this table, for this user. */
  stand(at: Stand): Promise<void>;
  /** The outcomes of all, in no order. */
  run(tasks: readonly Task[]): Promise<string[]>;
  stop(): Promise<void>;
}

function heard(child: ChildProcess): Promise<Told> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('a process of the race has ended'));
    child.once('exit', ended);
    child.once('message', (told) => {
      child.off('exit', ended);
      resolve(told as Told);
    });
  });
}

export function startRace(processes = 4): Race {
  const children = Array.from({ length: processes }, () => fork(worker, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }));
  const order = async (orders: readonly Order[]): Promise<Told[]> => {
    const answers = children.map(heard);
    children.forEach((child, position) => child.send(orders[position] ?? { tasks: [] }));
    return Promise.all(answers);
  };
  return {
    stand: async (at) => void (await order(children.map(() => ({ stand: at })))),
    run: async (tasks) => {
      const shares = children.map((_, position) => ({ tasks: tasks.filter((_task, index) => index % processes === position) }));
      const told = await order(shares);
      return told.flatMap((each) => (each.tell === 'done' ? each.outcomes : []));
    },
    stop: async () => {
      await Promise.all(children.filter(({ exitCode }) => exitCode === null).map(async (child) => {
        const ended = once(child, 'exit');
        child.disconnect();
        await ended;
      }));
    },
  };
}

export function count(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
