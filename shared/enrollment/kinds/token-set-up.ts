/** Setting up a hardware token: one of the organization's stock that nobody holds, named by what is printed on it. */
import { seal } from '../../platform/crypto/seal.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { sealBinding } from '../../factors/kinds/factor-kind.ts';
import { packToken } from '../../factors/kinds/token.ts';
import { credentialHash, readCredentialId } from '../../tokens/credential-id.ts';
import { findToken } from '../../tokens/stock/read-stock.ts';
import { openSeed, type StockToken } from '../../tokens/stock/stock-item.ts';
import type { TokenFactor } from '../../user-state/user-state.ts';
import type { SetUpContext, SetUpInput, SetUpKind } from './set-up-kind.ts';

export interface TokenInput extends SetUpInput {
  readonly credentialId: string;
  /** As the stock has it: found before anything is made of it. */
  readonly found?: StockToken;
}

/** Somebody else's, another organization's, and none at all are one and the same (A64). */
const unknown = (): Problem => new Problem('not-found', { detail: 'There is no token by this credential ID that you could take.' });

function ofStock({ keys, userKey, state, random, factorId, organization }: SetUpContext, found: StockToken): Omit<TokenFactor, 'status' | 'createdAt'> {
  const { credentialId, type, algorithm, digits, period, lastStep, drift } = found;
  const plain = packToken(credentialId, openSeed(keys, organization, found));
  return {
    id: factorId,
    kind: 'token',
    tokenKey: credentialHash(keys, credentialId),
    codes: type,
    secret: new Uint8Array(seal(userKey, 1, plain, sealBinding('token', state, factorId), random)),
    ...(algorithm === 'sha1' ? {} : { algorithm }),
    ...(digits === 6 ? {} : { digits }),
    ...(period === 30 ? {} : { period }),
    ...(lastStep === undefined ? {} : { lastStep }),
    ...(drift === undefined ? {} : { drift }),
  };
}

export const tokenSetUp: SetUpKind<TokenFactor, TokenInput> = {
  prepare: async (deps, organization, input) => {
    const credentialId = readCredentialId(input.credentialId);
    const found = credentialId === undefined ? undefined : await findToken(deps, organization.organizationId, credentialId, deps.clock.now());
    if (!found || found.factor) throw unknown();
    return { ...input, found };
  },
  create: (context, { label, found }) => {
    if (!found) throw unknown();
    return { ...ofStock(context, found), status: 'proving', createdAt: context.now, ...(label === undefined ? {} : { label }) };
  },
};
