/**
 * A code of eight digits, mailed to the user's own address beside all factors (D15): to verify the address, or as a
 * proof for a change. It is a challenge of our own: bound to the user, the client, the address and what it gives.
 */
import { minute } from '../platform/clock.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { sameBytes } from '../platform/crypto/keyed-hash.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Policy } from '../policy/policy.ts';
import { countSend, maximumPending } from '../user-state/caps.ts';
import type { Changed, DecisionEvent } from '../user-state/decision.ts';
import { countFailure, wrongAnswersPerMailedCode } from '../user-state/failures.ts';
import { findChallenge, isSameId, replaceChallenge, replaceFactor } from '../user-state/find.ts';
import { approveChallenge } from '../user-state/approval.ts';
import type { EmailFactor } from '../user-state/factor.ts';
import type { Challenge, Mailed, UserState } from '../user-state/user-state.ts';
import { settleForChange, takeStart } from './authority.ts';
import { neededStrength } from './proofs.ts';
import { codeMac } from './sent-code.ts';
import { typedDigits } from './typed-digits.ts';

export const mailedCodeLife = 10 * minute;

export const mailedCodeMac = (keys: KeyRing, challengeId: Uint8Array, address: Uint8Array, code: string): Uint8Array =>
  codeMac(keys, challengeId, address, 1, typedDigits(code));

export interface MailCodeCommand extends Mailed {
  readonly challengeId: Uint8Array;
  readonly clientId: string;
}

const emailFactorOf = ({ factors }: UserState): EmailFactor | undefined =>
  factors.find((factor): factor is EmailFactor => factor.kind === 'email' && factor.status === 'active');

/** A mailbox proves something only where it is a factor, and at the address that was confirmed as one. */
function needMailFactor(state: UserState, address: Uint8Array): void {
  const factor = emailFactorOf(state);
  const isThis = factor !== undefined && factor.unreachable === undefined && sameBytes(factor.address, address);
  if (!isThis) throw new Problem('email-unusable', { detail: 'Codes by mail are not set up for this address.' });
}

/** The newest kills the one before it that was for the same; a code that permits a change outlives whatever else is asked for. */
function withoutEarlier(state: UserState, gives: Mailed['gives']): UserState {
  const challenges = state.challenges.map((each): Challenge =>
    each.mailed?.gives === gives && each.status === 'pending' ? { ...each, status: 'canceled', decidedAt: state.lastAt } : each,
  );
  return { ...state, challenges };
}

export function decideMailCode(read: UserState, command: MailCodeCommand, now: number): Changed<'sent'> {
  const { state: settled, events } = settleForChange(read, now);
  const { challengeId, clientId, address, gives, codeMac: mac } = command;
  if (gives === 'proof') needMailFactor(settled, address);
  const state = takeStart(withoutEarlier(settled, gives));
  const pending = state.challenges.filter(({ status }) => status === 'pending');
  if (pending.length >= maximumPending) throw new Problem('too-many-challenges', { retryAfterSeconds: 60 });
  const budget = gives === 'proof' ? 'sends' : 'verifications';
  const sends = countSend(state[budget], state.lastAt);
  if ('waitFor' in sends) throw new Problem('too-many-sends', { retryAfterSeconds: sends.waitFor / 1000 });
  const challenge: Challenge = {
    id: challengeId,
    status: 'pending',
    clientId,
    audience: '',
    purpose: 'change-factors',
    firstFactor: 'password',
    mailed: { address, gives, codeMac: mac },
    createdAt: state.lastAt,
    expiresAt: state.lastAt + mailedCodeLife,
  };
  return {
    outcome: 'sent',
    next: { ...state, [budget]: sends, challenges: [...state.challenges, challenge] },
    events: [{ kind: 'email-code-sent', challengeId, detail: { gives } }, ...events],
    receipt: { outcome: 'sent', about: challengeId },
  };
}

export interface MailedAnswer {
  readonly clientId: string;
  readonly answer: string;
  /** Of the profile's address, as it is now. */
  readonly address: Uint8Array;
  readonly hint: string;
  /** The address was changed so lately that its former owner may not have read of it yet (A78a). */
  readonly isHeld: boolean;
  readonly policy: Policy;
  readonly resultId: Uint8Array;
  readonly keys: KeyRing;
}

export type MailedOutcome =
  | { readonly status: 'verified' | 'proved'; readonly challengeId: Uint8Array }
  | { readonly status: 'wrong-answer' | 'denied' | 'locked'; readonly answersLeft: number };

type Pending = Challenge & { readonly mailed: Mailed };

/** Newest first. A code for an address that is the user's no more is a code for nothing. */
const pendingOf = (state: UserState, { clientId, address }: MailedAnswer): readonly Pending[] =>
  state.challenges
    .filter((each): each is Pending => each.status === 'pending' && each.mailed !== undefined && each.clientId === clientId)
    .filter(({ mailed }) => isSameId(mailed.address, address))
    .sort((a, b) => b.createdAt - a.createdAt);

function wrong(state: UserState, challenge: Pending, { policy }: MailedAnswer): Changed<MailedOutcome> {
  const failure = countFailure(state, policy.lockout, { challengeId: challenge.id, mostWrong: wrongAnswersPerMailedCode });
  const isDead = findChallenge(failure.state, challenge.id)?.status === 'denied';
  const status = failure.isLocked ? 'locked' : isDead ? 'denied' : 'wrong-answer';
  const { answersLeft } = failure;
  return {
    outcome: { status, answersLeft },
    next: failure.state,
    events: [{ kind: 'answer-wrong', challengeId: challenge.id, detail: { verdict: 'wrong', purpose: 'email' } }, ...failure.events],
    receipt: { outcome: status, about: challenge.id, answersLeft },
  };
}

/**
 * Whoever confirms by mail alone goes on at the new address, once its change has been known for a day; anybody with a
 * stronger factor proves that first, and sets up mail anew (I13).
 */
function followed(state: UserState, { address, hint, isHeld }: MailedAnswer): EmailFactor | undefined {
  const factor = emailFactorOf(state);
  if (factor?.unreachable !== 'moved' || isHeld || neededStrength(state) !== 'low') return undefined;
  const { unreachable: _unreachable, ...own } = factor;
  return { ...own, address, hint };
}

function verified(state: UserState, challenge: Pending, answered: MailedAnswer): Changed<MailedOutcome> {
  const factor = followed(state, answered);
  const ended = replaceChallenge(state, { ...challenge, status: 'approved', decidedAt: state.lastAt });
  const changed: DecisionEvent[] = factor ? [{ kind: 'factor-changed', factorId: factor.id, notice: 'factor-changed', detail: { kind: 'email' } }] : [];
  return {
    outcome: { status: 'verified', challengeId: challenge.id },
    next: factor ? replaceFactor(ended, factor) : ended,
    events: [{ kind: 'email-verified', challengeId: challenge.id }, ...changed],
    receipt: { outcome: 'changed', about: challenge.id },
  };
}

function proved(state: UserState, challenge: Pending, { resultId, address }: MailedAnswer): Changed<MailedOutcome> {
  needMailFactor(state, address);
  const approval = { resultId, at: state.lastAt, strength: 'low', methods: ['otp'] } as const;
  return {
    outcome: { status: 'proved', challengeId: challenge.id },
    next: approveChallenge(state, challenge, approval),
    events: [{ kind: 'challenge-approved', challengeId: challenge.id, detail: { by: 'email', strength: 'low' } }],
    receipt: { outcome: 'approved', about: challenge.id },
  };
}

export function decideMailedAnswer(read: UserState, answered: MailedAnswer, now: number): Changed<MailedOutcome> {
  const { state, events } = settleForChange(read, now);
  const pending = pendingOf(state, answered);
  const [newest] = pending;
  if (!newest) throw new Problem('nothing-sent');
  // One to verify and one to permit may both be waiting: each is only ever what it was made for. What is neither counts once.
  const right = pending.filter(({ id, mailed: { codeMac: mac, address } }) => sameBytes(mac, mailedCodeMac(answered.keys, id, address, answered.answer)));
  const challenge = right[0] ?? newest;
  const judge = right.length === 0 ? wrong : challenge.mailed.gives === 'proof' ? proved : verified;
  const decided = judge(state, challenge, answered);
  const [first, ...rest] = decided.events;
  return { ...decided, events: [first, ...rest, ...events] };
}
