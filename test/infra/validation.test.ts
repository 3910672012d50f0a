import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack, type App } from 'aws-cdk-lib/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { buildApp } from '../../infra/build-app.ts';
import { stages, type Stage } from '../../infra/stages.ts';
import { emptyBundle, stageNamed, temporaryFolder } from './synthesize.ts';

const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as {
  context: Record<string, unknown>;
};

interface Report {
  readonly pluginReports: readonly { readonly pluginName: string; readonly violations: readonly object[] }[];
}

async function setup(chosen: readonly Stage[]): Promise<{ app: App; report: () => Report }> {
  const outdir = join(temporaryFolder(), 'out');
  const bundle = emptyBundle();
  const app = await buildApp({ stages: chosen, bundleOf: () => bundle, builtPages: { site: bundle, files: bundle }, outdir, context, validate: true });
  return { app, report: () => JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as Report };
}

function storageOf(app: App): Stack {
  const stack = app.node.findChild('countersign-small-storage');
  if (!(stack instanceof Stack)) throw new Error('the storage of small is no stack');
  return stack;
}

beforeEach(() => {
  vi.stubEnv('CDK_VALIDATION', 'true');
  // The findings that these tests provoke are long, and asserted.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('synthesis', () => {
  it('finds nothing in any stage that is not acknowledged with a reason', { timeout: 60_000 }, async () => {
    const { app, report } = await setup(stages);

    app.synth();

    expect(report().pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
    expect(report().pluginReports.map(({ pluginName }) => pluginName)).toContain('AwsSolutions');
  });

  it('fails for a template that CloudFormation would refuse', async () => {
    const { app, report } = await setup([stageNamed('small')]);
    const table = storageOf(app)
      .node.findAll()
      .find((each) => each instanceof CfnTable);
    table?.addPropertyOverride('Nonsense', 'x');

    expect(() => app.synth()).toThrow(/Nonsense/);
    expect(JSON.stringify(report())).toContain('Nonsense');
  });

  it('fails for a wildcard that nobody gave a reason for', async () => {
    const { app, report } = await setup([stageNamed('small')]);
    const role = new Role(storageOf(app), 'Loose', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }));

    expect(() => app.synth()).toThrow(/wildcard permissions/);
    expect(JSON.stringify(report())).toContain('AwsSolutions-IAM5');
  });
});
