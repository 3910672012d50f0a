/** Bundles and synthesizes the stage `local`, unless that was done before for the same sources. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { StartProblem } from './start-problem.ts';

export interface SynthesizeOptions {
  readonly projectRoot: string;
  /** One folder for each set of sources is kept in it. */
  readonly cacheFolder: string;
  /** Where functions' doors are looked for, instead of in the project. */
  readonly sourceRoot?: string;
}

const sourceFolders = ['infra', 'functions', 'shared', 'web'];
const sourceFiles = ['package-lock.json', 'cdk.json'];
const OUTDATED_MILLISECONDS = 24 * 3600 * 1000;

/** Answers the assembly's folder. */
export async function synthesize(options: SynthesizeOptions): Promise<{ folder: string; wasKept: boolean }> {
  const folder = join(options.cacheFolder, hashOfSources(options));
  if (existsSync(join(folder, 'manifest.json'))) {
    utimesSync(folder, new Date(), new Date());
    return { folder, wasKept: true };
  }
  mkdirSync(options.cacheFolder, { recursive: true });
  // Beside it and then renamed: whoever starts at the same time finds a whole assembly or none.
  const beside = `${folder}.${String(process.pid)}.${String(Math.round(performance.now()))}`;
  await runApp(options, beside);
  try {
    renameSync(beside, folder);
  } catch {
    rmSync(beside, { recursive: true, force: true });
  }
  removeOutdated(options.cacheFolder, folder);
  return { folder, wasKept: false };
}

function hashOfSources({ projectRoot, sourceRoot }: SynthesizeOptions): string {
  const hash = createHash('sha256').update(process.version);
  const folders = sourceFolders.map((name) => join(projectRoot, name));
  if (sourceRoot !== undefined) folders.push(sourceRoot);
  const files = folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const all = [...files, ...sourceFiles.map((name) => join(projectRoot, name)).filter(existsSync)];
  for (const file of all.sort()) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

function runApp({ projectRoot, sourceRoot }: SynthesizeOptions, outdir: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const child = spawn(process.execPath, ['infra/app.ts'], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      COUNTERSIGN_STAGES: 'local',
      CDK_OUTDIR: outdir,
      CDK_VALIDATION: 'false',
      ...(sourceRoot === undefined ? {} : { COUNTERSIGN_SOURCE: sourceRoot }),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4000)));
  }
  child.once('error', reject);
  child.once('exit', (code) => {
    if (code === 0) resolve(undefined);
    else {
      rmSync(outdir, { recursive: true, force: true });
      reject(new StartProblem(`The stage "local" could not be synthesized:\n${output.trim()}`));
    }
  });
  return promise;
}

/** Others may still run from an assembly that was used within the day. */
function removeOutdated(cacheFolder: string, current: string): void {
  for (const name of readdirSync(cacheFolder)) {
    const folder = join(cacheFolder, name);
    const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (folder !== current && age > OUTDATED_MILLISECONDS) rmSync(folder, { recursive: true, force: true });
  }
}
