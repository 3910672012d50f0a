/** A stack whose doors are those in test/local/doors: the real template around functions that do little. */
import { fileURLToPath } from 'node:url';
import { startLocal, type LocalOptions, type LocalStack } from '../../../local/start-local.ts';

const sourceRoot = fileURLToPath(new URL('../doors', import.meta.url));

/** Starts it without contents and pages. */
export function startDoors(options: LocalOptions = {}): Promise<LocalStack> {
  return startLocal({ sourceRoot, seeded: false, ...options });
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks the first door to do something. */
export async function act(stack: LocalStack, name: string): Promise<Reply> {
  return post(stack, '/v1/challenges', { act: name });
}

export async function post(stack: LocalStack, path: string, body: unknown): Promise<Reply> {
  const response = await fetch(stack.running.apiUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Resolves with what `look` finds, soon. */
export async function eventually<T>(look: () => T | undefined): Promise<T> {
  const giveUpAt = performance.now() + 15_000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (performance.now() > giveUpAt) throw new Error(`It does not come true: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The call that rings at a number. */
export function ringing(stack: LocalStack, to: string): Promise<{ callId: string }> {
  return eventually(() => stack.connect.calls(to).find(({ state }) => state === 'ringing'));
}

/** Resolves when the call's workflow has ended, with its status. */
export function ended(stack: LocalStack, name: string): Promise<string> {
  return eventually(() => {
    const status = stack.workflows.list().find((record) => record.name === name)?.status;
    return status === 'RUNNING' ? undefined : status;
  });
}
