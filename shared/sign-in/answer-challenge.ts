/** Answers a challenge with what the person typed. The outcome is revealed only after it has been written down. */
import { Problem } from '../platform/problems/problem.ts';
import { askVip } from '../factors/ask-vip.ts';
import { findChallenge } from '../user-state/find.ts';
import { commit } from '../user-state/commit.ts';
import type { Changed } from '../user-state/decision.ts';
import type { UserState } from '../user-state/user-state.ts';
import { decideAnswering, recallAnswer } from './answering.ts';
import { viewChallenge, type ChallengeView } from './challenge-view.ts';
import { factorForAnswer, factorMeant } from './factor-for-answer.ts';
import type { AnswerOutcome } from './outcomes.ts';
import { needChallenge, throwRefused, type About, type SignInDependencies } from './sign-in-dependencies.ts';
import { usedTextWrites } from './used-text.ts';

export interface AnswerInput {
  readonly clientId: string;
  readonly challengeId: Uint8Array;
  readonly factorId?: string | undefined;
  readonly answer: string;
}

export async function answerChallenge(deps: SignInDependencies, about: About, input: AnswerInput): Promise<ChallengeView> {
  const { challengeId, answer, clientId } = input;
  needChallenge(about.state, challengeId, clientId);
  const factorIn = (state: UserState) => factorForAnswer(deps.keys, about, state, input);
  const isOpen = findChallenge(about.state, challengeId)?.status === 'pending';
  const remote = isOpen ? await askVip(deps, { ...about, factor: factorMeant(deps.keys, about, about.state, input), expects: 'active', answers: challengeId, answer }) : undefined;
  const decide = decideAnswering(deps, about, { challengeId, answer, channel: 'api', remote, factorIn });
  const also = (changed: Changed<AnswerOutcome>) => usedTextWrites(deps.table.name, challengeId, changed);
  const { outcome, state } = await commit(deps, { ...about, decide, recall: recallAnswer(challengeId), also });
  if (outcome.status === 'refused') return throwRefused(outcome);
  const view = viewChallenge(deps, { ...about, state, now: deps.clock.now() }, challengeId);
  if (!view) throw new Problem('not-found');
  // Only the request that approved it is told so; any other finds it decided, and may read it like anyone who may.
  if (outcome.status === 'over' && view.status === 'approved') throw new Problem('challenge-decided');
  const isWrong = 'reason' in outcome && view.reason === undefined;
  const answersLeft = 'answersLeft' in outcome ? outcome.answersLeft : undefined;
  return { ...view, ...(isWrong ? { reason: outcome.reason } : {}), ...(answersLeft === undefined ? {} : { answersLeft }) };
}
