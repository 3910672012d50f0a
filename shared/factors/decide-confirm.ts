/** Confirming a factor by its first answer. A wrong one counts like every wrong answer; a right one cannot be used again. */
import { Problem } from '../platform/problems/problem.ts';
import { isSetUpOpen, type Policy } from '../policy/policy.ts';
import type { Decision } from '../user-state/decision.ts';
import { countFailure } from '../user-state/failures.ts';
import { findFactor, isSameId } from '../user-state/find.ts';
import type { UserState } from '../user-state/user-state.ts';
import { activateFactor } from './activate-factor.ts';
import { settleForChange } from './decide-add.ts';
import { isAllowed, kindOf } from './kinds/factor-kinds.ts';
import type { Verdict } from './kinds/factor-kind.ts';

export interface ConfirmCommand {
  readonly factorId: Uint8Array;
  readonly verdict: Verdict;
  readonly policy: Policy;
  readonly resultId: Uint8Array;
}

export type ConfirmOutcome =
  | { readonly status: 'active' }
  | { readonly status: 'wrong-answer' | 'locked'; readonly answersLeft: number };

export function decideConfirm(read: UserState, { factorId, verdict, policy, resultId }: ConfirmCommand, now: number): Decision<ConfirmOutcome> {
  const { state, events } = settleForChange(read, now);
  const factor = findFactor(state, factorId);
  if (!factor) throw new Problem('not-found');
  const kind = kindOf(factor);
  if (kind?.door !== 'api') throw new Problem('wrong-channel', { detail: 'This factor is confirmed on the telephone.' });
  if (factor.status !== 'proving') throw new Problem('factor-not-proving');
  if (!isAllowed(factor, policy)) throw new Problem('policy-forbids', { detail: 'The policy no longer allows this method.' });
  if (verdict.is === 'right') {
    const waiting = state.challenges.find(({ status, settingUp }) => status === 'pending' && settingUp !== undefined && isSameId(settingUp, factorId));
    if (waiting?.setUp === 'required' && !isSetUpOpen(policy, state.createdAt, state.lastAt)) throw new Problem('invitation-needed');
    const activated = activateFactor(state, kind.accept(factor, verdict), resultId);
    const [first, ...rest] = [...activated.events, ...events];
    if (!first) throw new Error('an activation always has an event');
    return { outcome: { status: 'active' }, next: activated.state, events: [first, ...rest], receipt: { outcome: 'approved', about: factorId } };
  }
  if (verdict.is !== 'wrong') throw new Problem('answer-used');
  const failure = countFailure(state, policy.lockout, { factorId });
  return {
    outcome: { status: failure.isLocked ? 'locked' : 'wrong-answer', answersLeft: failure.answersLeft },
    next: failure.state,
    events: [{ kind: 'answer-wrong', factorId, detail: { verdict: 'wrong', purpose: 'confirm' } }, ...failure.events, ...events],
    receipt: { outcome: failure.isLocked ? 'locked' : 'wrong-answer', about: factorId, answersLeft: failure.answersLeft },
  };
}
