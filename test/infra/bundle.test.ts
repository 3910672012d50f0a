import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from 'vitest';

import { bundleFunctions, type Bundles } from '../../infra/bundle.ts';
import { functions, type FunctionName } from '../../shared/contract/functions.ts';
import { temporaryFolder } from './synthesize.ts';

const names = Object.keys(functions) as FunctionName[];

/** A folder with doors of our own making instead of the product's. */
function doors(sources: Partial<Record<FunctionName, string>>): string {
  const root = temporaryFolder();
  for (const [name, source] of Object.entries(sources)) {
    const path = join(root, functions[name as FunctionName].entry);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, source);
  }
  return root;
}

/** What a bundle's handler answers in a process of its own with nothing but this environment. */
function answerOf(bundle: string, env: Record<string, string>): Promise<unknown> {
  const code = `import(${JSON.stringify(bundle)})
    .then(({ handler }) => handler())
    .then((answer) => require('node:worker_threads').parentPort.postMessage(answer));`;
  const worker = new Worker(code, { eval: true, env });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  }).finally(() => worker.terminate());
}

const usesTheSdk = `
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createHash } from 'crypto';
import { request } from 'node:http';
export const handler = async () => {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const { accessKeyId, sessionToken } = await client.config.credentials();
  return [accessKeyId, sessionToken, createHash('sha256').update('').digest('hex').slice(0, 8), typeof request];
};`;

describe('a bundle', () => {
  let bundle: string;
  beforeAll(async () => {
    const bundles = await bundleFunctions({
      names: ['api-service'],
      outdir: join(temporaryFolder(), 'out'),
      sourceRoot: doors({ 'api-service': usesTheSdk }),
    });
    bundle = join(bundles.folderOf('api-service'), 'index.mjs');
  });

  it('imports nothing: not the SDK, and builtins by a call that does not load what is not used', () => {
    const code = readFileSync(bundle, 'utf8');

    expect(code).not.toMatch(/(?:^|[;}])import[\s{*"']/m);
    expect(code).not.toMatch(/\bimport\(/);
    expect(code).toContain('process.getBuiltinModule("node:http")');
  });

  it('leaves out what the SDK could not use in Lambda anyway', () => {
    const code = readFileSync(bundle, 'utf8');

    expect(code).not.toMatch(/sso_start_url|credential_process|web_identity_token_file/);
    expect(code).not.toContain(':event-type');
  });

  it('carries no source map and names none', () => {
    expect(readFileSync(bundle, 'utf8')).not.toContain('sourceMappingURL');
  });

  it('takes credentials from the environment, and its builtins work', async () => {
    const environment = {
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      AWS_SESSION_TOKEN: 'token',
    };

    expect(await answerOf(bundle, environment)).toEqual(['AKIDEXAMPLE', 'token', 'e3b0c442', 'function']);
  });

  it('says what is missing when the environment has no credentials', async () => {
    await expect(answerOf(bundle, {})).rejects.toThrow(/AWS_ACCESS_KEY_ID/);
  });
});

describe('bundling', () => {
  it('bundles what has a door and then fails, naming every function that has none', async () => {
    const outdir = join(temporaryFolder(), 'out');
    const bundling = bundleFunctions({
      names: ['api-send', 'operator', 'api-users'],
      outdir,
      sourceRoot: doors({ operator: 'export const handler = 1;' }),
    });

    await expect(bundling).rejects.toThrow(
      /^function api-send has no door at functions\/api\/send.ts\nfunction api-users has no door at \S+users.ts$/,
    );
    expect(readFileSync(join(outdir, 'operator/index.mjs'), 'utf8')).toContain('handler');
  });

  it('leaves nothing of an earlier run', async () => {
    const outdir = join(temporaryFolder(), 'out');
    const sourceRoot = doors({ operator: 'export const handler = 1;', 'api-send': 'export const handler = 1;' });
    const first = await bundleFunctions({ names: ['api-send', 'operator'], outdir, sourceRoot });
    await bundleFunctions({ names: ['operator'], outdir, sourceRoot });

    expect(() => readFileSync(join(first.folderOf('api-send'), 'index.mjs'))).toThrow(/ENOENT/);
  });
});

describe("the product's bundles", () => {
  let bundles: Bundles;
  beforeAll(async () => {
    bundles = await bundleFunctions({ names, outdir: join(temporaryFolder(), 'out') });
  });

  /** The npm packages inside one bundle. */
  function packagesIn(name: FunctionName): Set<string> {
    const output = Object.entries(bundles.metafile.outputs).find(([path]) => path.endsWith(`${name}/index.mjs`))?.[1];
    const inputs = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    return new Set(inputs.flatMap(([path]) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  }

  it('exist for every function of the contract', () => {
    expect(bundles.sizes.map(({ name }) => name)).toEqual(names);
  });

  it('of signing in: at most 120 KB, compressed', () => {
    expect(bundles.sizes.find(({ name }) => name === 'api-sign-in')?.gzipBytes).toBeLessThanOrEqual(120 * 1024);
  });

  it.each(['client-connect', 'client-ses', 'client-sns', 'client-sfn'])(
    'of signing in: no %s, which only slows its start',
    (client) => {
      expect(packagesIn('api-sign-in')).not.toContain(`@aws-sdk/${client}`);
    },
  );

  it.each(names)('of %s: no test double, no local stand-in, no infrastructure', (name) => {
    const output = Object.entries(bundles.metafile.outputs).find(([path]) => path.endsWith(`${name}/index.mjs`))?.[1];
    const own = Object.keys(output?.inputs ?? {}).filter(
      (path) => !path.includes('node_modules/') && !path.startsWith('builtin:'),
    );

    expect(own.filter((path) => !/^(?:functions|shared)\//.test(path) && !path.startsWith('infra/bundle/'))).toEqual(
      [],
    );
  });
});
