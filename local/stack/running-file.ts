/** `.local/running.json`: where a running stack is, for scripts and tests; and the guard against a second one. */
import { connect } from 'node:net';
import { readJson, removeFile, writeJson } from '../json-file.ts';
import { StartProblem } from './start-problem.ts';

export interface Running {
  readonly apiUrl: string;
  readonly pagesUrl: string;
  readonly portalUrl: string;
  readonly phoneUrl: string;
  readonly clientKey: string;
  readonly organizationId: string;
  readonly demo: {
    readonly userId: string;
    readonly password: string;
    readonly phoneNumber: string;
    readonly pin: string;
  };
  readonly pid: number;
}

/** Refuses to start beside a stack that runs; forgets one that was killed. */
export async function refuseSecond(file: string): Promise<void> {
  const running = readJson<Running>(file);
  if (running === undefined) return;
  if (isAlive(running.pid) && (await answers(running.apiUrl))) {
    throw new StartProblem(`Countersign is running already, at ${running.apiUrl} as process ${String(running.pid)}.`);
  }
  removeFile(file);
}

/** Writes the file, and removes it however this process ends, unless it is killed. */
export function publishRunning(file: string, running: Running): () => void {
  writeJson(file, running);
  const remove = (): void => removeFile(file);
  process.once('exit', remove);
  return () => {
    process.removeListener('exit', remove);
    remove();
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A number of a process can come again; a port that answers as well cannot be a coincidence. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', timeout: 1000 });
    const settle = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', settle(true)).once('error', settle(false)).once('timeout', settle(false));
  });
}
