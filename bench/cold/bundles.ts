/** What is started cold: the product's bundles, the same sign-in with everyone's defaults, and the yardstick without SDK. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundleFunctions, bundleOptions, type BundleSize } from '../../infra/bundle.ts';
import { functions, type FunctionName } from '../../shared/contract/functions.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface ColdBundles {
  readonly sizes: readonly BundleSize[];
  readonly folder: string;
  /** Of the product. */
  pathOf(name: FunctionName): string;
  /** The same sign-in function, bundled as esbuild does when nothing is said, with the SDK as it comes. */
  readonly defaults: string;
  readonly defaultsGzipBytes: number;
  readonly handSigned: string;
  remove(): void;
}

export const functionNames = Object.keys(functions) as FunctionName[];

export async function makeBundles(): Promise<ColdBundles> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  const [defaults, handSigned] = [join(folder, 'defaults.cjs'), join(folder, 'hand-signed.mjs')];
  const bundles = await bundleFunctions({ names: functionNames, outdir: join(folder, 'product') });
  await build({ entryPoints: [join(projectRoot, functions['api-sign-in'].entry)], bundle: true, platform: 'node', outfile: defaults, logLevel: 'error' });
  await build({ ...bundleOptions, entryPoints: [join(projectRoot, 'bench/yardsticks/hand-signed.ts')], outfile: handSigned });
  return {
    sizes: bundles.sizes,
    folder,
    pathOf: (name) => join(bundles.folderOf(name), 'index.mjs'),
    defaults,
    defaultsGzipBytes: gzipSync(readFileSync(defaults), { level: 9 }).length,
    handSigned,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
