/** Canceling a challenge: counted like a start, for it moves the version too. */
import { cancelProving } from '../factors/proving.ts';
import { countStart } from '../user-state/caps.ts';
import type { Decision } from '../user-state/decision.ts';
import { findChallenge, isSameId, replaceChallenge } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';
import type { PlainOutcome } from './outcomes.ts';

const isSetUpBy = ({ settingUp }: Challenge, { id, status }: Factor): boolean =>
  status === 'proving' && settingUp !== undefined && isSameId(settingUp, id);

/** What was being set up for it rested on it, and so did the call or the mail that was to prove it. */
function withoutSetUp(state: UserState, challenge: Challenge): UserState {
  const ended = challenge.settingUp ? cancelProving(state, challenge.settingUp) : state;
  return { ...ended, factors: ended.factors.filter((factor) => !isSetUpBy(challenge, factor)) };
}

export function decideCancel(read: UserState, challengeId: Uint8Array, now: number): Decision<PlainOutcome> {
  const { state, events } = settle(read, now);
  const challenge = findChallenge(state, challengeId);
  if (challenge?.status !== 'pending') return { outcome: { status: 'over', challengeId } };
  const starts = countStart(state.starts, state.lastAt);
  if ('waitFor' in starts) {
    const outcome = { status: 'refused', problem: 'too-many-challenges', waitFor: starts.waitFor } as const;
    return { outcome, refusal: { kind: 'cancel-refused', challengeId } };
  }
  return {
    outcome: { status: 'done', challengeId },
    next: replaceChallenge({ ...withoutSetUp(state, challenge), starts }, { ...challenge, status: 'canceled', decidedAt: state.lastAt }),
    events: [{ kind: 'challenge-canceled', challengeId }, ...events],
    receipt: { outcome: 'canceled', about: challengeId },
  };
}
