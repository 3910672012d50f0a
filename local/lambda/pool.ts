/** A function's sandboxes: as many as its events need, within bounds. */
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { startSandbox, type Invocation, type Sandbox, type SandboxSettings } from './sandbox.ts';

export interface PoolOptions {
  readonly settings: SandboxSettings;
  /** More would only take memory: a function that waits is the only thing that needs many. */
  readonly largest: number;
  output(text: string): void;
}

export interface Pool {
  run(event: string): Promise<Invocation>;
  /** Starts a sandbox if there is none; resolves when it can take an event, or has failed to. */
  warm(): Promise<void>;
  stop(): Promise<void>;
}

interface Job {
  readonly event: string;
  readonly requestId: string;
  readonly queuedAt: number;
  settle(invocation: Invocation): void;
}

interface State extends PoolOptions {
  readonly idle: Sandbox[];
  readonly alive: Set<Sandbox>;
  readonly queue: Job[];
  starting: number;
  /** When a sandbox last got something done. */
  finishedAt: number;
  growTimer?: NodeJS.Timeout;
  isStopped: boolean;
}

/** An event waits this long for a sandbox before another is started: short ones are soon done, long ones are not. */
const PATIENCE_MILLISECONDS = 25;
/** So many use all processors. More are started only while none of them gets done, because each waits for something. */
const ENOUGH_TO_WORK = Math.max(4, 2 * availableParallelism());
/** Starting a sandbox is all CPU; more at once only make each of them later. */
const LARGEST_STARTING = Math.min(2, availableParallelism());
const IDLE_MILLISECONDS = 60_000;

/** Makes an empty pool. */
export function createPool(options: PoolOptions): Pool {
  const state: State = {
    ...options,
    ...{ idle: [], alive: new Set(), queue: [], starting: 0, finishedAt: 0, isStopped: false },
  };
  const reaper = setInterval(() => shrink(state), IDLE_MILLISECONDS).unref();
  return {
    run: (event) => run(state, event),
    warm: () => (state.alive.size === 0 ? new Promise((resolve) => startOne(state, resolve)) : Promise.resolve()),
    async stop() {
      clearInterval(reaper);
      clearTimeout(state.growTimer);
      state.isStopped = true;
      const payload = JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: 'The stack stops' });
      for (const job of state.queue.splice(0)) job.settle({ payload, functionError: 'Unhandled' });
      await Promise.all([...state.alive].map((sandbox) => sandbox.stop()));
    },
  };
}

function run(state: State, event: string): Promise<Invocation> {
  const { promise, resolve } = Promise.withResolvers<Invocation>();
  const job: Job = { event, requestId: randomUUID(), queuedAt: performance.now(), settle: resolve };
  const sandbox = state.idle.pop();
  if (sandbox !== undefined) void give(state, sandbox, job);
  else {
    state.queue.push(job);
    grow(state);
  }
  return promise;
}

async function give(state: State, sandbox: Sandbox, job: Job): Promise<void> {
  job.settle(await sandbox.run(job.event, job.requestId));
  state.finishedAt = performance.now();
  release(state, sandbox);
}

function release(state: State, sandbox: Sandbox): void {
  if (!state.alive.has(sandbox)) return;
  const job = state.queue.shift();
  if (job === undefined) state.idle.push(sandbox);
  else void give(state, sandbox, job);
}

/** Starts another sandbox when the first in the queue has waited long enough; else looks again by then. */
function grow(state: State): void {
  clearTimeout(state.growTimer);
  const [first] = state.queue;
  const { alive, starting, largest, isStopped } = state;
  if (first === undefined || isStopped || alive.size >= largest) return;
  const since = alive.size < ENOUGH_TO_WORK ? first.queuedAt : Math.max(first.queuedAt, state.finishedAt);
  const isLate = performance.now() - since >= PATIENCE_MILLISECONDS;
  const mayStart = starting < Math.min(LARGEST_STARTING, state.queue.length);
  if (mayStart && (alive.size === 0 || isLate)) startOne(state);
  state.growTimer = setTimeout(() => grow(state), PATIENCE_MILLISECONDS);
}

function startOne(state: State, started: () => void = () => undefined): void {
  let isReady = false;
  state.starting += 1;
  const sandbox = startSandbox(state.settings, {
    output: (text) => state.output(text),
    ready() {
      isReady = true;
      state.starting -= 1;
      release(state, sandbox);
      started();
    },
    gone(failure) {
      if (!isReady) state.starting -= 1;
      forget(state, sandbox);
      // What cannot start fails the event that asked for it, or it would be tried for ever.
      if (failure !== undefined) state.queue.shift()?.settle(failure);
      grow(state);
      started();
    },
  });
  state.alive.add(sandbox);
}

function forget(state: State, sandbox: Sandbox): void {
  state.alive.delete(sandbox);
  const index = state.idle.indexOf(sandbox);
  if (index >= 0) state.idle.splice(index, 1);
}

/** One stays: the next request must not pay for a start. */
function shrink(state: State): void {
  if (state.idle.length > 1 && state.queue.length === 0) void state.idle.shift()?.stop();
}
