/** Makes a new recovery key, with a proof. It is told once: a reply that was lost is mended by making another. */
import { Problem } from '../platform/problems/problem.ts';
import { randomLengths } from '../platform/object-id.ts';
import type { ChangeOutcome } from '../factors/decide-add.ts';
import { decideRecoveryKey } from '../factors/decide-recovery-key.ts';
import { makeRecoveryKey } from '../factors/kinds/recovery-key.ts';
import { commit } from '../user-state/commit.ts';
import { authorityOf, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';

export async function renewRecoveryKey(deps: EnrollmentDependencies, request: ChangeRequest): Promise<{ readonly recoveryKey: string }> {
  // Only its owner may see it: an administrator who had one could sign in as anybody.
  if (request.prover) throw new Problem('not-permitted');
  const { keys, random, clock } = deps;
  const { factor, text } = makeRecoveryKey({ keys, random, state: request.state, factorId: random.bytes(randomLengths.fac), now: clock.now() });
  const authority = await authorityOf(deps, request);
  await commit<ChangeOutcome>(deps, {
    ...request,
    decide: (read, now) => decideRecoveryKey(read, { key: factor, authority, policy: request.organization.policy }, now),
    recall: () => {
      throw new Problem('shown-once');
    },
  });
  return { recoveryKey: text };
}
