/** Redeems a result for its claims: once, by the client it was made for, within its minute. */
import { Problem } from '../platform/problems/problem.ts';
import { readObjectId } from '../platform/object-id.ts';
import type { ResultClaims } from '../results/result.ts';
import { commit } from '../user-state/commit.ts';
import { decideRedeem } from './decide-redeem.ts';
import type { PlainOutcome } from './outcomes.ts';
import { throwRefused, type About, type SignInDependencies } from './sign-in-dependencies.ts';

export async function redeemResult(deps: SignInDependencies, about: About, claims: ResultClaims, clientId: string): Promise<ResultClaims> {
  if (claims.aud[0] !== clientId) throw new Problem('result-invalid');
  const id = readObjectId(deps.keys, 'chl', claims.txn);
  if (!id) throw new Problem('result-invalid');
  const command = { challengeId: id.random, resultId: Buffer.from(claims.jti, 'base64url') };
  const { outcome } = await commit<PlainOutcome>(deps, {
    ...about,
    decide: (read, now) => decideRedeem(read, command, now),
    recall: (_receipt, state, now) => {
      // The same claims once more, but to nobody who may not have them any more.
      if (state.lock) return { status: 'refused', problem: 'user-locked' };
      if (state.suspendedAt !== undefined) return { status: 'refused', problem: 'user-suspended' };
      return now >= claims.exp * 1000 ? { status: 'refused', problem: 'result-expired' } : { status: 'done', challengeId: id.random };
    },
  });
  if (outcome.status === 'refused') return throwRefused(outcome);
  if (outcome.status !== 'done') throw new Problem('result-expired');
  return claims;
}
