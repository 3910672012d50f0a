/** Calls a number that is being proved (again): on the challenge that was made for it, or on a new one when that is over. */
import { Problem } from '../platform/problems/problem.ts';
import { randomLengths } from '../platform/object-id.ts';
import { callKey, callPartition } from '../delivery/call-record.ts';
import { addProvingChallenge, settleForChange, type ChangeOutcome } from '../factors/decide-add.ts';
import { viewFactor, recallChange, type ChangeRequest, type EnrollmentDependencies } from './enrollment-dependencies.ts';
import { factorRandom } from '../factors/factor-id.ts';
import { commit } from '../user-state/commit.ts';
import type { Decision } from '../user-state/decision.ts';
import { findFactor, isSameId } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import type { Challenge, PhoneSlot, UserState } from '../user-state/user-state.ts';
import { startProving } from './start-proving.ts';

/** The number to prove next: the primary first. */
function unprovedSlot(state: UserState, factorId: Uint8Array): PhoneSlot {
  const factor = findFactor(state, factorId);
  if (!factor) throw new Problem('not-found');
  if (factor.status === 'disabled') throw new Problem('factor-not-usable', { detail: 'A disabled factor has to be set up again.' });
  const unproved = factor.kind === 'phone' ? factor.numbers.filter(({ proved }) => !proved) : [];
  const entry = unproved.find(({ slot }) => slot === 'primary') ?? unproved[0];
  if (!entry) throw new Problem('factor-not-proving');
  return entry.slot;
}

const isProving = (factorId: Uint8Array, slot: PhoneSlot) => ({ status, proves, sending }: Challenge): boolean =>
  status === 'pending' && proves !== undefined && isSameId(proves, factorId) && sending?.slot === slot;

export function provingChallenge(state: UserState, factorId: Uint8Array): Challenge | undefined {
  return state.challenges.find(({ status, proves }) => status === 'pending' && proves !== undefined && isSameId(proves, factorId));
}

function decideProving(read: UserState, factorId: Uint8Array, clientId: string, provingId: Uint8Array, now: number): Decision<ChangeOutcome> {
  const { state, events } = settleForChange(read, now);
  const slot = unprovedSlot(state, factorId);
  const factor = findFactor(state, factorId);
  if (!factor) throw new Problem('not-found');
  return {
    outcome: { status: 'done', factorId, provingId },
    next: addProvingChallenge(state, factor, slot, { clientId, provingId }),
    events: [{ kind: 'proving-started', challengeId: provingId, factorId }, ...events],
    receipt: { outcome: 'changed', about: factorId },
  };
}

export async function sendFactor(deps: EnrollmentDependencies, request: ChangeRequest, factorIdText: string): Promise<Record<string, unknown>> {
  const factorId = factorRandom(deps.keys, request.home, factorIdText);
  if (!factorId) throw new Problem('not-found');
  const { state: settled } = settle(request.state, deps.clock.now());
  const pending = settled.challenges.find(isProving(factorId, unprovedSlot(settled, factorId)));
  if (pending) {
    const [callItem] = await deps.table.read([callKey(callPartition(pending.id))]);
    return { ...viewFactor(deps, request, settled, factorId), ...(await startProving(deps, request, request.state, factorId, pending.id, callItem)) };
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
