/** Confirming a factor by its first answer. A wrong one counts like every wrong answer; a right one cannot be used again. */
import { Problem } from '../platform/problems/problem.ts';
import type { Policy } from '../policy/policy.ts';
import type { Decision } from '../user-state/decision.ts';
import { countFailure } from '../user-state/failures.ts';
import { findFactor, isSameId } from '../user-state/find.ts';
import { rowOf } from '../user-state/methods.ts';
import type { Factor, RecoveryKeyFactor } from '../user-state/factor.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';
import { activateFactor, activateProved, type Activated } from './activate-factor.ts';
import { isInTime, settleForChange } from './authority.ts';
import { isAllowed, kindOf } from './kinds/factor-kinds.ts';
import type { Right, Verdict } from './kinds/factor-kind.ts';
import { provingChallenge } from './proving.ts';
import { giveRecoveryKey } from './decide-recovery-key.ts';

export interface ConfirmCommand {
  readonly factorId: Uint8Array;
  readonly verdict: Verdict;
  readonly policy: Policy;
  readonly resultId: Uint8Array;
  /** Made by the caller, for whoever has none yet; absent when somebody else confirms for them. */
  readonly recoveryKey?: RecoveryKeyFactor;
}

export type ConfirmOutcome =
  | { readonly status: 'active'; readonly hasNewKey?: boolean }
  | { readonly status: 'wrong-answer' | 'locked'; readonly answersLeft: number };

/** The factor whose answer may be typed now; a number that is changed is confirmed while the factor is in use. */
function needConfirmable(state: UserState, factorId: Uint8Array, policy: Policy): Factor {
  const factor = findFactor(state, factorId);
  if (!factor) throw new Problem('not-found');
  if (rowOf(factor)?.answeredBy !== 'api') throw new Problem('wrong-channel', { detail: 'This factor is confirmed on the telephone or in the app.' });
  if (factor.status !== 'proving' && !provingChallenge(state, factorId)) throw new Problem('factor-not-proving');
  if (!isAllowed(factor, policy)) throw new Problem('policy-forbids', { detail: 'The policy no longer allows this method.' });
  return factor;
}

/** The challenge that waits for this factor. */
const waitingFor = (state: UserState, factorId: Uint8Array): Challenge | undefined =>
  state.challenges.find(({ status, settingUp }) => status === 'pending' && settingUp !== undefined && isSameId(settingUp, factorId));

function activate(state: UserState, factor: Factor, verdict: Right, { policy, resultId }: ConfirmCommand): Activated {
  const waiting = waitingFor(state, factor.id);
  if (waiting && !isInTime(waiting, state, policy)) throw new Problem('invitation-needed');
  const accepted = kindOf(factor)?.accept(factor, verdict);
  if (!accepted) throw new Problem('factor-not-usable');
  const proving = provingChallenge(state, factor.id);
  return proving ? activateProved(state, accepted, proving, resultId) : activateFactor(state, accepted, resultId);
}

export function decideConfirm(read: UserState, command: ConfirmCommand, now: number): Decision<ConfirmOutcome> {
  const { factorId, verdict, policy } = command;
  const { state, events } = settleForChange(read, now);
  const factor = needConfirmable(state, factorId, policy);
  if (verdict.is === 'right') {
    const activated = activate(state, factor, verdict, command);
    const given = command.recoveryKey ? giveRecoveryKey(activated.state, command.recoveryKey, policy) : { state: activated.state, events: [] };
    const [first, ...rest] = [...activated.events, ...given.events, ...events];
    if (!first) throw new Error('an activation always has an event');
    const hasNewKey = given.events.length > 0;
    return { outcome: { status: 'active', hasNewKey }, next: given.state, events: [first, ...rest], receipt: { outcome: 'approved', about: factorId } };
  }
  if (verdict.is === 'unasked') throw new Problem('nothing-sent');
  if (verdict.is !== 'wrong') throw new Problem('answer-used');
  const proving = provingChallenge(state, factorId);
  const failure = countFailure(state, policy.lockout, { factorId, ...(proving ? { challengeId: proving.id } : {}) });
  return {
    outcome: { status: failure.isLocked ? 'locked' : 'wrong-answer', answersLeft: failure.answersLeft },
    next: failure.state,
    events: [{ kind: 'answer-wrong', factorId, detail: { verdict: 'wrong', purpose: 'confirm' } }, ...failure.events, ...events],
    receipt: { outcome: failure.isLocked ? 'locked' : 'wrong-answer', about: factorId, answersLeft: failure.answersLeft },
  };
}
