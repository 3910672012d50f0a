/** The data folder: what is kept where, which process uses it, and how it is forgotten. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, removeFile, writeJson } from '../json-file.ts';
import { StartProblem } from './start-problem.ts';
import type { EngineName } from '../database/engines.ts';

export interface DataFolder {
  readonly database: string;
  readonly executions: string;
  readonly clock: string;
  readonly keys: string;
  readonly seed: string;
  positionOf(source: string): string;
  /** The engine that made the data: the other cannot read it. */
  madeWith(): EngineName | undefined;
  markMadeWith(engine: EngineName): void;
  release(): void;
}

interface User {
  readonly pid: number;
  readonly startedAt: string;
}

const kept = ['database', 'executions', 'positions', 'clock.json', 'keys.json', 'seed.json', 'engine.json'];

/** Opens a folder for this process alone. `fresh` removes what we keep in it, and nothing else. */
export function openDataFolder(folder: string, fresh: boolean): DataFolder {
  const file = (name: string): string => join(folder, name);
  mkdirSync(folder, { recursive: true });
  const user = readJson<User>(file('user.json'));
  if (user !== undefined && user.startedAt === startOf(user.pid)) {
    const words = `The data in ${folder} is in use by process ${String(user.pid)}`;
    throw new StartProblem(`${words}: stop that, or set COUNTERSIGN_DATA to another folder.`);
  }
  writeJson(file('user.json'), { pid: process.pid, startedAt: startOf(process.pid) ?? '' });
  if (fresh) for (const name of kept) rmSync(file(name), { recursive: true, force: true });
  return {
    database: file('database'),
    executions: file('executions'),
    clock: file('clock.json'),
    keys: file('keys.json'),
    seed: file('seed.json'),
    positionOf: (source) => join(folder, 'positions', `${source}.json`),
    madeWith: () => readJson<{ engine: EngineName }>(file('engine.json'))?.engine,
    markMadeWith: (engine) => writeJson(file('engine.json'), { engine }),
    release: () => removeFile(file('user.json')),
  };
}

/** When a process began, so that another one that got its number later is not taken for it; undefined: it is gone. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  try {
    // The name, in parentheses, may hold anything; what follows it does not.
    return readFileSync(`/proc/${String(pid)}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19];
  } catch {
    return '';
  }
}
