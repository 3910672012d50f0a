/** A challenge as its client may see it: status, reason, what can be done next; never a code, a PIN or a whole number. */
import { toTimestamp } from '../platform/clock.ts';
import { writeObjectId, type HomeKeys } from '../platform/object-id.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { isMessage, type SendRecord } from '../delivery/message-record.ts';
import { kindOf, usableFactors } from '../factors/kinds/factor-kinds.ts';
import { factorChoice, type FactorChoice } from '../factors/factor-views.ts';
import type { Organization } from '../organizations/organization.ts';
import { claimsOf, writeResult } from '../results/result.ts';
import { pushLife } from '../user-state/caps.ts';
import { untilReviewed, wrongAnswersPerChallenge } from '../user-state/failures.ts';
import { findChallenge, findFactor } from '../user-state/find.ts';
import { rowOf, type Carrier } from '../user-state/methods.ts';
import { settle } from '../user-state/settle.ts';
import type { Challenge, Sending, UserState } from '../user-state/user-state.ts';
import { legsPerCall } from './decide-leg-end.ts';
import { mayConfirm } from './may-confirm.ts';

export interface ProgressView {
  readonly factorId: string;
  /** Which of the calls it is; a message is sent once. */
  readonly attempt?: number;
  readonly of?: number;
  readonly state: string;
  readonly reason?: string;
  readonly show?: string;
}

export interface ChallengeView {
  readonly challengeId: string;
  readonly status: string;
  readonly reason?: string;
  readonly answersLeft?: number;
  readonly lockedUntil?: string;
  readonly factors: readonly FactorChoice[];
  readonly progress?: ProgressView;
  readonly result?: string;
  readonly expiresAt: string;
}

export interface ViewDependencies {
  readonly keys: KeyRing;
  readonly issuer: string;
}

export interface Viewed {
  readonly home: HomeKeys;
  readonly organization: Organization;
  /** As read or committed: settled here, so that time counts. */
  readonly state: UserState;
  readonly now: number;
  readonly record?: SendRecord | undefined;
}

export const challengeIdOf = (keys: KeyRing, home: HomeKeys, random: Uint8Array): string => writeObjectId(keys, 'chl', { ...home, random });

/** How far the latest send has come; the record of an earlier one has nothing more to say. */
function stateOf({ send }: Sending, carrier: Carrier | undefined, { record, state: { pushes }, now }: Viewed): Omit<ProgressView, 'factorId'> {
  const current = record?.send === send ? record : undefined;
  if (carrier === 'call') {
    const call = current && !isMessage(current) ? current : undefined;
    return { attempt: Math.max(1, call?.leg ?? 1), of: legsPerCall, state: call?.state ?? 'queued' };
  }
  const message = current && isMessage(current) ? current : undefined;
  if (carrier === 'push' && now >= (pushes?.at ?? 0) + pushLife) return { state: 'no-answer' };
  return { state: message?.state ?? 'sent', ...(message?.reason === undefined ? {} : { reason: message.reason }) };
}

function progressOf(keys: KeyRing, viewed: Viewed, { sending, status }: Challenge): ProgressView | undefined {
  const { home, state } = viewed;
  const factor = sending && findFactor(state, sending.factorId);
  if (!sending || !factor || status !== 'pending') return undefined;
  return {
    factorId: writeObjectId(keys, 'fac', { ...home, random: sending.factorId }),
    ...stateOf(sending, rowOf(factor)?.reachedBy, viewed),
    ...(sending.show === undefined ? {} : { show: sending.show }),
  };
}

function statusOf(challenge: Challenge): string {
  if (challenge.status !== 'pending' || !challenge.setUp) return challenge.status;
  return challenge.setUp === 'offered' ? 'not-required' : 'enrollment-required';
}

const lockOf = (state: UserState): { lockedUntil?: string } =>
  state.lock && state.lock.until !== untilReviewed ? { lockedUntil: toTimestamp(state.lock.until) } : {};

export function viewChallenge(deps: ViewDependencies, viewed: Viewed, challengeRandom: Uint8Array): ChallengeView | undefined {
  const { home, organization } = viewed;
  const { state } = settle(viewed.state, viewed.now);
  const challenge = findChallenge(state, challengeRandom);
  if (!challenge) return undefined;
  const challengeId = challengeIdOf(deps.keys, home, challenge.id);
  const isPending = challenge.status === 'pending';
  const claims = claimsOf(deps.issuer, challengeId, state, challenge, viewed.now);
  const progress = progressOf(deps.keys, { ...viewed, state }, challenge);
  const { policy } = organization;
  const answersLeft = Math.min(policy.lockout.failures - (state.failures ?? 0), wrongAnswersPerChallenge - (challenge.wrongAnswers ?? 0));
  return {
    challengeId,
    status: statusOf(challenge),
    ...(challenge.reason === undefined ? {} : { reason: challenge.reason }),
    ...(isPending && (state.failures ?? 0) > 0 ? { answersLeft } : {}),
    ...(challenge.status === 'locked' ? lockOf(state) : {}),
    factors: isPending ? choicesOf(deps.keys, viewed, challenge) : [],
    ...(progress === undefined ? {} : { progress }),
    ...(claims === undefined ? {} : { result: writeResult(deps.keys, claims) }),
    expiresAt: toTimestamp(challenge.expiresAt),
  };
}

function choicesOf(keys: KeyRing, { home, organization, state }: Viewed, challenge: Challenge): FactorChoice[] {
  return usableFactors(state.factors, organization.policy)
    .filter((factor) => mayConfirm(challenge, factor, organization.policy))
    .map((factor) => ({
      ...factorChoice(keys, organization, home, state, factor),
      ...kindOf(factor)?.ask?.(factor, { challenge, keys, policy: organization.policy }),
    }));
}

/** For a start that was decided without anything to keep. */
export function viewUnkept(keys: KeyRing, viewed: Viewed, challengeRandom: Uint8Array, status: string, reason?: string): ChallengeView {
  return {
    challengeId: challengeIdOf(keys, viewed.home, challengeRandom),
    status,
    ...(reason === undefined ? {} : { reason }),
    ...(status === 'locked' ? lockOf(viewed.state) : {}),
    factors: [],
    expiresAt: toTimestamp(viewed.now),
  };
}
