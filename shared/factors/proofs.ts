/**
 * Proofs: results of challenges with purpose `change-factors`, fresh and unused, that show the person who changes a
 * factor holds one strong enough (D23, I13). Each is spent by the change that it permits, in the same write.
 */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { readObjectId } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { isStrongEnough, type Policy } from '../policy/policy.ts';
import { readResult } from '../results/result.ts';
import { findChallenge, isAskedFor, isSameId, replaceChallenge } from '../user-state/find.ts';
import { proofLife } from '../user-state/decided-challenges.ts';
import { isBackup, rowOf, strengths, type Strength } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';

export interface Proof {
  readonly challengeId: Uint8Array;
  readonly resultId: Uint8Array;
}

const mostProofs = 4;

/** Whose proofs they must be, and which client's they were made for. */
export interface ProvedBy {
  readonly prover: Pick<UserState, 'organizationId' | 'userId'>;
  readonly clientId: string;
}

/** The proofs of this person, as they came with a request; a stranger's, another client's, or anything else, is no proof. */
export function readProofs(keys: KeyRing, issuer: string, texts: readonly string[], { prover, clientId }: ProvedBy): Proof[] {
  return texts.slice(0, mostProofs).map((text) => {
    const claims = readResult(keys, issuer, text);
    const id = claims && readObjectId(keys, 'chl', claims.txn);
    const isOwn = claims?.sub === prover.userId && claims.org === prover.organizationId && claims.aud[0] === clientId;
    if (!claims || !id || !isOwn || claims.purpose !== 'change-factors') throw new Problem('proof-invalid');
    return { challengeId: id.random, resultId: Buffer.from(claims.jti, 'base64url') };
  });
}

/**
 * The same from a hosted page, where no result ever comes: the challenge is named, and what was approved stands in the person's own
 * state. Undefined for one that is another person's, another client's, or was made for something else.
 */
export function proofOfChallenge(keys: KeyRing, { state, userKey }: { readonly state: UserState; readonly userKey: string }, clientId: string, challengeIdText: string): Proof | undefined {
  const id = readObjectId(keys, 'chl', challengeIdText);
  const challenge = id?.userKey === userKey ? findChallenge(state, id.random) : undefined;
  const isOwn = challenge?.purpose === 'change-factors' && challenge.clientId === clientId;
  return isOwn && challenge.approval ? { challengeId: challenge.id, resultId: challenge.approval.resultId } : undefined;
}

const strongest = (factors: readonly Factor[]): Strength | undefined =>
  strengths.findLast((strength) => factors.some((factor) => rowOf(factor)?.strength === strength));

/** In use, or shut after too many wrong answers: guessing at a strong factor must not make a weak one enough. */
const counts = (factor: Factor): boolean => isAskedFor(factor) || (factor.status === 'disabled' && !isBackup(factor));

/** What a change takes: the strongest factor that the person has; undefined when there is none yet. */
export function neededStrength(state: UserState): Strength | undefined {
  return strongest(state.factors.filter(counts));
}

/**
 * Row 4.3: whoever gives up codes by mail shows that the mailbox is theirs, beside the strongest factor that they have.
 * Not where no code reaches them any more, nor for an administrator, who has proved himself elsewhere.
 */
export function needMailedProof(state: UserState, factor: Factor, { proofs, isProvedElsewhere }: { proofs: readonly Proof[]; isProvedElsewhere: boolean }): void {
  if (factor.kind !== 'email' || !counts(factor) || factor.unreachable || isProvedElsewhere) return;
  const isShown = proofs.some(({ challengeId }) => findChallenge(state, challengeId)?.approval?.strength === 'low');
  if (!isShown) throw new Problem('proof-required', { detail: 'This change needs a code by mail as well (POST …/email-verification).' });
}

export interface Spent {
  readonly state: UserState;
  readonly strength: Strength;
}

/** The state with the proofs spent; throws unless every one is good and one of them is strong enough. */
export function spendProofs(state: UserState, proofs: readonly Proof[], needed: Strength, policy: Policy): Spent {
  if (proofs.length === 0) throw new Problem('proof-required');
  let spent = state;
  const shown: Strength[] = [];
  for (const { challengeId, resultId } of proofs) {
    const challenge = findChallenge(spent, challengeId);
    const approval = challenge?.approval;
    const isGood = approval !== undefined && isSameId(approval.resultId, resultId) && approval.redeemedAt === undefined;
    if (!challenge || !isGood || state.lastAt >= approval.at + proofLife) throw new Problem('proof-invalid');
    shown.push(approval.strength);
    spent = replaceChallenge(spent, { ...challenge, approval: { ...approval, redeemedAt: state.lastAt } });
  }
  const strength = strengths.findLast((each) => shown.includes(each)) ?? 'low';
  const enough = isStrongEnough(strength, needed) && isStrongEnough(strength, policy.minimumAcr);
  if (!enough) throw new Problem('proof-required', { detail: `This change needs a proof of strength ${needed}.` });
  return { state: spent, strength };
}
