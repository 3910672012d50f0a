/** The database of one machine: DynamoDB's protocol on a port of 127.0.0.1, on disk or in memory. */
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine, type Engine, type EngineName } from './engines.ts';
import { keepProcess, type KeptProcess } from './keeper.ts';

export interface DatabaseOptions {
  /** Left out: dynoxide where its package is installed, else DynamoDB Local. */
  readonly engine?: EngineName;
  /** Where it keeps its data (a folder per engine inside it). Left out: in memory. */
  readonly folder?: string;
}

export interface Database {
  readonly engine: EngineName;
  readonly endpoint: string;
  /** Settles when the engine has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const READY_WITHIN_MILLISECONDS = 20_000;
const ATTEMPTS = 3;

/** Starts the engine and answers when it does. */
export async function startDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const engine = await findEngine(options.engine);
  for (let attempt = 1; ; attempt += 1) {
    // Neither engine can be asked for any free port, so one is picked here; somebody may take it in between.
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${String(port)}`;
    const kept = start(engine, port, options.folder);
    if (await isReady(endpoint, kept)) {
      return { engine: engine.name, endpoint, ended: kept.ended, stop: () => kept.stop() };
    }
    await kept.stop();
    if (attempt === ATTEMPTS) throw new Error(`The database (${engine.name}) does not start: ${kept.errors()}`);
  }
}

function start(engine: Engine, port: number, folder: string | undefined): KeptProcess {
  const { command, args } = engine.command(port, folder === undefined ? undefined : join(folder, engine.name));
  return keepProcess(command, args, tmpdir());
}

async function isReady(endpoint: string, kept: KeptProcess): Promise<boolean> {
  const giveUpAt = Date.now() + READY_WITHIN_MILLISECONDS;
  while (kept.isRunning() && Date.now() < giveUpAt) {
    if (await answers(endpoint)) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

/** Any answer will do: without a signature both engines refuse, and they refuse only once they are up. */
async function answers(endpoint: string): Promise<boolean> {
  try {
    const response = await fetch(endpoint);
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No port could be had.'));
        else resolve(address.port);
      });
    });
  });
}
