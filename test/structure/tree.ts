/** The project's files as somebody finds them after a clone: nothing that was installed or made here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const notOurs = new Set(['.git', '.local', 'cdk.out', 'coverage', 'dist', 'node_modules']);

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [relative(root, path).replaceAll('\\', '/')];
  });
}

/** Paths from the project's folder on, with `/`. */
export const projectFiles: readonly string[] = walk(root).sort();

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const binary = /[.](png|jpe?g|gif|ico|woff2?|wasm)$/;

/** Everything that is text and written by people: not the lockfile. */
export const textFiles: readonly string[] = projectFiles.filter((path) => !binary.test(path) && path !== 'package-lock.json');

export const filesUnder = (folder: string, ending = ''): string[] =>
  projectFiles.filter((path) => path.startsWith(`${folder}/`) && path.endsWith(ending));

/** Each as `path:line: text`, for messages that can be clicked. */
export function linesWith(paths: readonly string[], isWrong: (line: string) => boolean): string[] {
  return paths.flatMap((path) =>
    read(path).split('\n').flatMap((line, index) => (isWrong(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 160)}`] : [])),
  );
}
