/** Reads what the CDK app synthesized: the templates of a stage's stacks, and where their assets lie. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

export interface TemplateOutput {
  readonly Value: unknown;
  readonly Export?: { readonly Name: unknown };
}

export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
}

export interface Stack {
  readonly name: string;
  readonly template: Template;
  /** Folder of a file asset, by its object key ("<hash>.zip"). */
  readonly assets: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly properties?: {
    readonly templateFile?: string;
    readonly stackName?: string;
    readonly directoryName?: string;
    readonly file?: string;
  };
  readonly dependencies?: readonly string[];
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>
  >;
}

/** Every stack of the assembly, those of nested assemblies (CDK stages) included. */
export function readAssembly(folder: string): Stack[] {
  const { artifacts } = readFile<{ artifacts: Record<string, Artifact> }>(folder, 'manifest.json');
  return Object.entries(artifacts).flatMap(([id, artifact]): Stack[] => {
    const properties = artifact.properties ?? {};
    if (artifact.type === 'cdk:cloud-assembly' && properties.directoryName !== undefined) {
      return readAssembly(join(folder, properties.directoryName));
    }
    if (artifact.type !== 'aws:cloudformation:stack' || properties.templateFile === undefined) return [];
    const assets = new Map<string, string>();
    for (const dependency of artifact.dependencies ?? []) {
      const { type, properties: { file } = {} } = artifacts[dependency] ?? { type: 'missing' };
      if (type === 'cdk:asset-manifest' && file !== undefined) readAssets(folder, file, assets);
    }
    const template = readFile<Template>(folder, properties.templateFile);
    return [{ name: properties.stackName ?? id, template, assets }];
  });
}

function readAssets(folder: string, file: string, assets: Map<string, string>): void {
  for (const { source, destinations } of Object.values(readFile<AssetManifest>(folder, file).files ?? {})) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, join(folder, source.path));
  }
}

function readFile<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}
