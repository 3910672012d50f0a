/** The whole service on one machine: runs what the synthesized template says, in one process and a database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock, type Clock } from './clock.ts';
import { startDatabase, type Database } from './database/start-database.ts';
import { createLog } from './log.ts';
import { seed, type Seed } from './seed.ts';
import { startHostedPages } from './hosted-pages/hosted-pages.ts';
import { openDataFolder, type DataFolder } from './stack/data-folder.ts';
import { startPages } from './stack/pages.ts';
import { choosePorts } from './stack/ports.ts';
import { projectRoot } from './stack/place.ts';
import { runTemplate, type RunningTemplate } from './stack/run-template.ts';
import { openTemplate } from './stack/open-template.ts';
import { StartProblem } from './stack/start-problem.ts';
import { stopAll, type Stops } from './stack/stops.ts';
import { synthesize } from './stack/synthesize.ts';
import type { EngineName } from './database/engines.ts';
import type { Running } from './stack/running-file.ts';

/** The demo's number is called when it is set up, and no number is called twice in half a minute. */
const seedLeadSeconds = 60;

export interface LocalOptions {
  /** The API's; the others follow it. 0, or left out: any that are free. */
  readonly port?: number;
  /** Left out: a folder that is removed when the stack stops. */
  readonly dataFolder?: string;
  readonly logFolder?: string;
  readonly engine?: EngineName;
  /** Forgets the data first. */
  readonly fresh?: boolean;
  /** Where synthesized assemblies are kept. */
  readonly synthFolder?: string;
  /** Where functions' doors are looked for, instead of in the project. */
  readonly sourceRoot?: string;
  /** Gets what functions print, and, as `stack`, what the stack says of itself. Both are also in the log folder. */
  readonly output?: (name: string, text: string) => void;
  /** `false`: no contents, no portal and no telephone page. */
  readonly seeded?: boolean;
}

export interface LocalStack extends RunningTemplate {
  readonly running: Running;
  readonly engine: EngineName;
  readonly clock: Clock;
  /** Resource types of the template that do nothing here. */
  readonly notRun: readonly string[];
  /** Settles when the database has ended by itself: then nothing works any more. */
  readonly broken: Promise<void>;
  stop(): Promise<void>;
}

/** Starts a stack, ready when the demo user can sign in. Several can run in one process. */
export async function startLocal(options: LocalOptions = {}): Promise<LocalStack> {
  const stops: Stops = [];
  try {
    return { ...(await start(options, stops)), stop: () => stopAll(stops) };
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
}

async function start(options: LocalOptions, stops: Stops): Promise<Omit<LocalStack, 'stop'>> {
  const ports = await choosePorts(options.port ?? 0);
  const folder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'countersign-'));
  if (options.dataFolder === undefined) stops.push(() => rmSync(folder, { recursive: true, force: true }));
  const data = openDataFolder(folder, options.fresh === true);
  stops.push(() => data.release());
  const clock = createClock(data.clock, options.seeded === false ? 0 : seedLeadSeconds);
  const logFolder = options.logFolder ?? join(folder, 'log');
  const log = createLog({ folder: logFolder, output: options.output, now: clock.now });
  stops.push(() => log.stop(), () => clock.stop());

  const cacheFolder = options.synthFolder ?? join(projectRoot, '.local', 'assembly');
  const { sourceRoot } = options;
  const synthesis = synthesize({ projectRoot, cacheFolder, ...(sourceRoot === undefined ? {} : { sourceRoot }) });
  // It is awaited below; should the database fail before that, nobody is interested in it any more.
  synthesis.catch(() => undefined);
  const database = await openDatabase(options.engine, data, stops);
  const assembly = await synthesis;

  const apiUrl = `http://localhost:${String(ports.api)}`;
  const pagesUrl = `http://localhost:${String(ports.pages)}`;
  const template = openTemplate(assembly.folder, { apiUrl, pagesUrl });
  const stack = await runTemplate(template, { ports, database, data, clock, log }, stops);
  const shared = { ...stack, engine: database.engine, clock, notRun: template.notRun, broken: database.ended };
  const operate = (command: { command: string; prices?: unknown }) => stack.functions.call(stack.functionNamed('operator'), command);
  const hosted = await startHostedPages({ port: ports.pages, apiUrl, built: join(assembly.folder, 'pages') });
  stops.push(() => hosted.stop());
  const bare = { apiUrl, pagesUrl, portalUrl: apiUrl, phoneUrl: apiUrl };
  if (options.seeded === false) return { ...shared, running: runningAs(bare) };
  const returnUrl = `http://localhost:${String(ports.portal)}/back`;
  const contents = await seed({ file: data.seed, apiUrl, returnUrl, connect: stack.connect, operate, warm: () => warm(stack) });
  clock.catchUp();
  const pages = await startPages({ ports, apiUrl, contents, clock, ...stack }, stops);
  return { ...shared, running: runningAs({ apiUrl, pagesUrl, ...pages }, contents) };
}

/** In the order in which the first contents need them; one after the other, beside what runs already. */
const neededFirst = [
  ...['api-organizations', 'api-users', 'api-sign-in', 'api-factors'],
  ...['phone-call-place', 'connect-flow', 'table-stream', 'phone-call-end-leg'],
];

async function warm({ functions, functionNamed }: RunningTemplate): Promise<void> {
  for (const name of neededFirst) await functions.warm(functionNamed(name));
}

async function openDatabase(wanted: EngineName | undefined, data: DataFolder, stops: Stops): Promise<Database> {
  const made = data.madeWith();
  if (made !== undefined && wanted !== undefined && wanted !== made) {
    throw new StartProblem(`The data was made with ${made}: leave COUNTERSIGN_DDB out, or start with --fresh.`);
  }
  const engine = wanted ?? made;
  const database = await startDatabase({ folder: data.database, ...(engine === undefined ? {} : { engine }) });
  stops.push(() => database.stop());
  data.markMadeWith(database.engine);
  return database;
}

function runningAs(urls: Pick<Running, 'apiUrl' | 'pagesUrl' | 'portalUrl' | 'phoneUrl'>, contents?: Seed): Running {
  const { clientKey = '', organizationId = '' } = contents ?? {};
  const demo = contents?.demo ?? { userId: '', password: '', phoneNumber: '', pin: '' };
  return { ...urls, clientKey, organizationId, demo, pid: process.pid };
}
