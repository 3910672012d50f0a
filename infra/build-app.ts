/** Puts a stage's stacks together. The caller says which stages, where bundles are and where templates go. */
import { App, Validations, type AppProps } from 'aws-cdk-lib/core';

import type { FunctionName } from '../shared/contract/functions.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import { StorageStack } from './stacks/storage-stack.ts';
import { TelephonyStack } from './stacks/telephony-stack.ts';
import { WatchStack } from './stacks/watch-stack.ts';
import { WebStack, type WebStackProps } from './stacks/web-stack.ts';
import { nameIn, type Stage } from './stages.ts';

export interface BuildAppProps {
  readonly stages: readonly Stage[];
  readonly bundleOf: (name: FunctionName) => string;
  /** What infra/bundle-pages.ts wrote; without it no files are brought into the bucket. */
  readonly builtPages?: NonNullable<WebStackProps['builtPages']>;
  readonly outdir?: string;
  /** What cdk.json says; the CDK CLI passes the same. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Checks every template against AWS's rules and cdk-nag's: seconds, so left out where speed matters more. */
  readonly validate: boolean;
}

export interface StageStacks {
  readonly storage: StorageStack;
  readonly telephony?: TelephonyStack;
  readonly web: WebStack;
  readonly service: ServiceStack;
  readonly watch: WatchStack;
}

/** The stacks of one stage, named `countersign-<stage>-<stack>`. */
export function addStage(app: App, stage: Stage, { bundleOf, builtPages }: Pick<BuildAppProps, 'bundleOf' | 'builtPages'>): StageStacks {
  const storage = new StorageStack(app, nameIn(stage, 'storage'), stage);
  const telephony = stage.telephony && new TelephonyStack(app, nameIn(stage, 'telephony'), stage, stage.telephony);
  const web = new WebStack(app, nameIn(stage, 'web'), { stage, ...(builtPages && !stage.runsHere ? { builtPages } : {}) });
  const service = new ServiceStack(app, nameIn(stage, 'service'), {
    stage,
    storage,
    web,
    bundleOf,
    ...(telephony ? { line: telephony.line } : {}),
  });
  const watch = new WatchStack(app, nameIn(stage, 'watch'), {
    stage,
    dataKey: storage.dataKey,
    things: {
      apiId: web.front.api.apiId,
      tableName: storage.table.name,
      ...(telephony ? { connectInstanceId: telephony.line.instanceId } : {}),
    },
  });
  return { storage, web, service, watch, ...(telephony ? { telephony } : {}) };
}

/** An app with all stacks of the given stages, ready to be synthesized. */
export async function buildApp({ stages, bundleOf, builtPages, outdir, context, validate }: BuildAppProps): Promise<App> {
  const props: AppProps = {
    analyticsReporting: false,
    ...(outdir ? { outdir } : {}),
    ...(context ? { context: { ...context } } : {}),
  };
  const app = new App(props);
  for (const stage of stages) addStage(app, stage, { bundleOf, ...(builtPages ? { builtPages } : {}) });
  if (validate) {
    // On demand: loading it takes as long as all the rest, and `npm start` goes without.
    const { AwsSolutionsChecks } = await import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }
  return app;
}
