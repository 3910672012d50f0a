/**
 * The CDK app. `cdk deploy`, `npm run synth` and `npm start` run it as `node infra/app.ts`; it needs no network and no
 * credentials. What it reads from the environment:
 *
 * - `COUNTERSIGN_STAGES`  stages to make, by name and comma; all of infra/stages.ts when absent
 * - `CDK_OUTDIR`          where templates and assets go (`cdk.out` when absent); bundles are in `bundles/` below it
 * - `CDK_VALIDATION`      `false` leaves out the checks of the templates: for `npm start`, which checks by running them
 * - `COUNTERSIGN_SOURCE`  the folder under which functions' doors are found; the project when absent
 *
 * `npm start` runs `COUNTERSIGN_STAGES=local CDK_VALIDATION=false CDK_OUTDIR=… node infra/app.ts`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildApp } from './build-app.ts';
import { bundlePages } from './bundle-pages.ts';
import { bundleFunctions } from './bundle.ts';
import { functionsIn, stages, type Stage } from './stages.ts';

function askedStages(): readonly Stage[] {
  const asked = process.env['COUNTERSIGN_STAGES']?.split(',').map((name) => name.trim());
  const unknown = asked?.filter((name) => !stages.some((stage) => stage.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`infra/stages.ts has no stage named ${unknown.join(', ')}`);
  return asked ? stages.filter((stage) => asked.includes(stage.name)) : stages;
}

const cdkJson = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
  context: Record<string, unknown>;
};
const chosen = askedStages();
const outdir = process.env['CDK_OUTDIR'] ?? 'cdk.out';
const sourceRoot = process.env['COUNTERSIGN_SOURCE'];

const { folderOf } = await bundleFunctions({
  names: [...new Set(chosen.flatMap((stage) => functionsIn(stage)))],
  outdir: join(outdir, 'bundles'),
  ...(sourceRoot ? { sourceRoot } : {}),
});
const app = await buildApp({
  stages: chosen,
  bundleOf: folderOf,
  builtPages: await bundlePages(join(outdir, 'pages')),
  outdir,
  context: cdkJson.context,
  validate: process.env['CDK_VALIDATION'] !== 'false',
});
app.synth();
