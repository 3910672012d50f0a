/** Answering a challenge, through whichever door: the checks that come before the judgment. */
import type { Policy } from '../policy/policy.ts';
import type { Decision } from '../user-state/decision.ts';
import { findChallenge, findFactor, isSameId } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import { rowOf, type Channel } from '../user-state/methods.ts';
import type { Challenge, UserState } from '../user-state/user-state.ts';
import type { Verdict } from '../factors/kinds/factor-kind.ts';
import { judge } from './judge.ts';
import type { AnswerOutcome } from './outcomes.ts';

/** The call or the text that was answered: which send of the challenge, and which leg of a call. */
export interface CallPlace {
  readonly send: number;
  readonly leg?: number;
}

export interface AnswerCommand {
  readonly challengeId: Uint8Array;
  readonly factorId: Uint8Array;
  readonly verdict: Verdict;
  readonly channel: Channel;
  readonly policy: Policy;
  readonly resultId: Uint8Array;
  readonly call?: CallPlace;
}

const refuse = (command: AnswerCommand, outcome: AnswerOutcome, reason: string): Decision<AnswerOutcome> => ({
  outcome,
  refusal: { kind: 'answer-refused', challengeId: command.challengeId, detail: { reason, channel: command.channel } },
});

/** A call or a text to what the factor was before it was changed, or of an earlier send, is not this challenge's any more (X34). */
const isCalling = ({ sending }: Challenge, factorId: Uint8Array, { send }: CallPlace): boolean =>
  sending?.send === send && isSameId(sending.factorId, factorId);

export function decideAnswer(read: UserState, command: AnswerCommand, now: number): Decision<AnswerOutcome> {
  const { state, events } = settle(read, now);
  const { challengeId } = command;
  const challenge = findChallenge(state, challengeId);
  if (!challenge || challenge.status !== 'pending') return refuse(command, { status: 'over', challengeId }, challenge?.status ?? 'gone');
  if (state.suspendedAt !== undefined) return refuse(command, { status: 'over', challengeId }, 'suspended');
  if (state.lock) return refuse(command, { status: 'over', challengeId }, 'locked');
  const { verdict, policy, resultId, call } = command;
  if (call && !isCalling(challenge, command.factorId, call)) return refuse(command, { status: 'over', challengeId }, 'call-superseded');
  const factor = findFactor(state, command.factorId);
  if (!factor) return refuse(command, { status: 'refused', problem: 'factor-not-usable' }, 'factor-not-usable');
  if (rowOf(factor)?.answeredBy !== command.channel) return refuse(command, { status: 'refused', problem: 'wrong-channel' }, 'wrong-channel');
  const decision = judge(state, { challenge, factor, verdict, policy, resultId, ...(call?.leg === undefined ? {} : { leg: call.leg }) });
  return 'next' in decision ? { ...decision, events: [...decision.events, ...events] } : decision;
}
