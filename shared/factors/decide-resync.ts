/** Finding a token again whose counter or clock ran away: two codes in a row, in a wider window, both used up by it. */
import { Problem } from '../platform/problems/problem.ts';
import type { Policy } from '../policy/policy.ts';
import type { Decision } from '../user-state/decision.ts';
import { countFailure } from '../user-state/failures.ts';
import { findFactor, replaceFactor } from '../user-state/find.ts';
import type { UserState } from '../user-state/user-state.ts';
import { settleForChange } from './authority.ts';
import type { ConfirmOutcome } from './decide-confirm.ts';
import { kindOf } from './kinds/factor-kinds.ts';
import type { Verdict } from './kinds/factor-kind.ts';

export interface ResyncCommand {
  readonly factorId: Uint8Array;
  readonly verdict: Verdict;
  readonly policy: Policy;
}

/** Counters of wrong answers stay as they are: only a sign-in clears them (D7). Wrong codes count like everywhere. */
export function decideResync(read: UserState, { factorId, verdict, policy }: ResyncCommand, now: number): Decision<ConfirmOutcome> {
  const { state, events } = settleForChange(read, now);
  const factor = findFactor(state, factorId);
  const kind = factor && kindOf(factor);
  if (!factor || !kind) throw new Problem('not-found');
  const isInUse = factor.status === 'active' || factor.status === 'inactive';
  if (!kind.confirmedByTwo || !isInUse) throw new Problem('factor-not-usable', { detail: 'Only a confirmed token can be resynchronized.' });
  if (verdict.is === 'right') {
    const found = kind.accept(factor, verdict);
    if (!found) throw new Problem('factor-not-usable');
    return {
      outcome: { status: 'active' },
      next: replaceFactor(state, found),
      events: [{ kind: 'token-resynchronized', factorId }, ...events],
      receipt: { outcome: 'approved', about: factorId },
    };
  }
  if (verdict.is !== 'wrong') throw new Problem('answer-used');
  const failure = countFailure(state, policy.lockout, { factorId });
  const status = failure.isLocked ? 'locked' : 'wrong-answer';
  return {
    outcome: { status, answersLeft: failure.answersLeft },
    next: failure.state,
    events: [{ kind: 'answer-wrong', factorId, detail: { verdict: 'wrong', purpose: 'resync' } }, ...failure.events, ...events],
    receipt: { outcome: status, about: factorId, answersLeft: failure.answersLeft },
  };
}
