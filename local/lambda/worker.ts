/** Runs inside a worker thread: loads one function's bundle and gives it one event at a time. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { shareClock } from './shared-clock.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './messages.ts';

const settings = workerData as WorkerSettings;
type Handler = (event: unknown, context: object) => unknown;

/** What Lambda's runtime reports of an error. */
function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

async function loadHandler(): Promise<Handler> {
  const [file = 'index', name = 'handler'] = settings.handler.split('.');
  const path = ['.mjs', '.js', '.cjs'].map((ending) => join(settings.codeFolder, file + ending)).find(existsSync);
  if (path === undefined) throw new Error(`There is no ${file}.mjs in the bundle.`);
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  const handler = module[name];
  if (typeof handler !== 'function') throw new Error(`${file} exports no function ${name}.`);
  return handler as Handler;
}

function contextOf(message: ToWorker): object {
  return {
    awsRequestId: message.requestId,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMegabytes),
    logGroupName: `/aws/lambda/${settings.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    // By a clock that nobody moves: advancing the stack's clock must not take a running function's time away.
    getRemainingTimeInMillis() {
      return Math.max(0, Math.round(message.deadline - performance.timeOrigin - performance.now()));
    },
  };
}

async function answer(handler: Handler, message: ToWorker): Promise<void> {
  try {
    const result = await handler(JSON.parse(message.event), contextOf(message));
    // Lambda answers null for undefined, as JSON does inside a list.
    post({ kind: 'answer', payload: JSON.stringify(result ?? null) });
  } catch (error) {
    console.error('Invoke Error', error);
    post({ kind: 'answer', payload: JSON.stringify(describe(error)), functionError: 'Unhandled' });
  }
}

shareClock(settings.clockOffset);
try {
  const handler = await loadHandler();
  parentPort?.on('message', (message: ToWorker) => void answer(handler, message));
  post({ kind: 'ready' });
} catch (error) {
  console.error('Init Error', error);
  post({ kind: 'init-error', payload: JSON.stringify(describe(error)) });
}
