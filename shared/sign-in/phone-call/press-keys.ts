/** What somebody keyed on the telephone, decided while they wait on the line. Connect may ask the same thing three times. */
import { callUpdate, type CallUpdate } from '../../delivery/call-record.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { commit, type CommitDependencies } from '../../user-state/commit.ts';
import { withoutLicense } from '../without-license.ts';
import type { RequestContext } from '../../user-state/event-item.ts';
import { findFactor } from '../../user-state/find.ts';
import { findReceipt, markRequest } from '../../user-state/receipts.ts';
import { decideAnswering, recallAnswer } from '../answering.ts';
import type { AnswerOutcome } from '../outcomes.ts';
import { readCallSubject, type CallSubject } from './call-subject.ts';

export interface KeysPressed {
  readonly challengeId: string;
  readonly contactId: string;
  readonly leg: number;
  /** Which of the flow's questions this answers: with the contact, the identity of the request. */
  readonly attempt: string;
  /** Digits, `#`, `9`; empty or `Timeout` for silence. */
  readonly keys: string;
}

/** What the flow says next. */
export type Spoken = 'approved' | 'again' | 'denied' | 'locked' | 'fraud';

function spokenOf(outcome: AnswerOutcome): Spoken {
  switch (outcome.status) {
    case 'approved':
    case 'locked':
      return outcome.status;
    case 'nothing':
    case 'pending':
      return 'again';
    case 'denied':
      return outcome.reason === 'fraud-reported' ? 'fraud' : 'denied';
    case 'over':
    case 'recovered':
    case 'refused':
      return 'denied';
  }
}

/** Only the contact that we placed for this very leg may answer for it (A81). */
function isOwnContact({ call }: CallSubject, { contactId, leg }: KeysPressed): boolean {
  if (call.leg !== leg || call.legClosed || call.done) return false;
  // The call is answered before its id was written down: asked again in a moment, it will be.
  if (call.contactId === undefined) throw new Problem('unavailable', { retryAfterSeconds: 1 });
  return call.contactId === contactId;
}

/**
 * The outcome of the leg, written where its workflow is waiting, in the transaction that decides. That the call has
 * ended meanwhile changes nothing: an answer counts until the leg is closed, however fast somebody hung up.
 */
function callWrite(subject: CallSubject, { leg, contactId }: KeysPressed, outcome: AnswerOutcome): CallUpdate {
  const ends = outcome.status !== 'pending';
  return {
    set: { state: 'answered', keyed: true, ...(ends ? { legOutcome: spokenOf(outcome) } : {}) },
    when: { leg, send: subject.call.send, legClosed: false, contactId },
  };
}

/** It was the right answer: no attempt is spent, and nobody is called again. */
const endWithoutAttempt = (deps: CommitDependencies, { call: { leg, send }, partition }: CallSubject): Promise<boolean> =>
  deps.table.update(callUpdate(partition, { set: { state: 'failed', legOutcome: 'failed' }, when: { leg, send, legClosed: false } }));

export async function pressKeys(deps: CommitDependencies, pressed: KeysPressed, requestId: string): Promise<Spoken> {
  const subject = await readCallSubject(deps, pressed.challengeId);
  if (!subject) return 'denied';
  const { challengeId, organization, call, home, state } = subject;
  const mark = markRequest(deps.keys, pressed.contactId, `${pressed.leg}/${pressed.attempt}`, [pressed.challengeId, pressed.keys]);
  // A question that is asked again has its answer, also when the leg has been closed since.
  const isAsked = findReceipt(state.receipts, mark) !== undefined;
  if (!isAsked && !isOwnContact(subject, pressed)) return 'denied';
  const context: RequestContext = { requestId, door: 'call', policyVersion: organization.policy.version };
  const about = { home, organization, state, context, mark };
  const factorIn = (read: typeof state) => findFactor(read, call.factorId);
  const answering = { challengeId, answer: pressed.keys, channel: 'call', call: { send: call.send, leg: pressed.leg }, factorIn } as const;
  const { outcome } = await commit<AnswerOutcome>(deps, {
    ...about,
    decide: decideAnswering(deps, about, answering),
    recall: recallAnswer(challengeId),
    also: (changed) => [{ Update: { TableName: deps.table.name, ...callUpdate(subject.partition, callWrite(subject, pressed, changed.outcome)) } }],
    refused: () => {
      throw new Problem('challenge-decided');
    },
  }).catch((error: unknown) => withoutLicense(error, () => endWithoutAttempt(deps, subject)));
  return spokenOf(outcome);
}
