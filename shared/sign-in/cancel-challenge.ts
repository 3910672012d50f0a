/** Cancels a pending challenge of this client. One that is over stays as it is. */
import { Problem } from '../platform/problems/problem.ts';
import { commit } from '../user-state/commit.ts';
import { viewChallenge, type ChallengeView } from './challenge-view.ts';
import { decideCancel } from './decide-cancel.ts';
import { needChallenge, throwRefused, type About, type SignInDependencies } from './sign-in-dependencies.ts';

export async function cancelChallenge(deps: SignInDependencies, about: About, challengeId: Uint8Array, clientId: string): Promise<ChallengeView> {
  needChallenge(about.state, challengeId, clientId);
  const { outcome, state } = await commit(deps, {
    ...about,
    decide: (read, now) => decideCancel(read, challengeId, now),
    recall: () => ({ status: 'done', challengeId }) as const,
  });
  if (outcome.status === 'refused') return throwRefused(outcome);
  const view = viewChallenge(deps, { ...about, state, now: deps.clock.now() }, challengeId);
  if (!view) throw new Problem('not-found');
  return view;
}
