/** A child process that cannot outlive this one, whatever ends this one. */
import { spawn, type ChildProcess } from 'node:child_process';

/**
 * The shell runs the command and reads its own input, which only this process holds open. However this process ends
 * (also by kill -9), the input ends with it, and then the shell ends the command.
 */
const KEEPER = `
exec 3<&0
"$@" 3<&- </dev/null & child=$!
(cat <&3 >/dev/null; kill $child 2>/dev/null) 2>/dev/null & watch=$!
exec 3<&-
trap 'kill $child 2>/dev/null' TERM INT HUP
wait $child; status=$?
kill -0 $child 2>/dev/null && { wait $child; status=$?; }
kill $watch 2>/dev/null
exit $status
`;

export interface KeptProcess {
  /** What it printed on its error output, the last of it. */
  errors(): string;
  /** Settles when it has ended, by itself or because of `stop`. */
  readonly ended: Promise<void>;
  isRunning(): boolean;
  stop(): Promise<void>;
}

/** Starts a command; `cwd` is where its relative files go. */
export function keepProcess(command: string, args: readonly string[], cwd: string): KeptProcess {
  // Its own process group, or Ctrl-C in the terminal would end the database before the functions have finished with it.
  const child: ChildProcess = spawn('/bin/sh', ['-c', KEEPER, 'keeper', command, ...args], {
    cwd,
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2000);
  });
  child.stdin?.on('error', () => undefined);
  let running = true;
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  }).then(() => {
    running = false;
  });
  return {
    errors: () => errors.trim(),
    ended,
    isRunning: () => running,
    async stop() {
      child.stdin?.end();
      await ended;
    },
  };
}
