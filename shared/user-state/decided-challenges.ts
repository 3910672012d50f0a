/** What is remembered of challenges that are decided: as little as they can still be asked for, for the item has little room. */
import { day, minute } from '../platform/clock.ts';
import { isSameId } from './find.ts';
import type { Challenge, UserState } from './user-state.ts';

/** A result can be redeemed for 60 s (D17) and prove, for a change of factors or in the console, for 5 minutes (D23). */
export const resultLife = minute;
export const proofLife = 5 * minute;

/** As many as can be pending at once; first of all those with results that nobody has used yet. */
const keptDecided = 3;
const keptFresh = 2;
const decidedLife = day;

function isLive({ approval, purpose }: Challenge, now: number, restoredAt = -Infinity): boolean {
  const life = purpose === 'sign-in' ? resultLife : proofLife;
  return approval !== undefined && now < approval.at + life && approval.at > restoredAt;
}

/** A spent result is told from one that ran out for as long as it would have lived; of the rest nothing can be used any more. */
export function fade(challenge: Challenge, now: number, restoredAt: number | undefined): Challenge {
  if (challenge.status === 'pending') return challenge;
  const { methods: _methods, settingUp: _settingUp, setUp: _setUp, wrongAnswers: _wrong, sends: _sends, sending: _sending, mailed: _mailed, ...fresh } = challenge;
  const live = isLive(challenge, now, restoredAt);
  if (live && challenge.approval?.redeemedAt === undefined) return fresh;
  const { protects: _protects, nonce: _nonce, returnAddress: _address, ...spent } = fresh;
  if (live) return spent;
  const { approval: _approval, ...over } = spent;
  return over;
}

/** Whatever was approved and not used yet is worth nothing any more: what ended it may itself be over within the minute. */
export const withoutResults = (challenges: readonly Challenge[]): readonly Challenge[] =>
  challenges.map((challenge) => {
    if (challenge.approval === undefined || challenge.approval.redeemedAt !== undefined) return challenge;
    const { approval: _approval, ...rest } = challenge;
    return rest;
  });

const isFresh = ({ approval }: Challenge): boolean => approval !== undefined && approval.redeemedAt === undefined;

/**
 * The state as it is written: pending challenges always stay, decided ones as far as there is room; first of all the one
 * that this decision was about, for its caller is about to be told of it.
 */
export function keepChallenges(state: UserState, about: Uint8Array): UserState {
  const { lastAt, restoredAt } = state;
  const faded = state.challenges.map((challenge) => fade(challenge, lastAt, restoredAt));
  const decided = faded
    .filter(({ status, decidedAt = 0 }) => status !== 'pending' && lastAt - decidedAt < decidedLife)
    .sort((a, b) => Number(isSameId(b.id, about)) - Number(isSameId(a.id, about)) || (b.decidedAt ?? 0) - (a.decidedAt ?? 0));
  const fresh = decided.filter(isFresh).slice(0, keptFresh);
  const others = decided.filter((challenge) => !isFresh(challenge)).slice(0, keptDecided - fresh.length);
  const kept = new Set([...fresh, ...others]);
  return { ...state, challenges: faded.filter((challenge) => challenge.status === 'pending' || kept.has(challenge)) };
}
