/** Starting a call (later a text, a mail, a push) for a challenge. What it costs is checked in the same transaction. */
import type { Policy } from '../policy/policy.ts';
import { countSend } from '../user-state/caps.ts';
import type { Decision } from '../user-state/decision.ts';
import { findChallenge, findFactor, replaceChallenge } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import type { Challenge, Factor, Sending, UserState } from '../user-state/user-state.ts';
import { kindOf } from '../factors/kinds/factor-kinds.ts';
import { mayConfirm } from './may-confirm.ts';
import type { SendOutcome } from './outcomes.ts';

/** The first and three more (D20). */
const sendsPerChallenge = 4;

export interface SendCommand {
  readonly challengeId: Uint8Array;
  readonly factorId: Uint8Array;
  readonly policy: Policy;
  /** Two digits, made by the caller, for the methods that match numbers. */
  readonly show: string;
  /** The call that this challenge started last is still going on. */
  readonly isUnderWay: boolean;
}

const needsShow = (factor: Factor): boolean => factor.kind === 'phone' && factor.method === 'call-match';

/** What is under way from now on; a number that is being proved stays the one to ring. */
function sendingOf({ factorId, show }: SendCommand, challenge: Challenge, factor: Factor, send: number): Sending {
  const slot = challenge.sending?.slot;
  return { factorId, send, ...(needsShow(factor) ? { show } : {}), ...(slot === undefined ? {} : { slot }) };
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
  if (!factor || kindOf(factor)?.sends !== true || !mayConfirm(challenge, factor, command.policy)) {
    return refuse({ status: 'refused', problem: 'factor-not-usable' }, 'factor-not-usable');
  }
  if (command.isUnderWay) return { outcome: { status: 'under-way', challengeId } };
  const sends = countSend(state.sends, state.lastAt);
  const send = (challenge.sends ?? 0) + 1;
  if ('waitFor' in sends || send > sendsPerChallenge) {
    const waitFor = 'waitFor' in sends ? sends.waitFor : challenge.expiresAt - state.lastAt;
    return refuse({ status: 'refused', problem: 'too-many-sends', waitFor }, 'too-many-sends');
  }
  const sending = sendingOf(command, challenge, factor, send);
  const method = kindOf(factor)?.methodOf(factor);
  return {
    outcome: { status: 'sent', challengeId, send },
    next: replaceChallenge({ ...state, sends }, { ...challenge, sends: send, sending }),
    events: [{ kind: 'challenge-sent', challengeId, factorId, detail: { send, method } }, ...events],
    receipt: { outcome: 'sent', about: challengeId },
  };
}
