/** The stock of an organization, page by page, in the order in which it was imported, with who holds what. */
import type { Clock } from '../platform/clock.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import { organizationItemKey } from '../organizations/organization.ts';
import { readCredentialId } from './credential-id.ts';
import { findToken, readStock, type StockDependencies } from './stock/read-stock.ts';
import { pagePrefix } from './stock/stage-rows.ts';
import type { StockToken } from './stock/stock-item.ts';

export interface ListTokensDependencies extends StockDependencies {
  readonly clock: Clock;
}

export interface ListTokensInput {
  readonly organizationId: string;
  readonly organizationKey: string;
  readonly filters: { readonly credentialId?: string; readonly assigned?: boolean };
  readonly cursor?: string;
  readonly limit: number;
}

export interface TokenView {
  readonly credentialId: string;
  readonly type: 'totp' | 'hotp';
  readonly algorithm: string;
  readonly digits: number;
  readonly period?: number;
  readonly importId: string;
  readonly owner?: { readonly userId: string };
}

export interface TokenPage {
  readonly tokens: readonly TokenView[];
  readonly cursor?: string;
}

/** A filtered page may be short, even empty, while there is more: so many are looked at for one answer. */
const mostPages = 10;

export function viewToken({ credentialId, type, algorithm, digits, period, importId, ownerId }: StockToken): TokenView {
  return {
    credentialId,
    type,
    algorithm,
    digits,
    ...(type === 'totp' ? { period } : {}),
    importId,
    ...(ownerId === undefined ? {} : { owner: { userId: ownerId } }),
  };
}

/** What one page of the list names and what is still so: a token that went and came again is on a later page. */
async function readPage(deps: ListTokensDependencies, organizationId: string, page: Attributes, from: number): Promise<(StockToken | undefined)[]> {
  const ids = (page['ids']?.L ?? []).slice(from).map(({ S = '' }) => S);
  const found = await readStock(deps, organizationId, ids, deps.clock.now());
  return found.map((each) => (each?.standing === 'counts' && each.token.reading === page['reading']?.S ? each.token : undefined));
}

async function listOne(deps: ListTokensDependencies, { organizationId, filters }: ListTokensInput): Promise<TokenPage> {
  const credentialId = readCredentialId(filters.credentialId ?? '');
  const token = credentialId === undefined ? undefined : await findToken(deps, organizationId, credentialId, deps.clock.now());
  return { tokens: token && matches(token, filters) ? [viewToken(token)] : [] };
}

const matches = (token: StockToken, { assigned }: ListTokensInput['filters']): boolean => assigned === undefined || (token.factor !== undefined) === assigned;

export async function listTokens(deps: ListTokensDependencies, input: ListTokensInput): Promise<TokenPage> {
  if (input.filters.credentialId !== undefined) return listOne(deps, input);
  const { organizationKey, filters, limit } = input;
  const list = ['tokens', organizationKey, JSON.stringify(filters.assigned ?? null)];
  const partition = organizationItemKey(organizationKey).pk;
  const { offset, ...place } = readCursor(deps.keys, list, input.cursor) ?? {};
  let after: Attributes | undefined = place['sk'] === undefined ? undefined : place;
  let from = Number(offset?.S ?? 0);
  const at = (skipped: number): string => writeCursor(deps.keys, list, { ...after, offset: { S: String(skipped) } });
  const tokens: TokenView[] = [];
  for (let round = 0; round < mostPages; round += 1) {
    const { items: [page], last } = await deps.table.query({ partition, prefix: pagePrefix, after, limit: 1 });
    if (!page) return { tokens };
    const read = await readPage(deps, input.organizationId, page, from);
    for (const [position, token] of read.entries()) {
      if (tokens.length === limit) return { tokens, cursor: at(from + position) };
      if (token && matches(token, filters)) tokens.push(viewToken(token));
    }
    if (!last) return { tokens };
    after = last;
    from = 0;
  }
  return { tokens, cursor: at(0) };
}
