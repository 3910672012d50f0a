/** Small JSON files that are either the old or the new one, also after a kill -9. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What the file holds, or undefined when there is none. A file that is not JSON is an error: somebody edited it. */
export function readJson<T>(file: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return JSON.parse(text) as T;
}

let writes = 0;

/** Writes beside the file and renames over it. The page cache survives a killed process, so there is no fsync. */
export function writeJson(file: string, value: unknown, mode = 0o600): void {
  mkdirSync(dirname(file), { recursive: true });
  writes += 1;
  const beside = `${file}.${String(process.pid)}.${String(writes)}.new`;
  writeFileSync(beside, `${JSON.stringify(value, null, 1)}\n`, { mode });
  renameSync(beside, file);
}

export function removeFile(file: string): void {
  rmSync(file, { force: true });
}
