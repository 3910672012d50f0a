/** A challenge as a page shows it to whoever sits there: never the result, never a reason, the same for every refusal (A30). */
import type { FactorChoice } from '../factors/factor-views.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { ChallengeView } from '../sign-in/challenge-view.ts';

export interface PageProgress {
  readonly factorId?: string;
  readonly attempt?: number;
  readonly of?: number;
  readonly state: string;
  readonly show?: string;
}

export interface PageChallenge {
  /** `over`: denied, locked, expired, canceled elsewhere; a page cannot tell which. */
  readonly status: 'pending' | 'set-up-required' | 'set-up-offered' | 'approved' | 'over';
  readonly factors: readonly FactorChoice[];
  readonly progress?: PageProgress;
  readonly expiresAt: string;
}

const statuses: Readonly<Record<string, PageChallenge['status']>> = {
  pending: 'pending',
  approved: 'approved',
  'enrollment-required': 'set-up-required',
  'not-required': 'set-up-offered',
};

/** Why something failed is for the portal: a page says that it did. */
function progressOf({ progress }: ChallengeView): { progress?: PageProgress } {
  if (!progress) return {};
  const { reason: _reason, ...shown } = progress;
  return { progress: shown };
}

export function showChallenge(view: ChallengeView): PageChallenge {
  const status = statuses[view.status] ?? 'over';
  return { status, factors: view.factors, ...progressOf(view), expiresAt: view.expiresAt };
}

/** Refusals that only a portal is told apart; for the person they are one: it was not accepted. */
const oneRefusal = ['answer-used', 'challenge-decided', 'factor-not-usable', 'email-unusable', 'factor-ambiguous', 'wrong-channel', 'user-locked', 'user-suspended', 'not-found'];

export const isPlainRefusal = (error: unknown): error is Problem => error instanceof Problem && oneRefusal.includes(error.problem);
