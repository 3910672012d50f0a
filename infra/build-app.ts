/** Puts a stage's stacks together. The caller says which stages, where bundles are and where templates go. */
import { App, Validations, type AppProps } from 'aws-cdk-lib/core';

import type { FunctionName } from '../shared/contract/functions.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import { StorageStack } from './stacks/storage-stack.ts';
import { TelephonyStack } from './stacks/telephony-stack.ts';
import { WatchStack } from './stacks/watch-stack.ts';
import { nameIn, type Stage } from './stages.ts';

export interface BuildAppProps {
  readonly stages: readonly Stage[];
  readonly bundleOf: (name: FunctionName) => string;
  readonly outdir?: string;
  /** What cdk.json says; the CDK CLI passes the same. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Checks every template against AWS's rules and cdk-nag's: seconds, so left out where speed matters more. */
  readonly validate: boolean;
}

export interface StageStacks {
  readonly storage: StorageStack;
  readonly telephony?: TelephonyStack;
  readonly service: ServiceStack;
  readonly watch: WatchStack;
}

/** The stacks of one stage, named `countersign-<stage>-<stack>`. */
export function addStage(app: App, stage: Stage, bundleOf: BuildAppProps['bundleOf']): StageStacks {
  const storage = new StorageStack(app, nameIn(stage, 'storage'), stage);
  const telephony = stage.telephony && new TelephonyStack(app, nameIn(stage, 'telephony'), stage, stage.telephony);
  const service = new ServiceStack(app, nameIn(stage, 'service'), {
    stage,
    storage,
    bundleOf,
    ...(telephony ? { line: telephony.line } : {}),
  });
  const watch = new WatchStack(app, nameIn(stage, 'watch'), {
    stage,
    dataKey: storage.dataKey,
    things: {
      apiId: service.apiId,
      tableName: storage.table.name,
      ...(telephony ? { connectInstanceId: telephony.line.instanceId } : {}),
    },
  });
  return { storage, service, watch, ...(telephony ? { telephony } : {}) };
}

/** An app with all stacks of the given stages, ready to be synthesized. */
export async function buildApp({ stages, bundleOf, outdir, context, validate }: BuildAppProps): Promise<App> {
  const props: AppProps = {
    analyticsReporting: false,
    ...(outdir ? { outdir } : {}),
    ...(context ? { context: { ...context } } : {}),
  };
  const app = new App(props);
  for (const stage of stages) addStage(app, stage, bundleOf);
  if (validate) {
    // On demand: loading it takes as long as all the rest, and `npm start` goes without.
    const { AwsSolutionsChecks } = await import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }
  return app;
}
