/** Starting a challenge: what a person must do now, if anything. */
import { isSetUpOpen, mustConfirm, type Policy } from '../policy/policy.ts';
import { maximumPending, countStart } from '../user-state/caps.ts';
import type { Decision, DecisionEvent } from '../user-state/decision.ts';
import { openEnrollment } from '../user-state/enrollment.ts';
import { findFactor, isAskedFor } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import { isBackup, methodOf, rowOf } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Challenge, FirstFactor, Identity, Purpose, UserState } from '../user-state/user-state.ts';
import { usableFactors } from '../factors/kinds/factor-kinds.ts';
import type { Verdict } from '../factors/kinds/factor-kind.ts';
import { challengeLife, longChallengeLife } from './challenge-life.ts';
import { judge } from './judge.ts';
import type { StartOutcome } from './outcomes.ts';

export interface StartCommand {
  readonly challengeId: Uint8Array;
  readonly resultId: Uint8Array;
  readonly clientId: string;
  readonly audience: string;
  readonly purpose: Purpose;
  readonly firstFactor: FirstFactor;
  readonly protects?: readonly string[];
  readonly nonce?: string;
  readonly returnAddress?: number;
  readonly policy: Policy;
  /** Where the request came from, for the audit trail only. */
  readonly seen?: { readonly ipAddress?: string; readonly userAgent?: string };
  /** An answer that came with the start, already judged by its kind. */
  readonly answered?: { readonly factorId: Uint8Array; readonly verdict: Verdict };
}

/** Whoever signs in with a password is a local user, whatever the portal has said of them. */
const identityOf = ({ identity }: UserState, { firstFactor }: StartCommand): Identity => (firstFactor === 'password' ? 'local' : identity);

const refusal = (command: StartCommand, reason: string): DecisionEvent => ({
  kind: 'start-refused',
  detail: { reason, audience: command.audience, purpose: command.purpose },
});

function makeChallenge(command: StartCommand, now: number, factors: readonly Factor[]): Challenge {
  const { challengeId, clientId, audience, purpose, firstFactor, protects, nonce, returnAddress } = command;
  const methods = factors.map(methodOf);
  const mayCall = factors.some((factor) => rowOf(factor)?.reachedBy === 'call');
  return {
    id: challengeId,
    status: 'pending',
    clientId,
    audience,
    purpose,
    firstFactor,
    ...(protects && protects.length > 0 ? { protects } : {}),
    ...(nonce === undefined ? {} : { nonce }),
    ...(returnAddress === undefined ? {} : { returnAddress }),
    ...(methods.length > 0 ? { methods: [...new Set(methods)] } : {}),
    createdAt: now,
    expiresAt: now + (mayCall ? longChallengeLife : challengeLife),
  };
}

const refuseStart = (command: StartCommand, waitFor: number): Decision<StartOutcome> => ({
  outcome: { status: 'refused', problem: 'too-many-challenges', waitFor },
  refusal: refusal(command, 'too-many-challenges'),
});

interface Slot {
  readonly state: UserState;
  /** Milliseconds until there is room, when there is none. */
  readonly waitFor?: number;
}

/** A place among the pending, and one of the starts of this minute. */
function takeSlot(state: UserState, challenge: Challenge): Slot {
  const now = state.lastAt;
  const pending = state.challenges.filter(({ status }) => status === 'pending');
  if (pending.length >= maximumPending) return { state, waitFor: Math.min(...pending.map(({ expiresAt }) => expiresAt)) - now };
  const starts = countStart(state.starts, now);
  if ('waitFor' in starts) return { state, waitFor: starts.waitFor };
  return { state: { ...state, starts, challenges: [...state.challenges, challenge] } };
}

function started(command: StartCommand, slot: Slot, challenge: Challenge, outcome: StartOutcome, before: readonly DecisionEvent[]): Decision<StartOutcome> {
  const detail = { audience: command.audience, purpose: command.purpose, status: outcome.status, protects: command.protects, ...command.seen };
  return {
    outcome,
    next: slot.state,
    events: [{ kind: 'challenge-started', challengeId: challenge.id, detail }, ...before],
    receipt: { outcome: 'started', about: challenge.id },
  };
}

/** Whoever registers and comes by the portal's SSO has proved who they are there: the set-up page of this sign-in goes on (row 0.7). */
const isRegistering = (state: UserState, { firstFactor, purpose }: StartCommand): boolean =>
  firstFactor === 'sso' && purpose === 'sign-in' && openEnrollment(state)?.status === 'registering';

/** How this person may set up now: by their invitation, because it is required, or if they want to; undefined: not without an invitation. */
function setUpFor(state: UserState, command: StartCommand): 'invited' | 'required' | 'offered' | undefined {
  const { policy } = command;
  if (isRegistering(state, command)) return 'invited';
  if (state.invitedOnly) return undefined;
  if (!mustConfirm(policy, identityOf(state, command))) return 'offered';
  return isSetUpOpen(policy, state, state.lastAt) ? 'required' : undefined;
}

/** Nobody can confirm yet: set up now, set up if wanted, or wait for an invitation. */
function startSetUp(state: UserState, command: StartCommand, before: readonly DecisionEvent[]): Decision<StartOutcome> {
  const { challengeId } = command;
  const setUp = setUpFor(state, command);
  if (!setUp) return { outcome: { status: 'denied', reason: 'invitation-needed', challengeId }, refusal: refusal(command, 'invitation-needed') };
  const isRequired = setUp !== 'offered';
  const challenge: Challenge = { ...makeChallenge(command, state.lastAt, []), expiresAt: state.lastAt + longChallengeLife, setUp };
  const slot = takeSlot(state, challenge);
  const status = isRequired ? 'enrollment-required' : 'not-required';
  if (slot.waitFor === undefined) return started(command, slot, challenge, { status, challengeId }, before);
  if (isRequired) return refuseStart(command, slot.waitFor);
  // Signing in without a second factor is allowed: only the offer to set one up has to wait for room.
  return { outcome: { status, challengeId }, refusal: { kind: 'not-required', detail: { audience: command.audience } } };
}

/** A wrong answer that found no room leaves nothing to go on with. */
function withoutRoom(outcome: Extract<StartOutcome, { challengeId: Uint8Array }>, { waitFor }: Slot): StartOutcome {
  if (outcome.status !== 'pending' || waitFor === undefined) return outcome;
  const { challengeId } = outcome;
  return { status: 'denied', reason: 'wrong-answer', challengeId, ...('answersLeft' in outcome ? { answersLeft: outcome.answersLeft } : {}) };
}

/** An answer that comes with the start needs no slot, so that nobody who fills them keeps the owner out. */
function startAnswered(state: UserState, command: StartCommand, challenge: Challenge, before: readonly DecisionEvent[]): Decision<StartOutcome> {
  const { answered, policy, resultId } = command;
  const factor = answered && findFactor(state, answered.factorId);
  if (!answered || !factor) return { outcome: { status: 'refused', problem: 'factor-not-usable' }, refusal: refusal(command, 'factor-not-usable') };
  const { verdict } = answered;
  const isRecovering = verdict.is === 'right' && isBackup(factor);
  const slot = verdict.is === 'wrong' || isRecovering ? takeSlot(state, challenge) : { state };
  // A recovery key is not used up for a challenge that there is no room for.
  if (isRecovering && slot.waitFor !== undefined) return refuseStart(command, slot.waitFor);
  const judged = judge(slot.state, { challenge, factor, verdict, policy, resultId });
  if (!('next' in judged)) {
    const outcome = judged.outcome.status === 'refused' ? judged.outcome : { status: 'refused' as const, problem: 'factor-not-usable' as const };
    return { outcome, ...(judged.refusal ? { refusal: judged.refusal } : {}) };
  }
  const outcome = judged.outcome as Extract<StartOutcome, { challengeId: Uint8Array }>;
  const [first, ...rest] = judged.events;
  const detail = { ...first.detail, audience: command.audience, purpose: command.purpose, protects: command.protects, ...command.seen };
  return { ...judged, outcome: withoutRoom(outcome, slot), events: [{ ...first, detail }, ...rest, ...before] };
}

export function decideStart(read: UserState, command: StartCommand, now: number): Decision<StartOutcome> {
  const { state, events } = settle(read, now);
  const { policy, challengeId } = command;
  if (state.suspendedAt !== undefined) {
    return { outcome: { status: 'denied', reason: 'suspended', challengeId }, refusal: refusal(command, 'suspended') };
  }
  if (state.lock) return { outcome: { status: 'locked', reason: state.lock.reason, challengeId }, refusal: refusal(command, 'locked') };
  // What is done beyond signing in is asked for everywhere: its proof is worth something only if it always is one.
  const isChosen = state.audiences === undefined || state.audiences.includes(command.audience);
  const isAsked = isChosen || isRegistering(state, command) || command.purpose !== 'sign-in' || mustConfirm(policy, identityOf(state, command));
  if (!isAsked) return { outcome: { status: 'not-required', challengeId }, refusal: { kind: 'not-required', detail: { audience: command.audience } } };
  const usable = usableFactors(state.factors, policy);
  // A factor that is disabled, or that the policy no longer allows, never turns confirmation off; a recovery key alone asks for none.
  const has = state.factors.some((factor) => isAskedFor(factor) || (factor.status === 'disabled' && !isBackup(factor)));
  if (!has) return startSetUp(state, command, events);
  if (usable.length === 0) {
    return { outcome: { status: 'denied', reason: 'no-usable-factor', challengeId }, refusal: refusal(command, 'no-usable-factor') };
  }
  const challenge = makeChallenge(command, state.lastAt, usable);
  if (command.answered) return startAnswered(state, command, challenge, events);
  const slot = takeSlot(state, challenge);
  if (slot.waitFor !== undefined) return refuseStart(command, slot.waitFor);
  return started(command, slot, challenge, { status: 'pending', challengeId }, events);
}
