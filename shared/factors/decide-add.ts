/** Adding a factor: it starts out proving, and nothing that was there changes until it is confirmed (A60). */
import type { Decision } from '../user-state/decision.ts';
import { findChallenge, replaceChallenge } from '../user-state/find.ts';
import { maximumPending, countStart } from '../user-state/caps.ts';
import { settle } from '../user-state/settle.ts';
import { minute } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import { isSetUpOpen, type Policy } from '../policy/policy.ts';
import type { Challenge, Factor, PhoneSlot, UserState } from '../user-state/user-state.ts';
import { cancelProving } from './end-calls.ts';
import { isAllowed, kindOf } from './kinds/factor-kinds.ts';
import { neededStrength, spendProofs, type Proof } from './proofs.ts';

/** So that the item stays within its two kilobytes whatever people add. */
const mostOfKind: Readonly<Record<string, number>> = { totp: 2, phone: 1 };
const provingCallLife = 10 * minute;

/** By what right: the person's own proofs, the challenge that asked for a first factor, or another person's spent proofs. */
export interface Authority {
  readonly proofs: readonly Proof[];
  readonly setUpChallengeId?: Uint8Array;
  /** An administrator who proved himself in his own item. */
  readonly isProvedElsewhere: boolean;
  /** A challenge serves the client that started it, for setting up too (I7). */
  readonly clientId: string;
}

export interface ChangeOutcome {
  readonly status: 'done';
  readonly factorId: Uint8Array;
  /** The challenge made to prove a number, whose call the caller starts next. */
  readonly provingId?: Uint8Array;
}

export interface AddCommand {
  readonly factor: Factor;
  readonly authority: Authority;
  readonly policy: Policy;
  readonly clientId: string;
  /** The random part of the id of a proving challenge, for kinds that are proved by being reached. */
  readonly provingId: Uint8Array;
}

/** A locked or suspended user changes nothing (I4, A72a). */
export function settleForChange(read: UserState, now: number): ReturnType<typeof settle> {
  const settled = settle(read, now);
  if (settled.state.suspendedAt !== undefined) throw new Problem('user-suspended');
  if (settled.state.lock) throw new Problem('user-locked');
  return settled;
}

/** The state once the right to change it has been shown. */
export function authorize(state: UserState, authority: Authority, policy: Policy): UserState {
  if (authority.isProvedElsewhere) return state;
  const needed = neededStrength(state);
  if (needed) return spendProofs(state, authority.proofs, needed, policy).state;
  const challenge = authority.setUpChallengeId && findChallenge(state, authority.setUpChallengeId);
  const isOpen = challenge?.status === 'pending' && challenge.setUp !== undefined && challenge.clientId === authority.clientId;
  const isInTime = challenge?.setUp !== 'required' || isSetUpOpen(policy, state.createdAt, state.lastAt);
  if (!isOpen || !isInTime) throw new Problem('invitation-needed');
  return state;
}

/** Whatever moves the version without a proof or an answer is counted like a start: nobody keeps the owner out by it. */
export function takeStart(state: UserState): UserState {
  const starts = countStart(state.starts, state.lastAt);
  if ('waitFor' in starts) throw new Problem('too-many-challenges', { retryAfterSeconds: starts.waitFor / 1000 });
  return { ...state, starts };
}

/** Room for a challenge that we make ourselves counts like any other: the caps hold for everything. */
export function addProvingChallenge(before: UserState, factor: Factor, slot: PhoneSlot, command: Pick<AddCommand, 'clientId' | 'provingId'>): UserState {
  const state = takeStart(before);
  const pending = state.challenges.filter(({ status }) => status === 'pending');
  if (pending.length >= maximumPending) throw new Problem('too-many-challenges', { retryAfterSeconds: 60 });
  const challenge: Challenge = {
    id: command.provingId,
    status: 'pending',
    clientId: command.clientId,
    audience: '',
    purpose: 'change-factors',
    firstFactor: 'password',
    proves: factor.id,
    sending: { factorId: factor.id, send: 0, slot },
    createdAt: state.lastAt,
    expiresAt: state.lastAt + provingCallLife,
  };
  return { ...state, challenges: [...state.challenges, challenge] };
}

/** A second attempt replaces the first that was never confirmed, and ends its calls. */
function forgetProving(state: UserState, kind: string): UserState {
  const isReplaced = (factor: Factor): boolean => factor.kind === kind && factor.status === 'proving';
  const ended = state.factors.filter(isReplaced).reduce((before, { id }) => cancelProving(before, id), state);
  return { ...ended, factors: ended.factors.filter((factor) => !isReplaced(factor)) };
}

export function decideAdd(read: UserState, command: AddCommand, now: number): Decision<ChangeOutcome> {
  const { factor, authority, policy } = command;
  const { state, events } = settleForChange(read, now);
  const kind = kindOf(factor);
  if (!kind || !isAllowed(factor, policy)) throw new Problem('policy-forbids', { detail: 'The policy does not allow this method.' });
  const authorized = forgetProving(authorize(state, authority, policy), factor.kind);
  const { factors } = authorized;
  if (factors.filter(({ kind: name }) => name === factor.kind).length >= (mostOfKind[factor.kind] ?? 1)) throw new Problem('factor-exists');
  let next: UserState = { ...authorized, factors: [...factors, factor] };
  const setUp = authority.setUpChallengeId && findChallenge(next, authority.setUpChallengeId);
  if (setUp?.setUp && setUp.status === 'pending') next = replaceChallenge(next, { ...setUp, settingUp: factor.id });
  next = kind.sends ? addProvingChallenge(next, factor, 'primary', command) : takeStart(next);
  return {
    outcome: { status: 'done', factorId: factor.id, ...(kind.sends ? { provingId: command.provingId } : {}) },
    next,
    events: [{ kind: 'factor-proposed', factorId: factor.id, detail: { kind: factor.kind, method: kind.methodOf(factor) } }, ...events],
    receipt: { outcome: 'changed', about: factor.id },
  };
}
