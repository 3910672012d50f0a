/** One cold start in a process of its own, and what it took. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ColdStart {
  readonly importing: number;
  readonly answering: number;
  /** Of all threads, in milliseconds. */
  readonly cpu: number;
}

export interface Start {
  readonly bundle: string;
  readonly eventFile: string;
}

const childFile = fileURLToPath(new URL('./cold-child.mjs', import.meta.url));

/** `--expose-gc` makes Node reject its own code cache, as it may do on Lambda. */
export async function startCold({ bundle, eventFile }: Start, madeAt: number, env: Readonly<Record<string, string>>): Promise<ColdStart> {
  const child = spawn(process.execPath, ['--expose-gc', childFile, bundle, eventFile, String(madeAt)], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  const last = code === 0 ? (printed.trim().split('\n').at(-1) ?? '{}') : '{}';
  const { answer, ...start } = JSON.parse(last) as ColdStart & { answer?: { statusCode?: number } };
  if (code !== 0 || (answer?.statusCode ?? 200) >= 300) throw new Error(`${bundle} did not do its work: ${printed.slice(-500)}`);
  return start;
}
