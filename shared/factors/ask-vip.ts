/**
 * Asks Symantec VIP about the codes of its own credentials, before anything is decided. What it says is one input of the
 * decision: whether the challenge is open, the user unlocked and the code not used before is decided here as ever.
 */
import { keyedHash } from '../platform/crypto/keyed-hash.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Organization } from '../organizations/organization.ts';
import { heldIn } from '../tokens/stock/claim-token.ts';
import { findVipAccount } from '../tokens/vip/vip-account.ts';
import type { VipDependencies } from '../tokens/vip/vip-credentials.ts';
import { openUserKey } from '../users/user-keys.ts';
import { commit, type CommitDependencies, type Committed, type UserHome } from '../user-state/commit.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { decideAsk, type OpenAsk } from '../user-state/open-asks.ts';
import { findReceipt, type RequestMark } from '../user-state/receipts.ts';
import { settle } from '../user-state/settle.ts';
import type { Factor, TokenFactor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import { typedDigits } from './typed-digits.ts';
import type { RemoteVerdict } from './kinds/factor-kind.ts';
import { openToken } from './kinds/token.ts';

export interface AskDependencies extends VipDependencies, CommitDependencies {}

export interface Asked {
  readonly home: UserHome;
  readonly context: RequestContext;
  readonly organization: Organization;
  readonly state: UserState;
  readonly mark: RequestMark;
  readonly factor: Factor | undefined;
  /** What the factor must be for the answer to be judged at all: nobody else's wrong codes are put to VIP. */
  readonly expects: 'active' | 'proving';
  /** The challenge that is answered, where one is. */
  readonly answers?: Uint8Array | undefined;
  readonly answer: string;
  readonly nextAnswer?: string | undefined;
}

/** All of VIP's codes have six digits. */
const code = /^\d{6}$/;

/** One that is decided already, or that nothing could make right, is not asked about. */
function isDecidedAnyway({ clock }: AskDependencies, { state, mark, factor, expects }: Asked): boolean {
  const { lock, suspendedAt } = settle(state, clock.now()).state;
  return lock !== undefined || suspendedAt !== undefined || factor?.status !== expects || findReceipt(state.receipts, mark) !== undefined;
}

/** The same request again asks once more about the same code, which tells nobody more. */
function countAsk(deps: AskDependencies, { home, context, organization, state, mark, answers }: Asked, factorId: Uint8Array): Promise<Committed<OpenAsk>> {
  const request = keyedHash(deps.keys.receipts, 'ask', mark.request).subarray(0, mark.request.length);
  return commit<OpenAsk>(deps, {
    home,
    context,
    state,
    mark: { ...mark, request },
    decide: (read, now) => decideAsk(read, { factorId, lockout: organization.policy.lockout, challengeId: answers }, now),
    recall: () => ({ at: 0 }),
  });
}

/** Whether nothing could make it right, so that there is nothing to ask. */
async function isWrongAnyway({ table }: AskDependencies, { expects }: Asked, factor: TokenFactor, given: readonly string[]): Promise<boolean> {
  if (!given.every((each) => code.test(each)) || new Set(given).size < given.length) return true;
  // Named before somebody else came to hold it: VIP is not asked about other people's tokens, which it would lock in the end.
  return expects === 'proving' && (await heldIn(table, factor.tokenKey)) !== undefined;
}

/** Undefined for every other factor, and when the decision needs no verdict. Throws `unavailable` when VIP cannot be heard. */
export async function askVip(deps: AskDependencies, asked: Asked): Promise<RemoteVerdict | undefined> {
  const { factor, organization, state } = asked;
  if (factor?.kind !== 'token' || factor.codes !== 'vip' || isDecidedAnyway(deps, asked)) return undefined;
  const given = [asked.answer, ...(asked.nextAnswer === undefined ? [] : [asked.nextAnswer])].map(typedDigits);
  if (await isWrongAnyway(deps, asked, factor, given)) return { factorId: factor.id, isRight: false };
  const account = await findVipAccount(deps, organization);
  if (!account || !deps.vip) throw new Problem('unavailable', { retryAfterSeconds: 60 });
  const { credentialId } = openToken(factor, state, () => openUserKey(deps.keys, organization, state));
  const { outcome: ask } = await countAsk(deps, asked, factor.id);
  for (const each of given) {
    if (!(await deps.vip.isRight(account, credentialId, each))) return { factorId: factor.id, isRight: false, ask };
  }
  return { factorId: factor.id, isRight: true, ask };
}
