/** What functions print, one file each, and one line per thing the stack itself has to say. */
import { createWriteStream, mkdirSync, rmSync, statSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

export interface Log {
  /** Appends to `<name>.log`. */
  write(name: string, text: string): void;
  /** One line of the stack's own, with the time, in `stack.log`. */
  say(line: string): void;
  stop(): Promise<void>;
}

/** Beyond this a log starts over when the stack starts. */
const LARGEST_LOG_BYTES = 8 * 1024 * 1024;

export interface LogOptions {
  readonly folder: string;
  /** Who else wants to see what is written. */
  readonly output?: ((name: string, text: string) => void) | undefined;
  now(): number;
}

/** Opens files as they are first written to. */
export function createLog(options: LogOptions): Log {
  const files = new Map<string, WriteStream>();

  function open(name: string): WriteStream {
    const known = files.get(name);
    if (known !== undefined) return known;
    mkdirSync(options.folder, { recursive: true });
    const path = join(options.folder, `${name}.log`);
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES) rmSync(path);
    const stream = createWriteStream(path, { flags: 'a' });
    // A data folder that is removed under a running stack costs the log, not the stack.
    stream.on('error', () => undefined);
    files.set(name, stream);
    return stream;
  }

  function write(name: string, text: string): void {
    open(name).write(text);
    options.output?.(name, text);
  }

  return {
    write,
    say: (line) => write('stack', `${new Date(options.now()).toISOString()} ${line}\n`),
    async stop() {
      await Promise.all([...files.values()].map((file) => new Promise<void>((resolve) => file.end(resolve))));
      files.clear();
    },
  };
}
