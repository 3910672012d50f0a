/** Runs a plan: two checks at a time, then the tests group by group; counts, times, and says so at the end. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { programAt, root, type Group, type Plan } from './plan.ts';

interface Counted {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** The part of vitest's JSON that is counted. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

const reports = join(root, '.local', 'test');
const isCi = process.env['CI'] === 'true';

const say = (text: string): void => console.log(text);
const heading = ({ name, about }: Group): string => `\n=== ${name}: ${about} ===`;

interface Ended {
  readonly code: number;
  readonly output: string;
}

function runProgram(program: string, told: readonly string[], environment: Readonly<Record<string, string>>, isQuiet: boolean): Promise<Ended> {
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const child = spawn(process.execPath, [programAt(program), ...told], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.once('error', reject);
  child.once('close', (code) => {
    resolve({ code: code ?? 1, output });
  });
  return promise;
}

const secondsSince = (start: number): number => Math.round((performance.now() - start) / 100) / 10;

/** A check counts as one. */
async function check(group: Group): Promise<Counted> {
  const start = performance.now();
  const [program, ...told] = group.command ?? [''];
  const { code, output } = await runProgram(program, told, {}, true);
  const isGood = code === 0;
  const seconds = secondsSince(start);
  say(`${heading(group)}\n${isGood ? '' : output.trimEnd() + '\n'}${isGood ? 'sound' : 'NOT SOUND'}, in ${seconds} s`);
  return { name: group.name, passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0, seconds };
}

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}

/** Files that could not even be loaded have no failed test in them: each counts as one. */
function countReport(report: Report | undefined, code: number): Pick<Counted, 'passed' | 'failed' | 'skipped'> {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((each) => each.status === 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  const skipped = report.numPendingTests + report.numTodoTests;
  return { passed: report.numPassedTests, failed: code === 0 ? failed : Math.max(1, failed), skipped };
}

async function test(group: Group): Promise<Counted> {
  const start = performance.now();
  const file = join(reports, `${group.name}.json`);
  rmSync(file, { force: true });
  say(heading(group));
  const told = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, `--maxWorkers=${group.workers ?? 1}`];
  const { code } = await runProgram('vitest/vitest.mjs', [...told, ...(group.files ?? [])], group.environment ?? {}, false);
  return { name: group.name, ...countReport(readReport(file), code), seconds: secondsSince(start) };
}

/** Two at a time, in order. */
async function checkAll(groups: readonly Group[]): Promise<Counted[]> {
  const waiting = [...groups];
  const counted: Counted[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) counted.push(await check(next));
  };
  await Promise.all([work(), work()]);
  return counted;
}

function summarize(counted: readonly Counted[], missing: readonly string[], seconds: number): boolean {
  const sum = (of: 'passed' | 'failed' | 'skipped'): number => counted.reduce((total, each) => total + each[of], 0);
  say('\n=== what ran ===');
  for (const { name, passed, failed, skipped, seconds: own } of counted) {
    const result = `${passed} passed${failed > 0 ? `, ${failed} FAILED` : ''}${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    say(`${name.padEnd(16)} ${result.padEnd(32)} ${own.toFixed(1).padStart(6)} s`);
  }
  for (const what of missing) say(`NOT RUN: ${what}`);
  say(`in ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s\n`);
  const failed = sum('failed') + (isCi ? missing.length : 0);
  const skipped = sum('skipped');
  say(`${sum('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0;
}

/** The exit status: 0 only when everything that ran is good, and in CI only when everything ran. */
export async function run({ groups, missing }: Plan): Promise<number> {
  const start = performance.now();
  mkdirSync(reports, { recursive: true });
  const counted = await checkAll(groups.filter(({ command }) => command));
  for (const group of groups.filter(({ files }) => files)) counted.push(await test(group));
  return summarize(counted, missing, (performance.now() - start) / 1000) ? 0 : 1;
}
