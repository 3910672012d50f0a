/** Ends a leg: an attempt is spent if nobody confirmed, and the call goes on or is done. */
import { callUpdate } from '../../delivery/call-record.ts';
import { commit, type CommitDependencies } from '../../user-state/commit.ts';
import { markRequest } from '../../user-state/receipts.ts';
import { decideLegEnd, type LegEndOutcome } from '../decide-leg-end.ts';
import { readCallSubject, type CallSubject } from './call-subject.ts';

/** Reached nobody: what the carrier said, or silence on a line where nobody pressed a key. */
function howItEnded({ call }: CallSubject): string {
  if (call.legOutcome === 'failed' || call.state === 'busy' || call.state === 'no-answer') return call.legOutcome === 'failed' ? 'failed' : call.state;
  if (call.state === 'answered') return call.keyed ? 'hung-up' : 'no-key';
  return 'no-answer';
}

async function closeLeg(deps: CommitDependencies, subject: CallSubject, leg: number, { next }: LegEndOutcome, ended: string): Promise<void> {
  const { call, partition } = subject;
  const reachedNobody = !call.keyed && ended !== 'failed';
  const state = ended === 'no-answer' || ended === 'no-key' ? ('no-answer' as const) : call.state;
  const set = { legClosed: true, state, unanswered: call.unanswered + (reachedNobody ? 1 : 0), done: next === 'done' };
  await deps.table.update(callUpdate(partition, { set, remove: ['taskToken'], when: { leg, send: call.send, legClosed: false } }));
}

async function decide(deps: CommitDependencies, subject: CallSubject, leg: number, ended: string, requestId: string): Promise<LegEndOutcome> {
  const { home, state, call, organization } = subject;
  const { outcome } = await commit<LegEndOutcome>(deps, {
    home,
    state,
    context: { requestId, door: 'workflow', policyVersion: organization.policy.version },
    mark: markRequest(deps.keys, 'workflow', `${call.challengeId}/${call.send}/${leg}`, [String(leg)]),
    decide: (read, now) => decideLegEnd(read, { challengeId: subject.challengeId, send: call.send, leg, ended, policy: organization.policy }, now),
    recall: ({ answersLeft }) => ({ next: answersLeft > 0 ? 'again' : 'done' }),
  });
  return outcome;
}

export async function endLeg(deps: CommitDependencies, challengeId: string, leg: number, requestId: string): Promise<LegEndOutcome> {
  const subject = await readCallSubject(deps, challengeId);
  if (!subject || subject.call.done || subject.call.leg !== leg) return { next: 'done' };
  if (subject.call.legClosed) return { next: 'again' };
  const ended = howItEnded(subject);
  const outcome = await decide(deps, subject, leg, ended, requestId);
  await closeLeg(deps, subject, leg, outcome, ended);
  return outcome;
}

/** Our side failed: no attempt is spent, nobody waits any longer, and another send may follow. */
export async function failCall(deps: CommitDependencies, challengeId: string, requestId: string): Promise<LegEndOutcome> {
  const subject = await readCallSubject(deps, challengeId);
  if (!subject || subject.call.done) return { next: 'done' };
  const { leg, send, legClosed } = subject.call;
  await decide(deps, subject, leg, 'failed', requestId);
  const set = { state: 'failed', legClosed: true, done: true } as const;
  await deps.table.update(callUpdate(subject.partition, { set, remove: ['taskToken'], when: { leg, send, legClosed } }));
  return { next: 'done' };
}
