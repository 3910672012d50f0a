/** Removes a factor, with a proof at least as strong as any that the person holds. */
import { Problem } from '../platform/problems/problem.ts';
import type { ChangeOutcome } from '../factors/decide-add.ts';
import { decideRemove } from '../factors/decide-change.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { commit } from '../user-state/commit.ts';
import { authorityOf, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';

export async function removeFactor(deps: EnrollmentDependencies, request: ChangeRequest, factorIdText: string): Promise<void> {
  const factorId = factorRandom(deps.keys, request.home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  const authority = await authorityOf(deps, request);
  await commit<ChangeOutcome>(deps, {
    ...request,
    decide: (read, now) => decideRemove(read, { factorId, authority, policy: request.organization.policy }, now),
    recall: () => ({ status: 'done', factorId }),
  });
}
