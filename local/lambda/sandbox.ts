/** One sandbox: a worker thread with a function in it, which takes one event at a time, as on AWS. */
import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

export interface Invocation {
  readonly payload: string;
  readonly functionError?: 'Unhandled';
}

export interface SandboxSettings extends WorkerSettings {
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

export interface SandboxEvents {
  /** It can take its first event. */
  ready(): void;
  /** It will take no more events. `failure` says why it could not even start. */
  gone(failure: Invocation | undefined): void;
  output(text: string): void;
}

export interface Sandbox {
  run(event: string, requestId: string): Promise<Invocation>;
  stop(): Promise<void>;
}

/** Lambda's own limits. */
const INIT_SECONDS = 10;
const LARGEST_ANSWER_BYTES = 6 * 1024 * 1024;

interface State {
  readonly settings: SandboxSettings;
  readonly events: SandboxEvents;
  readonly worker: Worker;
  /** Takes the answer to the event that it works on. */
  settle?: ((invocation: Invocation) => void) | undefined;
  initTimer?: NodeJS.Timeout;
  isReady: boolean;
  isGone: boolean;
}

/** Starts a thread. It ends itself on a time-out, on an error that nobody caught and when the function exits. */
export function startSandbox(settings: SandboxSettings, events: SandboxEvents): Sandbox {
  const { environment, timeoutSeconds: _, ...workerData } = settings;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: workerData satisfies WorkerSettings,
    env: environment,
    // Flags of this process are none of the function's.
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryMegabytes },
  });
  const state: State = { settings, events, worker, isReady: false, isGone: false };
  state.initTimer = setTimeout(() => {
    leave(state, failure('Sandbox.Timedout', `INIT did not finish in ${String(INIT_SECONDS)} seconds`));
  }, INIT_SECONDS * 1000);
  for (const stream of [worker.stdout, worker.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => events.output(text));
  }
  worker.on('message', (message: FromWorker) => take(state, message));
  worker.on('error', (error: unknown) => fail(state, error));
  worker.on('exit', () => leave(state, failure('Runtime.ExitError', 'Runtime exited')));
  return {
    run: (event, requestId) => run(state, event, requestId),
    async stop() {
      leave(state, failure('Runtime.ExitError', 'The stack stops'));
      await worker.terminate();
    },
  };
}

function run(state: State, event: string, requestId: string): Promise<Invocation> {
  const { promise, resolve } = Promise.withResolvers<Invocation>();
  const { timeoutSeconds } = state.settings;
  const timer = setTimeout(() => {
    const words = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    leave(state, failure('Sandbox.Timedout', words));
  }, timeoutSeconds * 1000);
  state.settle = (invocation) => {
    clearTimeout(timer);
    resolve(invocation);
  };
  const deadline = performance.timeOrigin + performance.now() + timeoutSeconds * 1000;
  state.worker.postMessage({ requestId, event, deadline } satisfies ToWorker);
  return promise;
}

function take(state: State, message: FromWorker): void {
  clearTimeout(state.initTimer);
  if (message.kind === 'ready') {
    state.isReady = true;
    state.events.ready();
  } else if (message.kind === 'answer') finish(state, withinLimit(message));
  else leave(state, { payload: message.payload, functionError: 'Unhandled' });
}

function fail(state: State, thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  state.events.output(`${error.stack ?? error.message}\n`);
  const isKilled = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
  leave(state, isKilled ? failure('Runtime.ExitError', 'signal: killed') : failure(error.name, error.message));
}

function leave(state: State, reason: Invocation): void {
  if (state.isGone) return;
  state.isGone = true;
  clearTimeout(state.initTimer);
  finish(state, reason);
  state.events.gone(state.isReady ? undefined : reason);
  void state.worker.terminate();
}

function finish(state: State, invocation: Invocation): void {
  const { settle } = state;
  state.settle = undefined;
  settle?.(invocation);
}

function failure(errorType: string, errorMessage: string): Invocation {
  return { payload: JSON.stringify({ errorType, errorMessage }), functionError: 'Unhandled' };
}

function withinLimit({ payload, functionError }: { payload: string; functionError?: 'Unhandled' }): Invocation {
  if (Buffer.byteLength(payload) > LARGEST_ANSWER_BYTES) {
    return failure('Function.ResponseSizeTooLarge', 'Response payload size exceeded maximum allowed payload size.');
  }
  return functionError === undefined ? { payload } : { payload, functionError };
}
