/** Work in processes of their own, told by messages: their time is theirs, and they end with whoever started them. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Told<Answer> {
  ask(message: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

async function nextMessage<Answer>(child: ChildProcess): Promise<Answer> {
  const gone = new AbortController();
  const ended = once(child, 'exit', { signal: gone.signal }).then(() => {
    throw new Error(`${child.spawnargs[1] ?? 'a process'} ended early`);
  });
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal: gone.signal }), ended])) as [Answer];
    return answer;
  } finally {
    gone.abort();
    ended.catch(() => undefined);
  }
}

/** What it prints is not shown; its errors are. The first message sets it up; it answers each with one. */
export async function tell<Answer>(file: URL, settings: unknown): Promise<{ readonly first: unknown; readonly told: Told<Answer> }> {
  const child = fork(file, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ask = async <T>(message: unknown): Promise<T> => {
    child.send(message as object);
    return nextMessage<T>(child);
  };
  const first = await ask<unknown>(settings);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
  };
  return { first, told: { ask, stop } };
}

/** The other side: `open` gets the first message, and what it returns answers every later one. */
export function obey<Settings extends object, Message>(open: (settings: Settings) => Promise<{ first?: unknown; answer(message: Message): Promise<unknown> }>): void {
  process.once('message', (settings: Settings) => {
    void open(settings).then(({ first = 'ready', answer }) => {
      process.on('message', (message: Message) => void answer(message).then((value) => process.send?.(value)));
      process.send?.(first);
    });
  });
  process.once('disconnect', () => process.exit(0));
}
