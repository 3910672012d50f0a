/**
 * A token of the stock that somebody is setting up may be somebody else's in between, and be used by them. Its codes are
 * judged by what the stock says of it now, not by what was copied when it was named (I2).
 */
import { openToken } from '../factors/kinds/token.ts';
import { sameBytes } from '../platform/crypto/keyed-hash.ts';
import { findToken } from '../tokens/stock/read-stock.ts';
import { openSeed, type StockToken } from '../tokens/stock/stock-item.ts';
import { openUserKey } from '../users/user-keys.ts';
import { findFactor, replaceFactor } from '../user-state/find.ts';
import type { UserState } from '../user-state/user-state.ts';
import type { ChangeRequest, EnrollmentDependencies } from './enrollment-dependencies.ts';

/** Undefined for every other factor; and when it is not the token any more that was named: then no code makes it this user's. */
export async function readAwaited(deps: EnrollmentDependencies, { organization, state }: ChangeRequest, factorId: Uint8Array): Promise<StockToken | undefined> {
  const factor = findFactor(state, factorId);
  if (factor?.kind !== 'token' || factor.codes === 'vip' || factor.status !== 'proving') return undefined;
  const { credentialId, seed } = openToken(factor, state, () => openUserKey(deps.keys, organization, state));
  const found = await findToken(deps, state.organizationId, credentialId, deps.clock.now());
  return found && sameBytes(seed, openSeed(deps.keys, organization, found)) ? found : undefined;
}

/** The state with what was used of the token since it was named. */
export function asUsed(state: UserState, factorId: Uint8Array, stock: StockToken | undefined): UserState {
  const factor = findFactor(state, factorId);
  if (factor?.kind !== 'token' || !stock || stock.lastStep === undefined || stock.lastStep <= (factor.lastStep ?? -1)) return state;
  const { drift: _drift, ...own } = factor;
  return replaceFactor(state, { ...own, lastStep: stock.lastStep, ...(stock.drift === undefined ? {} : { drift: stock.drift }) });
}
