/** Notices that whatever started this process has ended, also when it had no chance to say so. */
import { readFileSync } from 'node:fs';

const EVERY_MILLISECONDS = 1_000;

/** Only under npm: whoever starts the script alone and leaves may want it to stay. */
export function whenParentEnds(ended: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const { ppid } = process;
  // npm runs scripts in a shell, which outlives a killed npm.
  const npm = isShell(ppid) ? parentOf(ppid) : undefined;
  const timer = setInterval(() => {
    if (process.ppid === ppid && (npm === undefined || parentOf(ppid) === npm)) return;
    clearInterval(timer);
    ended();
  }, EVERY_MILLISECONDS).unref();
}

function isShell(pid: number): boolean {
  return /^(?:ba|da|z|k)?sh\b/.test(readProcess(pid, 'comm') ?? '');
}

/** By Linux's process table; elsewhere only the direct parent is watched. */
function parentOf(pid: number): number | undefined {
  const field = readProcess(pid, 'stat')?.split(') ').at(-1)?.split(' ')[1];
  return field === undefined ? undefined : Number(field);
}

function readProcess(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
