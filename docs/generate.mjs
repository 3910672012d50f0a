/** `npm run docs`: writes the parts of the documents that are made of the code's own tables. A test says when they are old. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedDocuments, root } from './generate/documents.ts';

for (const [path, text] of generatedDocuments()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(path);
}
