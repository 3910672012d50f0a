/** Every document that is made, wholly or in part, of the code's own tables. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { functionsDiagram, functionsTable } from './functions.ts';
import { enrollmentDiagram, phoneCallDiagram } from './machine.ts';
import { problemsPage } from './problems.ts';
import { ranksList } from './ranks.ts';
import { routesTable } from './routes.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Puts `content` between `<!-- name -->` and `<!-- end of name -->`. */
function replaceBlock(page: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`there is no place for "${name}"`);
  return `${before}${start}\n${content.trim()}\n${end}${after}`;
}

interface Document {
  readonly path: string;
  /** What stands in it between two marks; a page without blocks is made as a whole. */
  readonly blocks: Readonly<Record<string, () => string>>;
}

const documents: readonly Document[] = [
  { path: 'docs/architecture.md', blocks: { 'the functions': functionsDiagram, 'the table of functions': functionsTable, 'the ranks': ranksList } },
  { path: 'docs/phone-call.md', blocks: { 'the machine': phoneCallDiagram } },
  { path: 'docs/enrollment.md', blocks: { 'the machine': enrollmentDiagram } },
  { path: 'docs/api/README.md', blocks: { 'the routes': routesTable } },
];

/** Path and text of each, as they should be. */
export function generatedDocuments(): [path: string, text: string][] {
  const pages = documents.map(({ path, blocks }): [string, string] => {
    const filled = Object.entries(blocks).reduce((page, [name, make]) => replaceBlock(page, name, make()), read(path));
    return [path, filled];
  });
  return [...pages, ['docs/api/problems.md', problemsPage()]];
}
