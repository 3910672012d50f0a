/** Templates of a stage as the app makes them, with empty bundles: what is asserted here does not depend on code. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { afterAll, vi } from 'vitest';

import { addStage } from '../../infra/build-app.ts';
import { stages, type Stage } from '../../infra/stages.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

export interface StageTemplates {
  readonly storage: Template;
  readonly telephony?: Template;
  readonly web: Template;
  readonly service: Template;
  readonly watch: Template;
}

// What CDK checks by itself takes seconds an app; test/infra/validation.test.ts has it check every stage once.
vi.stubEnv('CDK_VALIDATION', 'false');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-infra-'));
  folders.push(folder);
  return folder;
}

/** A folder that passes for a function's bundle. */
export function emptyBundle(): string {
  const folder = join(temporaryFolder(), 'bundle');
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => undefined;\n');
  return folder;
}

export function stageNamed(name: string): Stage {
  const stage = stages.find((each) => each.name === name);
  if (!stage) throw new Error(`no stage ${name}`);
  return stage;
}

export function synthesize(stage: Stage): StageTemplates {
  const bundle = emptyBundle();
  const app = new App({ analyticsReporting: false, outdir: join(temporaryFolder(), 'out') });
  const { storage, telephony, web, service, watch } = addStage(app, stage, { bundleOf: () => bundle });
  return {
    storage: Template.fromStack(storage),
    web: Template.fromStack(web),
    service: Template.fromStack(service),
    watch: Template.fromStack(watch),
    ...(telephony ? { telephony: Template.fromStack(telephony) } : {}),
  };
}

export function resourcesOf(template: Template, type?: string): Map<string, Resource> {
  const all = Object.entries(template.toJSON()['Resources'] as Record<string, Resource>);
  return new Map(all.filter(([, resource]) => type === undefined || resource.Type === type));
}

/** The properties of the only resource of its type. */
export function onlyOne(template: Template, type: string): Resource {
  const found = [...resourcesOf(template, type).values()];
  const [resource] = found;
  if (!resource || found.length > 1) throw new Error(`${found.length} of ${type}, not one`);
  return resource;
}
