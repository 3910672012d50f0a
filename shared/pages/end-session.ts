/** Ends a page's session for good: its cookie opens nothing any more, whoever has a copy. */
import { sessionKey } from './page-session.ts';
import type { PageDependencies } from './admit-page.ts';

export async function endSession({ table }: PageDependencies, cookie: string): Promise<void> {
  const { pk, sk } = sessionKey(cookie);
  await table.transact([{ Delete: { TableName: table.name, Key: { pk: { S: pk }, sk: { S: sk } } } }]);
}
