/** An answer to a challenge, by whichever channel it came: decided on the verdict over the very state that is decided on. */
import type { RemoteVerdict } from '../factors/kinds/factor-kind.ts';
import { verifyAnswer } from '../factors/verify-answer.ts';
import { openUserKey } from '../users/user-keys.ts';
import type { Change, CommitDependencies } from '../user-state/commit.ts';
import type { Decision } from '../user-state/decision.ts';
import { findChallenge } from '../user-state/find.ts';
import type { Channel } from '../user-state/methods.ts';
import { withoutAsk } from '../user-state/open-asks.ts';
import type { Receipt } from '../user-state/receipts.ts';
import type { Factor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import { decideAnswer, type CallPlace } from './decide-answer.ts';
import type { AnswerOutcome } from './outcomes.ts';
import type { About } from './sign-in-dependencies.ts';

export interface Answering {
  readonly challengeId: Uint8Array;
  readonly answer: string;
  readonly channel: Channel;
  readonly remote?: RemoteVerdict | undefined;
  readonly call?: CallPlace;
  /** Found again in every state that is decided on. */
  factorIn(state: UserState): Factor | undefined;
}

export function decideAnswering(deps: CommitDependencies, about: About, answering: Answering): Change<AnswerOutcome>['decide'] {
  const resultId = deps.random.bytes(16);
  const { challengeId, answer, channel, remote, call } = answering;
  const { policy } = about.organization;
  return (state, now): Decision<AnswerOutcome> => {
    const factor = answering.factorIn(state);
    const challenge = findChallenge(state, challengeId);
    const userKey = () => openUserKey(deps.keys, about.organization, state);
    const isOpen = factor !== undefined && challenge?.status === 'pending';
    const verdict = isOpen ? verifyAnswer({ factor, answer, remote, channel, state, challenge, now, keys: deps.keys, policy, userKey }) : undefined;
    const command = { challengeId, factorId: factor?.id ?? new Uint8Array(), verdict: verdict ?? { is: 'nothing' }, channel, policy, resultId } as const;
    return withoutAsk(decideAnswer(state, { ...command, ...(call ? { call } : {}) }, now), remote?.ask);
  };
}

/** The outcome once more, for an answer that has been decided already. */
export function recallAnswer(challengeId: Uint8Array): (receipt: Receipt) => AnswerOutcome {
  return ({ outcome, answersLeft }) => {
    if (outcome === 'approved' || outcome === 'recovered') return { status: outcome, challengeId };
    if (outcome === 'wrong-answer') return { status: 'pending', reason: 'wrong-answer', challengeId, answersLeft };
    if (outcome === 'fraud-reported' || outcome === 'declined') return { status: 'denied', reason: outcome, challengeId };
    if (outcome === 'locked' || outcome === 'denied') return { status: outcome, reason: 'wrong-answer', challengeId, answersLeft };
    return { status: 'over', challengeId };
  };
}
