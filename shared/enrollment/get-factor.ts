/** Reads a factor, with the progress of the call that proves it. Nothing that was shown once is shown again (A62). */
import { Problem } from '../platform/problems/problem.ts';
import { callKey, callPartition } from '../delivery/call-record.ts';
import { fromSendItem } from '../delivery/message-record.ts';
import { viewChallenge } from '../sign-in/challenge-view.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { provingChallenge } from '../factors/proving.ts';
import type { About } from '../sign-in/sign-in-dependencies.ts';
import { settle } from '../user-state/settle.ts';
import { viewFactor, type EnrollmentDependencies } from './enrollment-dependencies.ts';

export async function getFactor(deps: EnrollmentDependencies, about: About, factorIdText: string): Promise<Record<string, unknown>> {
  const factorId = factorRandom(deps.keys, about.home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  const now = deps.clock.now();
  const { state } = settle(about.state, now);
  const view = viewFactor(deps, about, state, factorId);
  const challenge = provingChallenge(state, factorId);
  if (!challenge) return { ...view };
  const [item] = await deps.table.read([callKey(callPartition(challenge.id))]);
  const progress = viewChallenge(deps, { ...about, state, now, record: fromSendItem(item) }, challenge.id)?.progress;
  return { ...view, ...(progress ? { progress } : {}) };
}
