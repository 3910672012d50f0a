/** Redeeming a result: once, by the client it was made for, and not when the user was locked or suspended since. */
import type { Decision } from '../user-state/decision.ts';
import { findChallenge, isSameId, replaceChallenge } from '../user-state/find.ts';
import { resultLife } from '../user-state/decided-challenges.ts';
import { settle } from '../user-state/settle.ts';
import type { UserState } from '../user-state/user-state.ts';
import type { PlainOutcome } from './outcomes.ts';

export interface RedeemCommand {
  readonly challengeId: Uint8Array;
  readonly resultId: Uint8Array;
}

export function decideRedeem(read: UserState, { challengeId, resultId }: RedeemCommand, now: number): Decision<PlainOutcome> {
  const { state, events } = settle(read, now);
  const refuse = (problem: 'result-expired' | 'result-redeemed' | 'user-locked' | 'user-suspended'): Decision<PlainOutcome> => ({
    outcome: { status: 'refused', problem },
    refusal: { kind: 'redeem-refused', challengeId, detail: { reason: problem } },
  });
  if (state.suspendedAt !== undefined) return refuse('user-suspended');
  if (state.lock) return refuse('user-locked');
  const challenge = findChallenge(state, challengeId);
  const approval = challenge?.approval;
  if (!challenge || !approval || !isSameId(approval.resultId, resultId)) return refuse('result-expired');
  if (approval.redeemedAt !== undefined) return refuse('result-redeemed');
  if (state.lastAt >= approval.at + resultLife) return refuse('result-expired');
  return {
    outcome: { status: 'done', challengeId },
    next: replaceChallenge(state, { ...challenge, approval: { ...approval, redeemedAt: state.lastAt } }),
    events: [{ kind: 'result-redeemed', challengeId }, ...events],
    receipt: { outcome: 'redeemed', about: challengeId },
  };
}
