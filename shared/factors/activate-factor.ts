/** A factor becomes active: proved by its first right answer. A challenge that waited for it is approved with it. */
import { approveChallenge, clearFailures } from '../user-state/approval.ts';
import type { DecisionEvent } from '../user-state/decision.ts';
import { endEnrollment } from '../user-state/end-enrollment.ts';
import { findFactor, isAskedFor, isSameId, replaceChallenge, replaceFactor } from '../user-state/find.ts';
import { rowOf } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Approval, Challenge, UserState } from '../user-state/user-state.ts';
import { kindOf } from './kinds/factor-kinds.ts';
import { forgetSendings } from './proving.ts';

export interface Activated {
  readonly state: UserState;
  readonly events: readonly DecisionEvent[];
}

/** What a right answer of this factor is worth to this challenge. */
export function approvalBy(factor: Factor, { firstFactor }: Challenge, resultId: Uint8Array, at: number): Approval {
  const kind = kindOf(factor);
  const row = rowOf(factor);
  if (!kind || !row) throw new Error('a factor of an unknown kind approves nothing');
  const methods = [...kind.methodReferences(factor), ...(firstFactor === 'password' ? ['pwd'] : []), 'mfa'];
  return { resultId, at, strength: row.strength, methods };
}

/**
 * Whatever else was proposed or asked while there was no factor rested on a password alone. With the first factor it
 * ends: what was proposed is forgotten, and a challenge that asked for a set-up has to be answered like any other.
 */
export function closeSetUps(state: UserState): UserState {
  const factors = state.factors.filter(({ status }) => status !== 'proving');
  const isGone = (id: Uint8Array | undefined): boolean => id !== undefined && !factors.some((factor) => isSameId(factor.id, id));
  const challenges = state.challenges.map((challenge): Challenge => {
    if (challenge.status !== 'pending') return challenge;
    if (isGone(challenge.proves?.factorId)) return { ...challenge, status: 'canceled', decidedAt: state.lastAt };
    const { setUp: _setUp, settingUp: _settingUp, ...asked } = challenge;
    return asked;
  });
  const { invitedOnly: _invitedOnly, ...rest } = state;
  return { ...rest, factors, challenges };
}

/** The first factor is what an invitation was for, by whatever way it came. */
function finishFirst(state: UserState): Activated {
  return endEnrollment(closeSetUps(state), 'completed');
}

function asNew({ failures: _failures, ...proved }: Factor): Factor {
  return { ...proved, status: 'active' };
}

/** Reaching a part of a factor is no sign-in with it: what was counted stays (D7). */
function withCounters({ failures: _failures, pinFailures: _pinFailures, ...factor }: Factor, before: Factor | undefined): Factor {
  const { failures, pinFailures } = before ?? {};
  return { ...factor, ...(failures === undefined ? {} : { failures }), ...(pinFailures === undefined ? {} : { pinFailures }) };
}

/** `accepted` is the factor after its right answer. The user's own counters clear only with a challenge that is approved (D7). */
export function activateFactor(state: UserState, accepted: Factor, resultId: Uint8Array): Activated {
  const isNew = accepted.status === 'proving';
  const isFirst = isNew && !state.factors.some(isAskedFor);
  const factor = isNew ? asNew(accepted) : withCounters(accepted, findFactor(state, accepted.id));
  const kind = isNew ? 'factor-added' : 'factor-changed';
  const event: DecisionEvent = { kind, factorId: factor.id, notice: kind, detail: { kind: factor.kind } };
  const activated = replaceFactor(state, factor);
  const waiting = state.challenges.find(
    ({ status, settingUp }) => status === 'pending' && settingUp !== undefined && isSameId(settingUp, factor.id),
  );
  const finish = (done: UserState): Activated => (isFirst ? finishFirst(done) : { state: done, events: [] });
  if (!waiting) {
    const finished = finish(activated);
    return { state: finished.state, events: [event, ...finished.events] };
  }
  const approval = approvalBy(factor, waiting, resultId, state.lastAt);
  const approved = approveChallenge(clearFailures(activated, factor), waiting, approval);
  const detail = { by: 'set-up', strength: approval.strength };
  const finished = finish(approved);
  return {
    state: finished.state,
    events: [event, { kind: 'challenge-approved', challengeId: waiting.id, factorId: factor.id, detail }, ...finished.events],
  };
}

/** A part of the factor was reached: the challenge made for it ends without a result of its own. */
export function activateProved(state: UserState, accepted: Factor, challenge: Challenge, resultId: Uint8Array): Activated {
  const part = challenge.proves?.part;
  const proved = (part && kindOf(accepted)?.prove?.(accepted, part)) ?? accepted;
  const ended = replaceChallenge(state, { ...challenge, status: 'approved', decidedAt: state.lastAt });
  // Whoever is being called at the number that was replaced answers for nothing any more (X34).
  return activateFactor(forgetSendings(ended, accepted.id), proved, resultId);
}
