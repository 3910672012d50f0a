/** Calls a number that is being proved (again): on the challenge that was made for it, or on a new one when that is over. */
import { Problem } from '../platform/problems/problem.ts';
import { randomLengths } from '../platform/object-id.ts';
import { callKey, callPartition } from '../delivery/call-record.ts';
import { settleForChange } from '../factors/authority.ts';
import type { ChangeOutcome } from '../factors/decide-add.ts';
import { addProvingChallenge, partToProve, provingChallenge } from '../factors/proving.ts';
import { needFactor, viewFactor, recallChange, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { commit } from '../user-state/commit.ts';
import type { Decision } from '../user-state/decision.ts';
import { settle } from '../user-state/settle.ts';
import type { ProvedPart, UserState } from '../user-state/user-state.ts';
import { startProving } from './start-proving.ts';

/** What has to be reached next. */
function needPart(state: UserState, factorId: Uint8Array): ProvedPart {
  const factor = needFactor(state, factorId);
  if (factor.status === 'disabled') throw new Problem('factor-not-usable', { detail: 'A disabled factor has to be set up again.' });
  const part = partToProve(factor);
  if (!part) throw new Problem('factor-not-proving');
  return part;
}

function decideProving(read: UserState, factorId: Uint8Array, clientId: string, provingId: Uint8Array, now: number): Decision<ChangeOutcome> {
  const { state, events } = settleForChange(read, now);
  return {
    outcome: { status: 'done', factorId, provingId },
    next: addProvingChallenge(state, needFactor(state, factorId), needPart(state, factorId), { clientId, provingId }),
    events: [{ kind: 'proving-started', challengeId: provingId, factorId }, ...events],
    receipt: { outcome: 'changed', about: factorId },
  };
}

export async function sendFactor(deps: EnrollmentDependencies, request: ChangeRequest, factorIdText: string): Promise<Record<string, unknown>> {
  const factorId = factorRandom(deps.keys, request.home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  const { state: settled } = settle(request.state, deps.clock.now());
  const pending = provingChallenge(settled, factorId, needPart(settled, factorId));
  if (pending) {
    const [sendItem] = await deps.table.read([callKey(callPartition(pending.id))]);
    return { ...viewFactor(deps, request, settled, factorId), ...(await startProving(deps, request, request.state, factorId, pending.id, sendItem)) };
  }
  const provingId = deps.random.bytes(randomLengths.chl);
  const { outcome, state } = await commit<ChangeOutcome>(deps, {
    ...request,
    decide: (read, now) => decideProving(read, factorId, request.clientId, provingId, now),
    recall: recallChange,
  });
  const started = await startProving(deps, request, state, factorId, outcome.provingId ?? provingId);
  return { ...viewFactor(deps, request, state, factorId), ...started };
}
