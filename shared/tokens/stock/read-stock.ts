/** Reads tokens of the stock with what their imports make of them. */
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Attributes } from '../../platform/dynamo/attributes.ts';
import type { ItemKey, Table } from '../../platform/dynamo/table.ts';
import { organizationKeyOf } from '../../platform/object-id.ts';
import { fromStockItem, stockKey, type StockToken } from './stock-item.ts';
import { fromImportItem, importKey, standingOf, type TokenImport } from './token-import.ts';

export interface StockDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
}

export interface FoundToken {
  readonly token: StockToken;
  readonly standing: 'counts' | 'reserved' | 'dead';
}

/** What one batch read takes. */
const mostKeys = 100;

async function readInGroups(table: Table, keys: readonly ItemKey[]): Promise<(Attributes | undefined)[]> {
  const items: (Attributes | undefined)[] = [];
  for (let start = 0; start < keys.length; start += mostKeys) items.push(...(await table.read(keys.slice(start, start + mostKeys))));
  return items;
}

async function readImports({ table, keys }: StockDependencies, tokens: readonly StockToken[]): Promise<(token: StockToken) => TokenImport | undefined> {
  const keyOf = ({ organizationId, importId }: StockToken): ItemKey => importKey(organizationKeyOf(keys, organizationId), importId);
  const wanted = new Map(tokens.map((token) => [keyOf(token).pk, keyOf(token)]));
  const items = await readInGroups(table, [...wanted.values()]);
  const found = new Map([...wanted.keys()].map((pk, position) => [pk, items[position]]));
  return (token) => {
    const item = found.get(keyOf(token).pk);
    return item && fromImportItem(item);
  };
}

/** In the order of the ids; undefined where there is nothing. What other organizations have is nowhere to be seen. */
export async function readStock(deps: StockDependencies, organizationId: string, credentialIds: readonly string[], now: number): Promise<(FoundToken | undefined)[]> {
  const items = await readInGroups(deps.table, credentialIds.map((id) => stockKey(deps.keys, organizationId, id)));
  const tokens = items.map((item) => item && fromStockItem(item));
  const importOf = await readImports(deps, tokens.filter((token) => token !== undefined));
  return tokens.map((token) => token && { token, standing: standingOf(importOf(token), token.reading, now) });
}

/** The token of this name, when it is of this organization's stock and counts. Everything else is as if it were not there. */
export async function findToken(deps: StockDependencies, organizationId: string, credentialId: string, now: number): Promise<StockToken | undefined> {
  const [found] = await readStock(deps, organizationId, [credentialId], now);
  return found?.standing === 'counts' ? found.token : undefined;
}
