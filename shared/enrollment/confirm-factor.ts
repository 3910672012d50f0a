/** Confirms a factor with its first answer; the challenge that waited for it is approved in the same write. */
import { Problem } from '../platform/problems/problem.ts';
import { randomLengths } from '../platform/object-id.ts';
import { decideConfirm, type ConfirmOutcome } from '../factors/decide-confirm.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { makeRecoveryKey } from '../factors/kinds/recovery-key.ts';
import { provingChallenge } from '../factors/proving.ts';
import { verifyAnswer } from '../factors/verify-answer.ts';
import { usedTextWrites } from '../sign-in/used-text.ts';
import { openUserKey } from '../users/user-keys.ts';
import { commit } from '../user-state/commit.ts';
import { findFactor } from '../user-state/find.ts';
import { viewFactor, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';

export async function confirmFactor(deps: EnrollmentDependencies, request: ChangeRequest, factorIdText: string, answer: string): Promise<Record<string, unknown>> {
  const { organization, home } = request;
  const factorId = factorRandom(deps.keys, home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  const resultId = deps.random.bytes(16);
  const key = makeRecoveryKey({ ...deps, state: request.state, factorId: deps.random.bytes(randomLengths.fac), now: deps.clock.now() });
  const { outcome, state } = await commit<ConfirmOutcome>(deps, {
    ...request,
    decide: (read, now) => {
      const factor = findFactor(read, factorId);
      const userKey = () => openUserKey(deps.keys, organization, read);
      const challenge = provingChallenge(read, factorId);
      const verdict = factor && verifyAnswer({ factor, answer, channel: 'api', state: read, challenge, now, keys: deps.keys, userKey });
      return decideConfirm(read, { factorId, verdict: verdict ?? { is: 'wrong' }, policy: organization.policy, resultId, recoveryKey: key.factor }, now);
    },
    also: (changed) => {
      const proving = provingChallenge(request.state, factorId);
      return proving ? usedTextWrites(deps.table.name, proving.id, changed) : [];
    },
    recall: ({ outcome: before, answersLeft }) => {
      if (before === 'approved') return { status: 'active' };
      return { status: before === 'locked' ? 'locked' : 'wrong-answer', answersLeft };
    },
  });
  const view = { ...viewFactor(deps, request, state, factorId) };
  // Shown once: the same request again finds it done, and no key.
  if (outcome.status === 'active') return outcome.hasNewKey ? { ...view, recoveryKey: key.text } : view;
  return { ...view, reason: outcome.status === 'locked' ? 'locked' : 'wrong-answer', answersLeft: outcome.answersLeft };
}
