/** The stub in a process of its own, so that its work is not counted as anyone else's. It forgets what is written to it. */
import { readFileSync } from 'node:fs';
import { obey } from '../report/processes.ts';
import { startStub } from './aws-stub.ts';
import type { Certificate } from './certificate.ts';
import type { Item } from './memory-table.ts';

export interface StubSettings {
  readonly itemsFile?: string;
  readonly certificate?: Certificate;
}

obey<StubSettings, never>(async ({ itemsFile, certificate }) => {
  const stub = await startStub({ certificate });
  if (itemsFile !== undefined) stub.table.load(JSON.parse(readFileSync(itemsFile, 'utf8')) as Item[]);
  stub.table.freeze();
  return { first: stub.url, answer: () => Promise.resolve(undefined) };
});
