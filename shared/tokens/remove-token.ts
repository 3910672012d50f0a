/** Takes a token out of the stock: one that is lost, broken or given away. Never one that somebody holds. */
import type { Clock } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Random } from '../platform/random.ts';
import { trailWrites } from '../audit/trail.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { readCredentialId } from './credential-id.ts';
import { momentVersion } from './moment-version.ts';
import { findToken, type StockDependencies } from './stock/read-stock.ts';
import { removeStockWrite, stockKey } from './stock/stock-item.ts';

export interface RemoveTokenDependencies extends StockDependencies {
  readonly clock: Clock;
  readonly random: Random;
}

export interface RemoveTokenInput {
  readonly organizationId: string;
  readonly credentialId: string;
  readonly context: RequestContext;
}

export async function removeToken(deps: RemoveTokenDependencies, input: RemoveTokenInput): Promise<void> {
  const { table, keys, clock } = deps;
  const { organizationId, context } = input;
  const now = clock.now();
  const credentialId = readCredentialId(input.credentialId);
  const token = credentialId === undefined ? undefined : await findToken(deps, organizationId, credentialId, now);
  if (!token) throw new Problem('not-found');
  if (token.factor) throw new Problem('token-assigned');
  const event = { kind: 'token-removed', detail: { credentialId: token.credentialId } };
  const subject = { partition: stockKey(keys, organizationId, token.credentialId).pk, version: momentVersion(now, deps.random), organizationId };
  const { done } = await table.transact([removeStockWrite(table.name, keys, token), ...trailWrites(deps, subject, [event], context, now)]);
  if (!done) throw new Problem('token-assigned');
}
