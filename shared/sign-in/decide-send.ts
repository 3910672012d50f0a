/** Sending for a challenge: a call, a text, a mail, a push. What it costs is checked in the same transaction. */
import type { Policy } from '../policy/policy.ts';
import type { Decision } from '../user-state/decision.ts';
import { findChallenge, findFactor, replaceChallenge } from '../user-state/find.ts';
import { methodOf, rowOf } from '../user-state/methods.ts';
import { settle } from '../user-state/settle.ts';
import type { Sending, UserState } from '../user-state/user-state.ts';
import { mayConfirm } from './may-confirm.ts';
import type { SendOutcome } from './outcomes.ts';
import { takeSend } from './take-send.ts';

/** The first and three more (D20). */
const sendsPerChallenge = 4;

/** What the answer will be compared with, made by the caller: the state is not where randomness comes from. */
export type Kept = Pick<Sending, 'show' | 'codeMac'>;

export interface SendCommand {
  readonly challengeId: Uint8Array;
  readonly factorId: Uint8Array;
  readonly policy: Policy;
  /** The call that this challenge started last is still going on. */
  readonly isUnderWay: boolean;
  /** For this send of the challenge, counted from 1. */
  keep(send: number): Kept;
  /** Millionths of a dollar; looked at only for a send that is made. */
  cost?(send: number): number | undefined;
}

export function decideSend(read: UserState, command: SendCommand, now: number): Decision<SendOutcome> {
  const { state, events } = settle(read, now);
  const { challengeId, factorId } = command;
  const refuse = (outcome: SendOutcome, reason: string): Decision<SendOutcome> => ({
    outcome,
    refusal: { kind: 'send-refused', challengeId, factorId, detail: { reason } },
  });
  const challenge = findChallenge(state, challengeId);
  if (challenge?.status !== 'pending' || state.suspendedAt !== undefined || state.lock) {
    return refuse({ status: 'over', challengeId }, challenge?.status ?? 'gone');
  }
  const factor = findFactor(state, factorId);
  if (!factor || rowOf(factor)?.reachedBy === undefined || !mayConfirm(challenge, factor, command.policy)) {
    return refuse({ status: 'refused', problem: 'factor-not-usable' }, 'factor-not-usable');
  }
  if (command.isUnderWay) return { outcome: { status: 'under-way', challengeId } };
  const taken = takeSend(state, challenge, factor);
  const send = (challenge.sends ?? 0) + 1;
  if ('waitFor' in taken || send > sendsPerChallenge) {
    const waitFor = 'waitFor' in taken ? taken.waitFor : challenge.expiresAt - state.lastAt;
    return refuse({ status: 'refused', problem: 'too-many-sends', waitFor }, 'too-many-sends');
  }
  const sending: Sending = { factorId, send, ...command.keep(send) };
  return {
    outcome: { status: 'sent', challengeId, send },
    next: replaceChallenge(taken, { ...challenge, sends: send, sending }),
    events: [{ kind: 'challenge-sent', challengeId, factorId, detail: { send, method: methodOf(factor), cost: command.cost?.(send) } }, ...events],
    receipt: { outcome: 'sent', about: challengeId },
  };
}
