/** A factor becomes active: proved by its first right answer. A challenge that waited for it is approved with it. */
import { approveChallenge } from '../user-state/approval.ts';
import type { DecisionEvent } from '../user-state/decision.ts';
import { isSameId, replaceChallenge, replaceFactor } from '../user-state/failures.ts';
import type { Approval, Challenge, Factor, PhoneFactor, UserState } from '../user-state/user-state.ts';

export interface Activated {
  readonly state: UserState;
  readonly events: readonly DecisionEvent[];
}

/** The newly proved number takes the place of the one that was proved before in its slot. */
function proveNumber(factor: PhoneFactor, challenge: Challenge): PhoneFactor {
  const slot = challenge.sending?.slot ?? 'primary';
  const isNew = factor.numbers.some((entry) => entry.slot === slot && !entry.proved);
  if (!isNew) return factor;
  const numbers = factor.numbers
    .filter((entry) => entry.slot !== slot || !entry.proved)
    .map((entry) => (entry.slot === slot ? { ...entry, proved: true } : entry));
  return { ...factor, numbers };
}

export function activateFactor(state: UserState, factor: Factor, approval: Approval): Activated {
  const isFirst = factor.status === 'proving';
  const active: Factor = isFirst ? { ...factor, status: 'active' } : factor;
  const activated = replaceFactor(state, active);
  const event: DecisionEvent = isFirst
    ? { kind: 'factor-added', factorId: factor.id, notice: 'factor-added', detail: { kind: factor.kind } }
    : { kind: 'factor-changed', factorId: factor.id, notice: 'factor-changed', detail: { kind: factor.kind } };
  const waiting = state.challenges.find(
    ({ status, settingUp }) => status === 'pending' && settingUp !== undefined && isSameId(settingUp, factor.id),
  );
  if (!waiting) return { state: activated, events: [event] };
  const approved: DecisionEvent = { kind: 'challenge-approved', challengeId: waiting.id, factorId: factor.id, detail: { by: 'set-up' } };
  return { state: approveChallenge(activated, waiting, approval), events: [event, approved] };
}

/** A number was proved on the telephone: the challenge made for it ends without a result of its own. */
export function activateProved(state: UserState, factor: Factor, challenge: Challenge, approval: Approval): Activated {
  const proved = factor.kind === 'phone' ? proveNumber(factor, challenge) : factor;
  const ended = replaceChallenge(state, { ...challenge, status: 'approved', decidedAt: approval.at });
  return activateFactor(ended, proved, approval);
}
