/** Confirms a factor with its first answer; the challenge that waited for it is approved in the same write. */
import { Problem } from '../platform/problems/problem.ts';
import { randomLengths } from '../platform/object-id.ts';
import { decideConfirm, type ConfirmOutcome } from '../factors/decide-confirm.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { makeRecoveryKey } from '../factors/kinds/recovery-key.ts';
import { provingChallenge } from '../factors/proving.ts';
import { askVip } from '../factors/ask-vip.ts';
import { verifyAnswer } from '../factors/verify-answer.ts';
import { usedTextWrites } from '../sign-in/used-text.ts';
import { openUserKey } from '../users/user-keys.ts';
import { commit, type Committed } from '../user-state/commit.ts';
import type { Receipt } from '../user-state/receipts.ts';
import { findFactor } from '../user-state/find.ts';
import { withoutAsk } from '../user-state/open-asks.ts';
import { claimStockWrite, holdWrite } from '../tokens/stock/claim-token.ts';
import type { StockToken } from '../tokens/stock/stock-item.ts';
import { kindOf } from '../factors/kinds/factor-kinds.ts';
import type { Verdict } from '../factors/kinds/factor-kind.ts';
import type { Changed } from '../user-state/decision.ts';
import type { Write } from '../platform/dynamo/table.ts';
import type { Factor } from '../user-state/factor.ts';
import { asUsed, readAwaited } from './awaited-token.ts';
import { setUpContext, viewFactor, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';
import { isSetUpKind, setUpKind } from './kinds/set-up-kinds.ts';

export interface Codes {
  readonly answer: string;
  readonly nextAnswer?: string | undefined;
}

/** As many codes as the kind is confirmed by, no more and no fewer. */
export function needCodes(factor: Factor | undefined, { nextAnswer }: Codes): void {
  const takesTwo = factor !== undefined && kindOf(factor)?.confirmedByTwo === true;
  if (takesTwo && nextAnswer === undefined) throw new Problem('request-invalid', { detail: 'A token is confirmed by two codes in a row: give "nextAnswer" too.' });
  if (!takesTwo && nextAnswer !== undefined) throw new Problem('request-invalid', { detail: 'Only a token is confirmed by two codes.' });
}

/** With the factor, the token becomes this user's: in one transaction, or not at all. */
function claimWrites(deps: EnrollmentDependencies, { home, state }: ChangeRequest, stock: StockToken | undefined, factorId: Uint8Array, { outcome, next }: Changed<ConfirmOutcome>): Write[] {
  const factor = findFactor(next, factorId);
  if (outcome.status !== 'active' || factor?.kind !== 'token') return [];
  const { organizationId, userId } = state;
  const owner = { organizationId, userKey: home.userKey, userId, factorId };
  const hold = holdWrite(deps.table.name, factor.holderKey ?? factor.tokenKey, owner);
  return factor.codes === 'vip' ? [hold] : [claimStockWrite(deps.table.name, factor.tokenKey, stock, owner), hold];
}

export function recallConfirm({ outcome, answersLeft }: Receipt): ConfirmOutcome {
  if (outcome === 'approved') return { status: 'active' };
  return { status: outcome === 'locked' ? 'locked' : 'wrong-answer', answersLeft };
}

/** The factor as it is now, and, when that is how it was before, why. */
export function viewConfirmed(deps: EnrollmentDependencies, request: ChangeRequest, factorId: Uint8Array, { outcome, state }: Committed<ConfirmOutcome>): Record<string, unknown> {
  const view = { ...viewFactor(deps, request, state, factorId) };
  if (outcome.status === 'active') return view;
  return { ...view, reason: outcome.status === 'locked' ? 'locked' : 'wrong-answer', answersLeft: outcome.answersLeft };
}

/** For kinds whose answer is more than a code: judged before the decision, which finds the same factor still waiting, or refuses. */
async function attestFactor(deps: EnrollmentDependencies, request: ChangeRequest, factorId: Uint8Array, answer: string): Promise<Verdict | undefined> {
  const factor = findFactor(request.state, factorId);
  const attest = factor?.status === 'proving' && isSetUpKind(factor.kind) ? setUpKind(factor.kind).attest : undefined;
  if (!factor || !attest) return undefined;
  const enrolled = await attest(setUpContext(deps, request, factorId), factor, answer);
  return enrolled ? { is: 'right', enrolled } : { is: 'wrong' };
}

export async function confirmFactor(deps: EnrollmentDependencies, request: ChangeRequest, factorIdText: string, codes: Codes): Promise<Record<string, unknown>> {
  const { organization, home } = request;
  const factorId = factorRandom(deps.keys, home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  const resultId = deps.random.bytes(16);
  const key = makeRecoveryKey({ ...deps, state: request.state, factorId: deps.random.bytes(randomLengths.fac), now: deps.clock.now() });
  const attested = await attestFactor(deps, request, factorId, codes.answer);
  const stock = await readAwaited(deps, request, factorId);
  const remote = await askVip(deps, { ...request, factor: findFactor(request.state, factorId), expects: 'proving', ...codes });
  const committed = await commit<ConfirmOutcome>(deps, {
    ...request,
    decide: (found, now) => {
      const read = asUsed(found, factorId, stock);
      const factor = findFactor(read, factorId);
      const userKey = () => openUserKey(deps.keys, organization, read);
      const challenge = provingChallenge(read, factorId);
      needCodes(factor, codes);
      const verdict = attested ?? (factor && verifyAnswer({ factor, ...codes, remote, channel: 'api', state: read, challenge, now, keys: deps.keys, policy: organization.policy, userKey }));
      const decided = decideConfirm(read, { factorId, verdict: verdict ?? { is: 'wrong' }, policy: organization.policy, resultId, ...(request.prover ? {} : { recoveryKey: key.factor }) }, now);
      return withoutAsk(decided, remote?.ask);
    },
    also: (changed) => {
      const proving = provingChallenge(request.state, factorId);
      return [...claimWrites(deps, request, stock, factorId, changed), ...(proving ? usedTextWrites(deps.table.name, proving.id, changed) : [])];
    },
    refused: () => {
      throw new Problem('token-taken');
    },
    recall: recallConfirm,
  });
  const view = viewConfirmed(deps, request, factorId, committed);
  // Shown once, and to its owner only: the same request again finds it done, and no key.
  const isNew = committed.outcome.status === 'active' && committed.outcome.hasNewKey === true;
  return isNew ? { ...view, recoveryKey: key.text } : view;
}
