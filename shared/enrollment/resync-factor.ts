/** Resynchronizes a token whose counter or clock ran away, by two codes in a row from it. */
import { Problem } from '../platform/problems/problem.ts';
import type { ConfirmOutcome } from '../factors/decide-confirm.ts';
import { decideResync } from '../factors/decide-resync.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { askVip } from '../factors/ask-vip.ts';
import { verifyAnswer } from '../factors/verify-answer.ts';
import { openUserKey } from '../users/user-keys.ts';
import { commit } from '../user-state/commit.ts';
import { findFactor } from '../user-state/find.ts';
import { withoutAsk } from '../user-state/open-asks.ts';
import { needCodes, recallConfirm, viewConfirmed, type Codes } from './confirm-factor.ts';
import type { ChangeRequest, EnrollmentDependencies } from './enrollment-dependencies.ts';

export async function resyncFactor(deps: EnrollmentDependencies, request: ChangeRequest, factorIdText: string, codes: Codes): Promise<Record<string, unknown>> {
  const { organization, home } = request;
  const factorId = factorRandom(deps.keys, home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  const remote = await askVip(deps, { ...request, factor: findFactor(request.state, factorId), expects: 'active', ...codes });
  const committed = await commit<ConfirmOutcome>(deps, {
    ...request,
    decide: (read, now) => {
      const factor = findFactor(read, factorId);
      if (!factor) throw new Problem('not-found');
      needCodes(factor, codes);
      const userKey = () => openUserKey(deps.keys, organization, read);
      const verdict = verifyAnswer({ factor, ...codes, remote, channel: 'api', state: read, challenge: undefined, now, keys: deps.keys, policy: organization.policy, userKey });
      return withoutAsk(decideResync(read, { factorId, verdict: verdict ?? { is: 'wrong' }, policy: organization.policy }, now), remote?.ask);
    },
    recall: recallConfirm,
  });
  return viewConfirmed(deps, request, factorId, committed);
}
