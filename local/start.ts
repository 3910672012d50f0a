/** `npm start`: reads what was asked for, starts the stack, says where it is, and stops it cleanly. */
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { engineNames, type EngineName } from './database/engines.ts';
import { whenParentEnds } from './stack/parent.ts';
import { projectRoot } from './stack/place.ts';
import { publishRunning, refuseSecond, type Running } from './stack/running-file.ts';
import { StartProblem } from './stack/start-problem.ts';
import { startLocal, type LocalOptions, type LocalStack } from './start-local.ts';

const DEFAULT_PORT = 4280;
const localFolder = join(projectRoot, '.local');
const runningFile = join(localFolder, 'running.json');

const help = `npm start [-- --fresh] [-- --echo]
  --fresh           forget the data first
  --echo            print here what functions print (it is also in .local/log)
  PORT              the API's port, ${String(DEFAULT_PORT)} when absent; portal and telephone follow it
  COUNTERSIGN_DATA  the data folder, .local/data when absent
  COUNTERSIGN_DDB   the database: ${engineNames.join(' or ')}; the first that can run here when absent`;

function readOptions(): LocalOptions | undefined {
  const options = { fresh: { type: 'boolean' }, echo: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values } = parseArgs({ options, strict: true });
  if (values.help === true) return undefined;
  const { PORT, COUNTERSIGN_DATA, COUNTERSIGN_DDB } = process.env;
  const port = Number(PORT ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_532) {
    throw new StartProblem('PORT must be a number from 1 to 65532.');
  }
  const engine = engineNames.find((name) => name === COUNTERSIGN_DDB);
  if (COUNTERSIGN_DDB !== undefined && engine === undefined) {
    throw new StartProblem(`COUNTERSIGN_DDB must be ${engineNames.join(' or ')}.`);
  }
  return {
    port,
    dataFolder: resolve(COUNTERSIGN_DATA ?? join(localFolder, 'data')),
    logFolder: join(localFolder, 'log'),
    fresh: values.fresh === true,
    ...(values.echo === true ? { output: echo } : {}),
    ...(engine === undefined ? {} : { engine: engine satisfies EngineName }),
  };
}

function echo(name: string, text: string): void {
  process.stdout.write(text.replaceAll(/^(?=.)/gm, `[${name}] `));
}

function announce(stack: LocalStack, options: LocalOptions): void {
  const { apiUrl, portalUrl, phoneUrl, demo, clientKey }: Running = stack.running;
  const seconds = (performance.now() / 1000).toFixed(1);
  const folder = resolve(options.dataFolder ?? '');
  const data = relative(process.cwd(), folder).startsWith('..') ? folder : relative(process.cwd(), folder) || '.';
  console.log(`Countersign is ready after ${seconds} s, on ${stack.engine}, with its data in ${data}.

  Portal     ${portalUrl}   sign in as ${demo.userId} with the password ${demo.password}; whoever you add has the same
  Telephone  ${phoneUrl}   ${demo.phoneNumber} rings; its PIN is ${demo.pin}, then #
  API        ${apiUrl}   client key ${clientKey}

What functions print is in .local/log. Ctrl-C stops it.`);
  if (stack.notRun.length > 0) console.log(`Not run on one machine: ${stack.notRun.join(', ')}.`);
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    console.log(help);
    return;
  }
  await refuseSecond(runningFile);
  const interrupted = new AbortController();
  let stopped: Promise<void> | undefined;
  let stack: LocalStack | undefined;
  let withdraw: (() => void) | undefined;

  const stop = (reason: string, status = 0): void => {
    interrupted.abort();
    // A second Ctrl-C does not wait; and while it is still starting there is nothing to save.
    if (stopped !== undefined || stack === undefined) process.exit(status === 0 ? 130 : status);
    console.log(`\n${reason}`);
    stopped = stack.stop().then(() => {
      withdraw?.();
      process.exit(status);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop('Countersign stops.'));
  whenParentEnds(() => stop('Countersign stops, since what started it has ended.'));
  process.on('uncaughtException', (error) => {
    console.error(error);
    stop('Countersign stops because of this error.', 1);
  });

  stack = await startLocal(options);
  withdraw = publishRunning(runningFile, stack.running);
  void stack.broken.then(() => {
    if (!interrupted.signal.aborted) stop('Countersign stops, since its database has ended.', 1);
  });
  announce(stack, options);
}

try {
  await main();
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  console.error(error instanceof StartProblem || code?.startsWith('ERR_PARSE_ARGS') === true ? message : error);
  process.exit(1);
}
