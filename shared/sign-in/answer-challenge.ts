/** Answers a challenge with what the person typed. The outcome is revealed only after it has been written down. */
import { Problem } from '../platform/problems/problem.ts';
import { openUserKey } from '../users/user-keys.ts';
import { commit } from '../user-state/commit.ts';
import { findChallenge } from '../user-state/find.ts';
import type { Receipt } from '../user-state/receipts.ts';
import { kindOf } from '../factors/kinds/factor-kinds.ts';
import type { AnswerDoor, Verdict } from '../factors/kinds/factor-kind.ts';
import type { Change } from '../user-state/commit.ts';
import type { Decision } from '../user-state/decision.ts';
import type { Factor, UserState } from '../user-state/user-state.ts';
import { viewChallenge, type ChallengeView } from './challenge-view.ts';
import { decideAnswer, type CallPlace } from './decide-answer.ts';
import type { AnswerOutcome } from './outcomes.ts';
import { needChallenge, throwRefused, type About, type SignInDependencies } from './sign-in-dependencies.ts';
import { factorForAnswer } from './start-challenge.ts';

export interface Answering {
  readonly challengeId: Uint8Array;
  readonly answer: string;
  readonly door: AnswerDoor;
  readonly call?: CallPlace;
  /** Found again in every state that is decided on. */
  factorIn(state: UserState): Factor | undefined;
}

/** One for every door: what is decided, with the verdict taken from the very state that it is decided on. */
export function decideAnswering(deps: SignInDependencies, about: About, answering: Answering): Change<AnswerOutcome>['decide'] {
  const resultId = deps.random.bytes(16);
  const { challengeId, answer, door, call } = answering;
  return (state, now): Decision<AnswerOutcome> => {
    const factor = answering.factorIn(state);
    const kind = factor && kindOf(factor);
    const challenge = findChallenge(state, challengeId);
    const isOpen = factor !== undefined && challenge?.status === 'pending' && kind?.door === door;
    const userKey = () => openUserKey(deps.keys, about.organization, state);
    const verdict: Verdict = isOpen ? kind.verify(factor, { answer, now, state, challenge, keys: deps.keys, userKey }) : { is: 'nothing' };
    const factorId = factor?.id ?? new Uint8Array();
    const { policy } = about.organization;
    return decideAnswer(state, { challengeId, factorId, verdict, door, policy, resultId, ...(call ? { call } : {}) }, now);
  };
}

export function recallAnswer(challengeId: Uint8Array): (receipt: Receipt) => AnswerOutcome {
  return ({ outcome, answersLeft }) => {
    if (outcome === 'approved') return { status: 'approved', challengeId };
    if (outcome === 'wrong-answer') return { status: 'pending', reason: 'wrong-answer', challengeId, answersLeft };
    if (outcome === 'fraud-reported') return { status: 'denied', reason: outcome, challengeId };
    if (outcome === 'locked' || outcome === 'denied') return { status: outcome, reason: 'wrong-answer', challengeId, answersLeft };
    return { status: 'over', challengeId };
  };
}

export interface AnswerInput {
  readonly clientId: string;
  readonly challengeId: Uint8Array;
  readonly factorId?: string | undefined;
  readonly answer: string;
}

export async function answerChallenge(deps: SignInDependencies, about: About, input: AnswerInput): Promise<ChallengeView> {
  const { challengeId, answer, clientId } = input;
  needChallenge(about.state, challengeId, clientId);
  const factorIn = (state: UserState) => factorForAnswer(deps.keys, about, state, input.factorId);
  const decide = decideAnswering(deps, about, { challengeId, answer, door: 'api', factorIn });
  const { outcome, state } = await commit(deps, { ...about, decide, recall: recallAnswer(challengeId) });
  if (outcome.status === 'refused') return throwRefused(outcome);
  const view = viewChallenge(deps, { ...about, state, now: deps.clock.now() }, challengeId);
  if (!view) throw new Problem('not-found');
  // Only the request that approved it is told so; any other finds it decided, and may read it like anyone who may.
  if (outcome.status === 'over' && view.status === 'approved') throw new Problem('challenge-decided');
  const isWrong = 'reason' in outcome && view.reason === undefined;
  const answersLeft = 'answersLeft' in outcome ? outcome.answersLeft : undefined;
  return { ...view, ...(isWrong ? { reason: outcome.reason } : {}), ...(answersLeft === undefined ? {} : { answersLeft }) };
}
