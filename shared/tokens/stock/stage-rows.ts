/** Writes the rows of one part beside their import, many at a time, and finds those that somebody has already. */
import type { Clock } from '../../platform/clock.ts';
import { toAttributes } from '../../platform/dynamo/attributes.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { Random } from '../../platform/random.ts';
import { organizationItemKey } from '../../organizations/organization.ts';
import type { ReportRow, RowToken } from '../files/read-file.ts';
import { readStock, type FoundToken, type StockDependencies } from './read-stock.ts';
import { stageWrite, toStockToken, type StockPlace, type StockToken } from './stock-item.ts';

export interface StageDependencies extends StockDependencies {
  readonly clock: Clock;
  readonly random: Random;
}

/** A transaction holds a hundred writes; half leave room to grow, and one is the page of the list. */
const rowsPerWrite = 50;
const atOnce = 4;

export const pagePrefix = 'TOKENS#';

export interface Part extends StockPlace {
  readonly organizationKey: string;
  readonly importedAt: number;
  /** From 1. */
  readonly number: number;
}

export interface Looked {
  readonly report: readonly ReportRow[];
  /** What was left behind by readings that never counted, by credential id. */
  readonly dead: ReadonlyMap<string, StockToken>;
}

/** Which of these the organization has already. What others have, by whatever name, neither stops an import nor shows in one. */
export async function lookForTaken(deps: StockDependencies, organizationId: string, tokens: readonly RowToken[], importId: string, now: number): Promise<Looked> {
  const found = await readStock(deps, organizationId, tokens.map(({ credentialId }) => credentialId), now);
  const report: ReportRow[] = [];
  const dead = new Map<string, StockToken>();
  const isFree = ({ standing, token }: FoundToken): boolean => standing === 'dead' && token.factor === undefined;
  tokens.forEach(({ row, credentialId }, position) => {
    const before = found[position];
    if (!before) return;
    if (isFree(before)) dead.set(credentialId, before.token);
    else report.push({ row, credentialId, problem: before.token.importId === importId ? 'credential-duplicate' : 'credential-taken' });
  });
  return { report, dead };
}

/** Tokens are listed by pages written with them: an item for each would all meet in one partition. */
function pageWrite(table: string, part: Part, position: number, tokens: readonly RowToken[]): Write {
  const order = [new Date(part.importedAt).toISOString(), part.importId, String(part.number).padStart(4, '0'), String(position).padStart(4, '0'), part.reading];
  const ids = tokens.map(({ credentialId }) => credentialId);
  const item = { ...organizationItemKey(part.organizationKey), sk: pagePrefix + order.join('#'), reading: part.reading, ids };
  return { Put: { TableName: table, Item: toAttributes(item) } };
}

async function stageGroup(deps: StageDependencies, part: Part, group: readonly RowToken[], position: number, dead: Looked['dead']): Promise<void> {
  const { table, keys, random } = deps;
  const { done } = await table.transact([
    ...group.map((token) => stageWrite(table.name, keys, toStockToken(keys, random, part, token), dead.get(token.credentialId))),
    pageWrite(table.name, part, position, group),
  ]);
  // Somebody else brought one of them a moment ago: reading the part once more will say which.
  if (!done) throw new Problem('unavailable', { retryAfterSeconds: 1 });
}

/** `onProgress` hears how many rows are written. */
export async function stageRows(
  deps: StageDependencies, part: Part, tokens: readonly RowToken[], dead: Looked['dead'], onProgress: (rows: number) => Promise<void>,
): Promise<void> {
  const groups = Array.from({ length: Math.ceil(tokens.length / rowsPerWrite) }, (_, position) => tokens.slice(position * rowsPerWrite, (position + 1) * rowsPerWrite));
  let written = 0;
  for (let start = 0; start < groups.length; start += atOnce) {
    const together = groups.slice(start, start + atOnce);
    await Promise.all(together.map((group, offset) => stageGroup(deps, part, group, start + offset, dead)));
    written += together.reduce((sum, group) => sum + group.length, 0);
    if (start + atOnce < groups.length) await onProgress(written);
  }
}
