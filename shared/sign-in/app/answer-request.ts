/** What a person decided in the app, signed by the device: for one challenge and one send of it, and for no other (A25, I7). */
import { appAnswer, type AppDecision } from '../../factors/kinds/app.ts';
import { readObjectId } from '../../platform/object-id.ts';
import { commit, type CommitDependencies } from '../../user-state/commit.ts';
import { findFactor } from '../../user-state/find.ts';
import type { Factor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { decideAnswering, recallAnswer } from '../answering.ts';
import type { AnswerOutcome } from '../outcomes.ts';
import type { AdmittedDevice } from './admit-device.ts';

export interface AppAnswer {
  readonly challengeId: string;
  readonly send: number;
  readonly decision: AppDecision;
  readonly pin?: string | undefined;
  readonly number?: string | undefined;
}

/** What the app says next. */
export interface AppAnswered {
  readonly outcome: 'approved' | 'declined' | 'fraud-reported' | 'wrong-answer' | 'denied' | 'locked' | 'over';
  readonly answersLeft?: number;
}

function answeredOf(outcome: AnswerOutcome): AppAnswered {
  switch (outcome.status) {
    case 'approved':
    case 'locked':
      return { outcome: outcome.status };
    case 'pending':
      return { outcome: 'wrong-answer', ...(outcome.answersLeft === undefined ? {} : { answersLeft: outcome.answersLeft }) };
    case 'denied':
      return { outcome: outcome.reason === 'declined' || outcome.reason === 'fraud-reported' ? outcome.reason : 'denied' };
    case 'nothing':
    case 'over':
    case 'recovered':
    case 'refused':
      return { outcome: 'over' };
  }
}

export async function answerRequest(deps: CommitDependencies, device: AdmittedDevice, answer: AppAnswer): Promise<AppAnswered> {
  const { home, organization, state, context, mark, factorId } = device;
  const id = readObjectId(deps.keys, 'chl', answer.challengeId);
  // Another person's challenge is one that this device was never asked about.
  if (id?.userKey !== home.userKey || id.organizationKey !== home.organizationKey) return { outcome: 'over' };
  const about = { home, organization, state, context, mark };
  const factorIn = (read: UserState): Factor | undefined => findFactor(read, factorId);
  const typed = answer.pin ?? answer.number;
  const answering = { challengeId: id.random, answer: appAnswer(answer.decision, typed), channel: 'app', call: { send: answer.send }, factorIn } as const;
  const { outcome } = await commit(deps, { ...about, decide: decideAnswering(deps, about, answering), recall: recallAnswer(id.random) });
  return answeredOf(outcome);
}
