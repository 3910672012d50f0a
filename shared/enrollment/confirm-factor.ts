/** Confirms a factor with its first answer; the challenge that waited for it is approved in the same write. */
import { Problem } from '../platform/problems/problem.ts';
import { decideConfirm, type ConfirmOutcome } from '../factors/decide-confirm.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { provingChallenge } from '../factors/proving.ts';
import { verifyAnswer } from '../factors/verify-answer.ts';
import { openUserKey } from '../users/user-keys.ts';
import { commit } from '../user-state/commit.ts';
import { findFactor } from '../user-state/find.ts';
import { viewFactor, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';

export async function confirmFactor(deps: EnrollmentDependencies, request: ChangeRequest, factorIdText: string, answer: string): Promise<Record<string, unknown>> {
  const { organization, home } = request;
  const factorId = factorRandom(deps.keys, home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  const resultId = deps.random.bytes(16);
  const { outcome, state } = await commit<ConfirmOutcome>(deps, {
    ...request,
    decide: (read, now) => {
      const factor = findFactor(read, factorId);
      const userKey = () => openUserKey(deps.keys, organization, read);
      const challenge = provingChallenge(read, factorId);
      const verdict = factor && verifyAnswer({ factor, answer, channel: 'api', state: read, challenge, now, keys: deps.keys, userKey });
      return decideConfirm(read, { factorId, verdict: verdict ?? { is: 'wrong' }, policy: organization.policy, resultId }, now);
    },
    recall: ({ outcome: before, answersLeft }) => {
      if (before === 'approved') return { status: 'active' };
      return { status: before === 'locked' ? 'locked' : 'wrong-answer', answersLeft };
    },
  });
  const view = { ...viewFactor(deps, request, state, factorId) };
  if (outcome.status === 'active') return view;
  return { ...view, reason: outcome.status === 'locked' ? 'locked' : 'wrong-answer', answersLeft: outcome.answersLeft };
}
