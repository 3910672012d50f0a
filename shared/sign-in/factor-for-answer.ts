/** Which factor a typed answer is meant for. */
import { factorRandom } from '../factors/factor-id.ts';
import { usableFactors } from '../factors/kinds/factor-kinds.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Policy } from '../policy/policy.ts';
import { findChallenge, findFactor, isSameId } from '../user-state/find.ts';
import { rowOf } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';
import type { About } from './sign-in-dependencies.ts';

/** What is read off something the person holds, or was sent for this very challenge; nothing that has to be named. */
function couldTake(factor: Factor, challenge: Challenge | undefined): boolean {
  const row = rowOf(factor);
  if (row?.answeredBy !== 'api' || row.named) return false;
  return row.reachedBy === undefined || (challenge?.sending !== undefined && isSameId(challenge.sending.factorId, factor.id));
}

/** The factor that a typed answer without a name is meant for, when only one can be answered so. */
export function soleFactorFor(state: UserState, policy: Policy, challenge: Challenge | undefined): Factor | 'none' | 'several' {
  const [first, ...others] = usableFactors(state.factors, policy).filter((factor) => couldTake(factor, challenge));
  if (!first) return 'none';
  return others.length === 0 ? first : 'several';
}

export interface Named {
  readonly factorId?: string | undefined;
  /** Absent for an answer that comes with its start. */
  readonly challengeId?: Uint8Array;
}

type Whose = Pick<About, 'home' | 'organization'>;

function meant(keys: KeyRing, { home, organization }: Whose, state: UserState, named: Named): Factor | 'none' | 'several' {
  if (named.factorId !== undefined) return findFactor(state, factorRandom(keys, home, named.factorId) ?? new Uint8Array()) ?? 'none';
  return soleFactorFor(state, organization.policy, named.challengeId && findChallenge(state, named.challengeId));
}

/** The factor an answer names, or the only one that could take it. A foreign or forged id is a factor nobody has. */
export function factorForAnswer(keys: KeyRing, whose: Whose, state: UserState, named: Named): Factor | undefined {
  const factor = meant(keys, whose, state, named);
  if (factor === 'several') throw new Problem('factor-ambiguous');
  return factor === 'none' ? undefined : factor;
}

/** The same for a look before the decision, which itself refuses what could be meant for several. */
export function factorMeant(keys: KeyRing, whose: Whose, state: UserState, named: Named): Factor | undefined {
  const factor = meant(keys, whose, state, named);
  return factor === 'several' || factor === 'none' ? undefined : factor;
}
