/**
 * Builds the hosted pages in one esbuild call: scripts and styles with the hash of their content in their names, and a page for each
 * folder of web/pages/. CloudFront serves them in AWS, local/ on one machine, from what this writes: `<outdir>/site`, the pages, whose
 * files are named as their addresses are, and `<outdir>/files`, what they load.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { hasWorker, installable } from './bundle/installable.ts';

const webRoot = fileURLToPath(new URL('../web', import.meta.url));

export interface PageSize {
  readonly page: string;
  /** Everything that it loads at first: its script with what that imports, one language, and the style. */
  readonly gzipBytes: number;
}

export interface BuiltPages {
  /** Files named as their addresses: `sign-in`, not `sign-in.html`. */
  readonly site: string;
  readonly files: string;
  readonly sizes: readonly PageSize[];
}

const pagesIn = (folder: string): string[] => readdirSync(join(folder, 'pages')).filter((name) => existsSync(join(folder, 'pages', name, `${name}-page.ts`)));

interface Outputs {
  readonly script: string;
  readonly style: string;
  /** Loaded with the script at once, so that the browser need not read that first. */
  readonly imports: readonly string[];
}

type Output = Metafile['outputs'][string];

function outputsOf({ outputs }: Metafile, entry: string): [path: string, output: Output] {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry);
  if (!found) throw new Error(`esbuild made nothing of ${entry}`);
  return found;
}

function outputsFor(metafile: Metafile, page: string): Outputs {
  const [script] = outputsOf(metafile, `pages/${page}/${page}-page.ts`);
  const [style] = outputsOf(metafile, 'design/design.css');
  return { script, style, imports: [...new Set(withImports(metafile, script).slice(1))] };
}

/** The same shell for every page: there is nothing in it that a person reads before the script runs, but for who has none. */
function shell({ script, style, imports }: Outputs, extras: readonly string[]): string {
  const at = (path: string): string => `/files/${basename(path)}`;
  const preloads = imports.map((path) => `<link rel="modulepreload" href="${at(path)}">`).join('\n');
  const template = readFileSync(join(webRoot, 'shell.html'), 'utf8');
  const filled = { '{style}': at(style), '{script}': at(script), '{preloads}': preloads, '{extras}': extras.join('\n') };
  return Object.entries(filled).reduce((text, [mark, value]) => text.replace(mark, value), template);
}

/** A file and all that it imports before it runs. */
function withImports({ outputs }: Metafile, path: string): string[] {
  const imports = outputs[path]?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
  return [path, ...imports.flatMap((each) => withImports({ outputs, inputs: {} }, each.path))];
}

function sizeOf(page: string, metafile: Metafile, { script, style }: Outputs, contents: ReadonlyMap<string, Uint8Array>): PageSize {
  const [words] = outputsOf(metafile, `words/en/${page}.ts`);
  const all = new Set([style, ...withImports(metafile, script), ...withImports(metafile, words)]);
  const gzipBytes = [...all].reduce((sum, path) => sum + gzipSync(contents.get(basename(path)) ?? '', { level: 9 }).length, 0);
  return { page, gzipBytes };
}

export async function bundlePages(outdir: string): Promise<BuiltPages> {
  const target = resolve(outdir);
  const [site, files] = [join(target, 'site'), join(target, 'files')];
  const pages = pagesIn(webRoot);
  const result = await build({
    absWorkingDir: webRoot,
    entryPoints: [
      'design/design.css',
      ...pages.map((name) => `pages/${name}/${name}-page.ts`),
      ...pages.filter((name) => hasWorker(webRoot, name)).map((name) => `pages/${name}/${name}-worker.ts`),
    ],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
    minify: true,
    legalComments: 'none',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    outdir: files,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  rmSync(target, { recursive: true, force: true });
  for (const folder of [site, files]) mkdirSync(folder, { recursive: true });
  const contents = new Map(result.outputFiles.map(({ path, contents: bytes }) => [basename(path), bytes]));
  for (const [name, bytes] of contents) writeFileSync(join(files, name), bytes);
  for (const page of pages) {
    const app = installable(webRoot, page, [...contents.keys()]);
    for (const [name, text] of app.files) writeFileSync(join(files, name), text);
    writeFileSync(join(site, page), shell(outputsFor(result.metafile, page), app.links));
  }
  return { site, files, sizes: pages.map((page) => sizeOf(page, result.metafile, outputsFor(result.metafile, page), contents)) };
}
