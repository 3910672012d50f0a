/** Setting up a hardware token: one of the organization's stock that nobody holds, named by what is printed on it. */
import { seal } from '../../platform/crypto/seal.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { sealBinding } from '../../factors/kinds/factor-kind.ts';
import { packToken } from '../../factors/kinds/token.ts';
import { credentialHash, stockHash, isVipCredentialId, readCredentialId } from '../../tokens/credential-id.ts';
import { findToken } from '../../tokens/stock/read-stock.ts';
import { openSeed, type StockToken } from '../../tokens/stock/stock-item.ts';
import { heldIn } from '../../tokens/stock/claim-token.ts';
import { findVipAccount } from '../../tokens/vip/vip-account.ts';
import type { TokenFactor } from '../../user-state/factor.ts';
import type { SetUpContext, SetUpInput, SetUpKind } from './set-up-kind.ts';

export interface TokenInput extends SetUpInput {
  readonly credentialId: string;
  /** As the stock has it, or that VIP may know it: looked up before anything is made of it. */
  readonly found?: StockToken | 'vip';
}

/** Somebody else's, another organization's, and none at all are one and the same (A64). */
const unknown = (): Problem => new Problem('token-unknown');

function ofStock({ keys, userKey, state, random, factorId, organization }: SetUpContext, found: StockToken): Omit<TokenFactor, 'status' | 'createdAt'> {
  const { credentialId, type, algorithm, digits, period, lastStep, drift } = found;
  const plain = packToken(credentialId, openSeed(keys, organization, found));
  return {
    id: factorId,
    kind: 'token',
    tokenKey: stockHash(keys, organization.organizationId, credentialId),
    holderKey: credentialHash(keys, credentialId),
    codes: type,
    secret: new Uint8Array(seal(userKey, 1, plain, sealBinding('token', state, factorId), random)),
    ...(algorithm === 'sha1' ? {} : { algorithm }),
    ...(digits === 6 ? {} : { digits }),
    ...(period === 30 ? {} : { period }),
    ...(lastStep === undefined ? {} : { lastStep }),
    ...(drift === undefined ? {} : { drift }),
  };
}

function ofVip({ keys, userKey, state, random, factorId }: SetUpContext, text: string): Omit<TokenFactor, 'status' | 'createdAt'> {
  const credentialId = readCredentialId(text) ?? '';
  const sealed = seal(userKey, 1, packToken(credentialId, new Uint8Array()), sealBinding('token', state, factorId), random);
  return { id: factorId, kind: 'token', tokenKey: credentialHash(keys, credentialId), codes: 'vip', secret: new Uint8Array(sealed) };
}

export const tokenSetUp: SetUpKind<TokenFactor, TokenInput> = {
  prepare: async (deps, organization, input) => {
    const credentialId = readCredentialId(input.credentialId);
    const found = credentialId === undefined ? undefined : await findToken(deps, organization.organizationId, credentialId, deps.clock.now());
    if (found && !found.factor) return { ...input, found };
    // Whether VIP knows it, and whether somebody has it already, two right codes will tell: nothing is told before.
    const mayBeVip = !found && credentialId !== undefined && isVipCredentialId(credentialId);
    if (!mayBeVip || !(await findVipAccount(deps, organization))) throw unknown();
    // One that a colleague holds is refused as one of the stock is; what goes on elsewhere is nobody's business here.
    if ((await heldIn(deps.table, credentialHash(deps.keys, credentialId))) === organization.organizationId) throw unknown();
    return { ...input, found: 'vip' };
  },
  create: (context, { label, found, credentialId }) => {
    if (!found) throw unknown();
    return { ...(found === 'vip' ? ofVip(context, credentialId) : ofStock(context, found)), status: 'proving', createdAt: context.now, ...(label === undefined ? {} : { label }) };
  },
};
