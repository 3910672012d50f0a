import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { functions } from '../../shared/contract/functions.ts';
import { temporaryFolder } from './synthesize.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function doorsFor(entries: readonly string[]): string {
  const folder = temporaryFolder();
  for (const entry of entries) {
    mkdirSync(dirname(join(folder, entry)), { recursive: true });
    writeFileSync(join(folder, entry), `export const handler = () => ${JSON.stringify(entry)};\n`);
  }
  return folder;
}

/** Runs the app as `npm start` does: in a process of its own, with no credentials. */
function run(entries: readonly string[], environment: Record<string, string>) {
  const outdir = join(temporaryFolder(), 'out');
  const env = {
    PATH: process.env['PATH'],
    CDK_OUTDIR: outdir,
    CDK_VALIDATION: 'false',
    COUNTERSIGN_SOURCE: doorsFor(entries),
  };
  const { status, stderr } = spawnSync(process.execPath, ['infra/app.ts'], {
    cwd: root,
    env: { ...env, ...environment },
    encoding: 'utf8',
  });
  return { status, stderr, outdir };
}

const everyEntry = Object.values(functions).map(({ entry }) => entry);

describe('node infra/app.ts', { timeout: 60_000 }, () => {
  it('makes the templates of the stage that is asked for, with each bundle under its asset', () => {
    const { status, stderr, outdir } = run(everyEntry, { COUNTERSIGN_STAGES: 'local' });

    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(
      readdirSync(outdir)
        .filter((name) => name.endsWith('.template.json'))
        .sort(),
    ).toEqual([
      'countersign-local-service.template.json',
      'countersign-local-storage.template.json',
      'countersign-local-telephony.template.json',
      'countersign-local-watch.template.json',
      'countersign-local-web.template.json',
    ]);
    const { Resources } = JSON.parse(readFileSync(join(outdir, 'countersign-local-service.template.json'), 'utf8')) as {
      Resources: Record<string, { Properties: { Description?: string; Code?: { S3Key: string } } }>;
    };
    const code = Object.values(Resources).flatMap(({ Properties: { Code, Description } }) =>
      Code ? [[Code.S3Key, Description ?? '']] : [],
    );
    expect(code).toHaveLength(everyEntry.length);
    for (const [key = '', entry = ''] of code) {
      expect(readFileSync(join(outdir, `asset.${key.replace('.zip', '')}`, 'index.mjs'), 'utf8')).toContain(entry);
    }
  });

  it('fails for a stage that does not exist', () => {
    const { status, stderr } = run(everyEntry, { COUNTERSIGN_STAGES: 'big' });

    expect(status).toBe(1);
    expect(stderr).toContain('infra/stages.ts has no stage named big');
  });

  it('fails for a function without a door, and writes no template', () => {
    const { status, stderr, outdir } = run(everyEntry.slice(1), { COUNTERSIGN_STAGES: 'small' });

    expect(status).toBe(1);
    expect(stderr).toContain('function api-sign-in has no door at functions/api/challenges.ts');
    expect(existsSync(join(outdir, 'manifest.json'))).toBe(false);
  });
});
