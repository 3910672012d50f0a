/** One answer to one challenge, judged: the reducer that every door ends in, and the only one that approves. */
import type { Policy } from '../policy/policy.ts';
import { approveChallenge, clearFailures } from '../user-state/approval.ts';
import { arePushesUsedUp } from '../user-state/caps.ts';
import type { Changed, Decision, DecisionEvent } from '../user-state/decision.ts';
import { countFailure, lockedEvent, lockUser, untilReviewed, wrongAnswersPerChallenge, wrongAnswersPerMailedCode } from '../user-state/failures.ts';
import { isSameId, replaceChallenge } from '../user-state/find.ts';
import { isBackup, methodOf, rowOf } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Challenge, Lock, UserState } from '../user-state/user-state.ts';
import { kindOf } from '../factors/kinds/factor-kinds.ts';
import type { Verdict } from '../factors/kinds/factor-kind.ts';
import { activateProved, approvalBy } from '../factors/activate-factor.ts';
import { longChallengeLife } from './challenge-life.ts';
import { mayConfirm } from './may-confirm.ts';
import type { AnswerOutcome } from './outcomes.ts';

export interface Judged {
  readonly challenge: Challenge;
  readonly factor: Factor;
  readonly verdict: Verdict;
  readonly policy: Policy;
  /** Made by the caller: the state is not where randomness comes from. */
  readonly resultId: Uint8Array;
  /** Which leg of a call it came in by. */
  readonly leg?: number;
}

type Facts = Pick<DecisionEvent, 'challengeId' | 'factorId'> & { detail: { verdict: string; method: string; leg?: number } };

function factsOf({ challenge, factor, verdict, leg }: Judged): Facts {
  return { challengeId: challenge.id, factorId: factor.id, detail: { verdict: verdict.is, method: methodOf(factor), ...(leg === undefined ? {} : { leg }) } };
}

/** Row 4.2: the key is used up, and the challenge goes on as one that waits for a new factor, whatever else there is. */
function recovered(state: UserState, { challenge, factor }: Judged, facts: Facts): Changed<AnswerOutcome> {
  const factors = state.factors.filter(({ id }) => !isSameId(id, factor.id));
  const next = replaceChallenge({ ...state, factors }, { ...challenge, setUp: 'recovered', expiresAt: state.lastAt + longChallengeLife });
  return {
    outcome: { status: 'recovered', challengeId: challenge.id },
    next,
    events: [{ kind: 'recovery-key-used', ...facts, notice: 'recovery-key-used' }],
    receipt: { outcome: 'recovered', about: challenge.id },
  };
}

function approved(state: UserState, judged: Judged, facts: Facts): Changed<AnswerOutcome> {
  const { challenge, factor, policy, resultId } = judged;
  const kind = kindOf(factor);
  if (!kind || judged.verdict.is !== 'right') throw new Error('only a right answer of a known kind approves');
  const accepted = kind.accept(factor, judged.verdict);
  if (isBackup(factor)) return recovered(state, judged, facts);
  if (!accepted) throw new Error('only what leads to a set-up is used up');
  const decided = { outcome: { status: 'approved', challengeId: challenge.id }, receipt: { outcome: 'approved', about: challenge.id } } as const;
  if (challenge.proves) {
    const proved = activateProved(state, accepted, challenge, resultId);
    return { ...decided, next: proved.state, events: [{ kind: 'factor-proved', ...facts }, ...proved.events] };
  }
  const approval = approvalBy(accepted, challenge, resultId, state.lastAt);
  const detail = { ...facts.detail, policy: policy.version, strength: approval.strength };
  return {
    ...decided,
    next: approveChallenge(clearFailures(state, accepted), challenge, approval),
    events: [{ kind: 'challenge-approved', ...facts, detail }],
  };
}

/** A mailed code that permits a change is longer, and may be missed less often (D15). */
const mostWrongOf = ({ challenge, factor }: Judged): number =>
  rowOf(factor)?.reachedBy === 'mail' && challenge.purpose !== 'sign-in' ? wrongAnswersPerMailedCode : wrongAnswersPerChallenge;

function wrong(state: UserState, judged: Judged, facts: Facts): Changed<AnswerOutcome> {
  const { challenge, factor, leg } = judged;
  const counted = leg === undefined || !challenge.sending ? state : replaceChallenge(state, { ...challenge, sending: { ...challenge.sending, countedLeg: leg } });
  const { wrongPin = false, ends = false } = judged.verdict.is === 'wrong' ? judged.verdict : {};
  const mostWrong = mostWrongOf(judged);
  const failure = countFailure(counted, judged.policy.lockout, { challengeId: challenge.id, factorId: factor.id, wrongPin, ends, mostWrong });
  const isDead = ends || (challenge.wrongAnswers ?? 0) + 1 >= mostWrong;
  const status = failure.isLocked ? 'locked' : isDead ? 'denied' : 'pending';
  return {
    outcome: { status, reason: 'wrong-answer', challengeId: challenge.id, answersLeft: failure.answersLeft },
    next: failure.state,
    events: [{ kind: 'answer-wrong', ...facts, ...(challenge.proves ? {} : { notice: 'wrong-answer' }) }, ...failure.events],
    receipt: { outcome: failure.isLocked ? 'locked' : isDead ? 'denied' : 'wrong-answer', about: challenge.id, answersLeft: failure.answersLeft },
  };
}

function fraud(state: UserState, { challenge }: Judged, facts: Facts): Changed<AnswerOutcome> {
  const denied = replaceChallenge(state, { ...challenge, status: 'denied', reason: 'fraud-reported', decidedAt: state.lastAt });
  const outcome = { status: 'denied', reason: 'fraud-reported', challengeId: challenge.id } as const;
  const receipt = { outcome: 'fraud-reported', about: challenge.id } as const;
  // Whoever proposed a number can answer it as well: that says nothing about the owner, who is not locked out by it.
  if (challenge.proves) return { outcome, next: denied, events: [{ kind: 'number-refused', ...facts }], receipt };
  const lock: Lock = { until: untilReviewed, reason: 'fraud-reported' };
  return {
    outcome,
    next: lockUser(denied, lock),
    events: [{ kind: 'fraud-reported', ...facts, notice: 'fraud-reported' }, lockedEvent(denied, lock)],
    receipt,
  };
}

/** It is no failure of the person's: it ends the challenge, and stays among the pushes that were not approved (D19). */
function declined(state: UserState, { challenge }: Judged, facts: Facts): Changed<AnswerOutcome> {
  const next = replaceChallenge(state, { ...challenge, status: 'denied', reason: 'declined', decidedAt: state.lastAt });
  // Somebody keeps asking, who knows the first factor.
  const notice = arePushesUsedUp(state.pushes) ? { notice: 'push-paused' } : {};
  return {
    outcome: { status: 'denied', reason: 'declined', challengeId: challenge.id },
    next,
    events: [{ kind: 'challenge-declined', ...facts, ...notice }],
    receipt: { outcome: 'declined', about: challenge.id },
  };
}

/** `state` is settled, the user neither locked nor suspended, the challenge pending: the caller has seen to that. */
export function judge(state: UserState, judged: Judged): Decision<AnswerOutcome> {
  const facts = factsOf(judged);
  if (!mayConfirm(judged.challenge, judged.factor, judged.policy)) {
    const { verdict: _uncounted, ...detail } = facts.detail;
    return { outcome: { status: 'refused', problem: 'factor-not-usable' }, refusal: { kind: 'answer-refused', ...facts, detail } };
  }
  switch (judged.verdict.is) {
    case 'right':
      return approved(state, judged, facts);
    case 'wrong':
      return wrong(state, judged, facts);
    case 'fraud':
      return fraud(state, judged, facts);
    case 'declined':
      return declined(state, judged, facts);
    case 'unasked':
      return { outcome: { status: 'refused', problem: 'nothing-sent' }, refusal: { kind: 'answer-refused', ...facts } };
    case 'used':
      return { outcome: { status: 'refused', problem: 'answer-used' }, refusal: { kind: 'answer-refused', ...facts } };
    case 'nothing':
      return { outcome: { status: 'nothing' } };
  }
}
