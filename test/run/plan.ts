/** What `npm test` runs, in which order: checks of the sources, then the tests folder by folder. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineNames, findEngine } from '../../local/database/engines.ts';
import { hasBrowser } from './has-browser.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Group {
  readonly name: string;
  readonly about: string;
  /** A program of node_modules and what it is told; absent for tests. */
  readonly command?: readonly [program: string, ...told: string[]];
  /** Test files, from the project's folder on. */
  readonly files?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Files at the same time. */
  readonly workers?: number;
}

export interface Plan {
  readonly groups: readonly Group[];
  /** What cannot run on this machine, and why. */
  readonly missing: readonly string[];
}

const checks: readonly Group[] = [
  {
    name: 'types',
    about: 'every file has sound types',
    command: ['typescript/bin/tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', '.local/test/types.tsbuildinfo'],
  },
  {
    name: 'page-types',
    about: 'what a browser runs knows of nothing but browsers',
    command: ['typescript/bin/tsc', '--noEmit', '--project', 'web'],
  },
  { name: 'lint', about: 'the rules of eslint.config.mjs', command: ['eslint/bin/eslint.js', '.'] },
  {
    name: 'boundaries',
    about: 'who may import whom',
    command: ['dependency-cruiser/bin/dependency-cruiser.mjs', '--config', '.dependency-cruiser.cjs', '.'],
  },
];

/** In this order; a folder of test/ that is not named here comes before the last three. */
const folders: readonly (readonly [name: string, about: string, workers?: number])[] = [
  ['structure', 'names, sizes, fixtures and documents'],
  ['unit', 'rules, operations and properties'],
  ['stores', 'the conditional writes, on a real engine'],
  ['doors', 'every trigger with its recorded events'],
  ['infra', 'the synthesized templates and bundles'],
  ['races', 'many at once, replies lost, processes killed', 1],
  ['local', 'the stand-ins of one machine, part by part'],
  ['journeys', 'people signing in, through the whole local stack', 1],
  ['browser', 'pages in a real browser'],
];
const last = 3;

const inBrowser = (file: string): boolean => /(^|[/-])browser[/.-]/.test(file.replace(/^test\//, ''));

/** Tests that keep something in a table: those run on the second engine too. */
const usesTable = (file: string): boolean => /support\/(?:database|stage)[.]ts/.test(readFileSync(join(root, file), 'utf8'));

function testFiles(): string[] {
  const found = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' });
  return found.filter((name) => name.endsWith('.test.ts')).map((name) => `test/${name.replaceAll('\\', '/')}`).sort();
}

function folderOf(file: string): string {
  const [, folder = ''] = file.split('/');
  if (inBrowser(file)) return 'browser';
  return folder === 'properties' ? 'unit' : folder;
}

function testGroups(files: readonly string[]): Group[] {
  const named = folders.map(([name]) => name);
  const others = [...new Set(files.map(folderOf))].filter((name) => !named.includes(name)).map((name) => [name, `test/${name}`] as const);
  const ordered = [...folders.slice(0, -last), ...others, ...folders.slice(-last)];
  return ordered.flatMap(([name, about, workers = 2]) => {
    const own = files.filter((file) => folderOf(file) === name);
    return own.length > 0 ? [{ name, about, files: own, workers }] : [];
  });
}

/** The same tests on the engine that is not the first choice here: what both say is what DynamoDB says. */
async function secondEngine(files: readonly string[]): Promise<Group | string> {
  const [first, second] = engineNames;
  const own = files.filter((file) => ['unit', 'stores'].includes(folderOf(file)) && usesTable(file));
  try {
    await Promise.all([findEngine(first), findEngine(second)]);
  } catch (error) {
    return `the stores on a second engine (${error instanceof Error ? error.message : 'it cannot be started'})`;
  }
  return { name: second, about: `what is kept in a table, once more, on ${second}`, files: own, workers: 2, environment: { COUNTERSIGN_DDB: second } };
}

function refuseUnknown(wanted: readonly string[], groups: readonly Group[]): void {
  const names = groups.map(({ name }) => name);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is nothing to run by the name of ${unknown.join(', ')}. There is: ${names.join(', ')}.`);
}

/** Everything, or only what is `wanted` by name. */
export async function plan(wanted: readonly string[]): Promise<Plan> {
  const files = testFiles();
  const again = await secondEngine(files);
  const missing = typeof again === 'string' ? [again] : [];
  if (!hasBrowser) missing.push('pages in a browser (there is no Chromium: install it, or set CHROMIUM to where it is)');
  const tests = testGroups(files).filter(({ name }) => hasBrowser || name !== 'browser');
  const where = tests.findIndex(({ name }) => name === 'infra');
  const engines = typeof again === 'string' || again.files?.length === 0 ? [] : [again];
  const groups = [...checks, ...tests.toSpliced(where < 0 ? tests.length : where, 0, ...engines)];
  refuseUnknown(wanted, groups);
  return wanted.length === 0 ? { groups, missing } : { groups: groups.filter(({ name }) => wanted.includes(name)), missing: [] };
}

/** Where a package's program is, whoever brought it. */
export function programAt(path: string): string {
  const found = join(root, 'node_modules', path);
  if (!existsSync(found)) throw new Error(`${path} is not there: run "npm ci".`);
  return found;
}
