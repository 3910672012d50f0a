/** Proving a factor by reaching the person: a challenge of our own, that is no sign-in and never gives a result. */
import { minute } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import { maximumPending } from '../user-state/caps.ts';
import { isSameId } from '../user-state/find.ts';
import { rowOf } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Challenge, ProvedPart, UserState } from '../user-state/user-state.ts';
import { takeStart } from './authority.ts';
import { kindOf } from './kinds/factor-kinds.ts';

const provingLife = 10 * minute;

export interface Proving {
  readonly clientId: string;
  /** The random part of the challenge's id. */
  readonly provingId: Uint8Array;
}

/** What of this factor has to be reached next; undefined for what nobody is reached by. */
export const partToProve = (factor: Factor): ProvedPart | undefined =>
  rowOf(factor)?.reachedBy === undefined ? undefined : kindOf(factor)?.unproved?.(factor);

/** Room for a challenge that we make ourselves counts like any other: the caps hold for everything. */
export function addProvingChallenge(before: UserState, factor: Factor, part: ProvedPart, { clientId, provingId }: Proving): UserState {
  const state = takeStart(before);
  const pending = state.challenges.filter(({ status }) => status === 'pending');
  if (pending.length >= maximumPending) throw new Problem('too-many-challenges', { retryAfterSeconds: 60 });
  const challenge: Challenge = {
    id: provingId,
    status: 'pending',
    clientId,
    audience: '',
    purpose: 'change-factors',
    firstFactor: 'password',
    proves: { factorId: factor.id, part },
    createdAt: state.lastAt,
    expiresAt: state.lastAt + provingLife,
  };
  return { ...state, challenges: [...state.challenges, challenge] };
}

const isOf = ({ status, proves }: Challenge, factorId: Uint8Array): boolean =>
  status === 'pending' && proves !== undefined && isSameId(proves.factorId, factorId);

/** The challenge by which this factor is being proved now: of this part, when one is named. */
export const provingChallenge = (state: UserState, factorId: Uint8Array, part?: ProvedPart): Challenge | undefined =>
  state.challenges.find((challenge) => isOf(challenge, factorId) && (part === undefined || challenge.proves?.part === part));

/** Challenges that were made to prove a part of this factor are over. */
export function cancelProving(state: UserState, factorId: Uint8Array): UserState {
  const challenges = state.challenges.map((challenge): Challenge =>
    isOf(challenge, factorId) ? { ...challenge, status: 'canceled', decidedAt: state.lastAt } : challenge,
  );
  return { ...state, challenges };
}

/** What was sent to a factor as it was: whoever answers it answers for nothing (X34). The sign-in goes on; it can be sent again. */
export function forgetSendings(state: UserState, factorId: Uint8Array): UserState {
  const challenges = state.challenges.map((challenge): Challenge => {
    const { sending, ...rest } = challenge;
    const isMeant = challenge.status === 'pending' && !challenge.proves && sending !== undefined && isSameId(sending.factorId, factorId);
    return isMeant ? rest : challenge;
  });
  return { ...state, challenges };
}
