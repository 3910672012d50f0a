/** Finding and replacing the parts of a user's state by their ids. */
import { sameBytes } from '../platform/crypto/keyed-hash.ts';
import { isBackup } from './methods.ts';
import type { Factor } from './factor.ts';
import type { Challenge, UserState } from './user-state.ts';

export const isSameId = sameBytes;

export const findChallenge = (state: UserState, id: Uint8Array): Challenge | undefined =>
  state.challenges.find((challenge) => isSameId(challenge.id, id));

export const findFactor = (state: UserState, id: Uint8Array): Factor | undefined =>
  state.factors.find((factor) => isSameId(factor.id, id));

/** What the person is asked for at a sign-in. */
export const isAskedFor = (factor: Factor): boolean => factor.status === 'active' && !isBackup(factor);

export const replaceChallenge = (state: UserState, changed: Challenge): UserState => ({
  ...state,
  challenges: state.challenges.map((challenge) => (isSameId(challenge.id, changed.id) ? changed : challenge)),
});

export const replaceFactor = (state: UserState, changed: Factor): UserState => ({
  ...state,
  factors: state.factors.map((factor) => (isSameId(factor.id, changed.id) ? changed : factor)),
});
