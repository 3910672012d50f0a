/** Bundles every function in one esbuild call: `<outdir>/<function>/index.mjs`, its source map apart, and sizes. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type BuildOptions, type Metafile, type OutputFile } from 'esbuild';

import { functions, type FunctionName } from '../shared/contract/functions.ts';
import { builtinsPlugin } from './bundle/builtins-plugin.ts';
import { sdkPlugin } from './bundle/sdk-plugin.ts';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** What all bundles share; bench and tests bundle other entries with it. */
export const bundleOptions: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // The default prefers `main`, and CommonJS cannot be shaken: three times the bytes.
  mainFields: ['module', 'main'],
  minify: true,
  // Answers are Node's own streams. To ask whether one is a web stream would load those, at every cold start.
  define: { ReadableStream: 'undefined' },
  legalComments: 'none',
  logLevel: 'silent',
  absWorkingDir: projectRoot,
  plugins: [builtinsPlugin, sdkPlugin],
};

export interface BundleRequest {
  readonly names: readonly FunctionName[];
  readonly outdir: string;
  /** The folder under which the entries of shared/contract/functions.ts are found. */
  readonly sourceRoot?: string;
}

export interface BundleSize {
  readonly name: FunctionName;
  readonly bytes: number;
  readonly gzipBytes: number;
}

export interface Bundles {
  readonly folderOf: (name: FunctionName) => string;
  readonly metafile: Metafile;
  readonly sizes: readonly BundleSize[];
}

function assertDoors(names: readonly FunctionName[], doorOf: (name: FunctionName) => string): void {
  const missing = names.filter((name) => !existsSync(doorOf(name)));
  if (missing.length === 0) return;
  throw new Error(missing.map((name) => `function ${name} has no door at ${functions[name].entry}`).join('\n'));
}

/** Source maps stay beside the assets, out of what is uploaded: they explain stack traces, and cost start time. */
function write(file: OutputFile, outdir: string, mapdir: string): void {
  const isMap = file.path.endsWith('.map');
  const target = isMap ? join(mapdir, `${dirname(relative(outdir, file.path))}.mjs.map`) : file.path;
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, file.contents);
}

/** Bundles the named functions that have a door, then fails, naming those that have none. */
export async function bundleFunctions({ names, outdir, sourceRoot = projectRoot }: BundleRequest): Promise<Bundles> {
  const target = resolve(outdir);
  const doorOf = (name: FunctionName): string => resolve(sourceRoot, functions[name].entry);
  const found = names.filter((name) => existsSync(doorOf(name)));
  const result = await build({
    ...bundleOptions,
    entryPoints: Object.fromEntries(found.map((name) => [`${name}/index`, doorOf(name)])),
    nodePaths: [join(projectRoot, 'node_modules')],
    outdir: target,
    outExtension: { '.js': '.mjs' },
    sourcemap: 'external',
    metafile: true,
    write: false,
  });
  rmSync(target, { recursive: true, force: true });
  const mapdir = `${target}.maps`;
  for (const file of result.outputFiles) write(file, target, mapdir);
  mkdirSync(mapdir, { recursive: true });
  writeFileSync(join(mapdir, 'metafile.json'), JSON.stringify(result.metafile));
  assertDoors(names, doorOf);
  return {
    folderOf: (name) => join(target, name),
    metafile: result.metafile,
    sizes: sizesOf(found, target, result.outputFiles),
  };
}

function sizesOf(names: readonly FunctionName[], outdir: string, files: readonly OutputFile[]): BundleSize[] {
  return names.map((name) => {
    const path = join(outdir, name, 'index.mjs');
    const contents = files.find((file) => file.path === path)?.contents;
    if (!contents) throw new Error(`esbuild wrote no bundle for ${name}`);
    return { name, bytes: contents.length, gzipBytes: gzipSync(contents, { level: 9 }).length };
  });
}
