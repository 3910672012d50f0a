/** The stub in a process of its own, so that its work is not counted as anyone else's. Ends with the process that started it. */
import { readFileSync } from 'node:fs';
import { startStub } from './aws-stub.ts';
import type { Certificate } from './certificate.ts';
import type { Item } from './memory-table.ts';

/** Bytes go over the wire as base64, as DynamoDB sends them. */
export interface StubSettings {
  readonly itemsFile?: string;
  readonly certificate?: Certificate;
}

process.once('message', (settings: StubSettings) => {
  void startStub({ certificate: settings.certificate }).then((stub) => {
    if (settings.itemsFile !== undefined) stub.table.load(JSON.parse(readFileSync(settings.itemsFile, 'utf8')) as Item[]);
    process.send?.({ url: stub.url });
  });
});
process.once('disconnect', () => process.exit(0));
