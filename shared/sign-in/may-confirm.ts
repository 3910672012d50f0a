/** Which factors may confirm a challenge: those that could when it started and still can (X32). */
import { isAllowed, isUsable } from '../factors/kinds/factor-kinds.ts';
import type { Policy } from '../policy/policy.ts';
import { isSameId } from '../user-state/find.ts';
import { methodOf } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Challenge } from '../user-state/user-state.ts';

export function mayConfirm(challenge: Challenge, factor: Factor, policy: Policy): boolean {
  // What was mailed for it is the only answer to it, and no factor's.
  if (challenge.mailed) return false;
  if (challenge.proves) return isSameId(challenge.proves.factorId, factor.id) && factor.status !== 'disabled' && isAllowed(factor, policy);
  return isUsable(factor, policy) && (challenge.methods === undefined || challenge.methods.includes(methodOf(factor)));
}
