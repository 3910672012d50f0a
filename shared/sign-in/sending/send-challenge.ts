/** Sends for a challenge, by the carrier of its factor: decided and paid for in one transaction, and on its way only then. */
import { callPartition } from '../../delivery/call-record.ts';
import { fromSendItem } from '../../delivery/message-record.ts';
import type { Attributes } from '../../platform/dynamo/attributes.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { commit } from '../../user-state/commit.ts';
import { findChallenge, findFactor } from '../../user-state/find.ts';
import { rowOf } from '../../user-state/methods.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { challengeIdOf, viewChallenge, type ChallengeView } from '../challenge-view.ts';
import { decideSend } from '../decide-send.ts';
import type { SendOutcome } from '../outcomes.ts';
import { throwRefused, type About, type SignInDependencies } from '../sign-in-dependencies.ts';
import type { Prepared, Senders, SendSubject } from './sender.ts';

export interface SendDependencies extends SignInDependencies {
  readonly senders: Senders;
}

export interface SendInput {
  readonly challengeId: Uint8Array;
  readonly factorId: Uint8Array;
  /** The record of the latest send, as the one read found it. */
  readonly sendItem: Attributes | undefined;
}

const sendOf = (state: UserState, challengeId: Uint8Array): number | undefined => findChallenge(state, challengeId)?.sending?.send;

/** The same request once more: what it sent is on its way, and is not sent again. */
function recallSend(state: UserState, challengeId: Uint8Array): SendOutcome {
  return { status: sendOf(state, challengeId) ? 'under-way' : 'over', challengeId };
}

async function commitSend({ deps, about, challengeId, factorId }: SendSubject, prepared: Prepared): Promise<{ outcome: SendOutcome; state: UserState }> {
  const { policy } = about.organization;
  return commit<SendOutcome>(deps, {
    ...about,
    decide: (read, now) => {
      const factor = findFactor(read, factorId);
      const cost = (send: number) => prepared.cost?.(read, send).amount;
      const keep = (send: number) => (factor ? prepared.keep(factor, send) : {});
      return decideSend(read, { challengeId, factorId, policy, isUnderWay: prepared.isUnderWay, keep, cost }, now);
    },
    recall: (_receipt, state) => recallSend(state, challengeId),
    also: ({ outcome, next }) => (outcome.status === 'sent' ? prepared.also(next, outcome.send) : []),
    refused: (position) => {
      prepared.refused(position);
    },
  });
}

function prepare(deps: SendDependencies, about: About, { challengeId, factorId, sendItem }: SendInput): { subject: SendSubject; prepared: Prepared } {
  const factor = findFactor(about.state, factorId);
  const carrier = factor && rowOf(factor)?.reachedBy;
  const sender = carrier && deps.senders[carrier];
  if (!sender) throw new Problem('factor-not-usable', { detail: 'This installation cannot reach anybody by this factor.' });
  const subject: SendSubject = {
    deps, about, challengeId, factorId,
    challengeName: challengeIdOf(deps.keys, about.home, challengeId),
    partition: callPartition(challengeId),
    record: fromSendItem(sendItem),
  };
  return { subject, prepared: sender.prepare(subject) };
}

export async function sendChallenge(deps: SendDependencies, about: About, input: SendInput): Promise<ChallengeView> {
  const { challengeId } = input;
  const { subject, prepared } = prepare(deps, about, input);
  const { outcome, state } = await commitSend(subject, prepared);
  if (outcome.status === 'refused') return throwRefused(outcome);
  const send = sendOf(state, challengeId);
  const isSending = outcome.status !== 'over' && send !== undefined;
  const record = isSending ? await prepared.start(state, send, outcome.status === 'under-way') : undefined;
  const view = viewChallenge(deps, { ...about, state, record, now: deps.clock.now() }, challengeId);
  if (!view) throw new Problem('not-found');
  return view;
}
