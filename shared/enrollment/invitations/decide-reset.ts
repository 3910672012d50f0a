/**
 * Taking every factor away, by an administrator. Reset: for whoever lost them; the only way back in is an invitation to the known
 * address, so the password alone is worth nothing (A74a). Disable: for good, where nothing requires confirmation.
 */
import { Problem } from '../../platform/problems/problem.ts';
import { mustConfirm, type Policy } from '../../policy/policy.ts';
import { withoutResults } from '../../user-state/decided-challenges.ts';
import type { Decision, DecisionEvent } from '../../user-state/decision.ts';
import { endEnrollment, enrollmentText } from '../../user-state/end-enrollment.ts';
import { openEnrollment } from '../../user-state/enrollment.ts';
import { releaseReserved, reserveHeld } from '../../user-state/reserved-licenses.ts';
import { settle } from '../../user-state/settle.ts';
import type { Challenge, UserState } from '../../user-state/user-state.ts';
import { invitationOf, refuseNewAddress, type InviteCommand } from './decide-enroll.ts';

export interface ResetCommand extends InviteCommand {
  readonly reason: string;
  /** False where their mailbox has had as many invitations as it may: that follows later. */
  readonly invites: boolean;
}

interface Stripped {
  readonly state: UserState;
  readonly ended: readonly DecisionEvent[];
}

/** Nothing that was begun, shown or answered with the factors that were is worth anything: challenges, results, remembered answers. */
function strip(before: UserState): Stripped {
  const ended: DecisionEvent[] = [];
  const challenges = before.challenges.map((challenge): Challenge => {
    if (challenge.status !== 'pending') return challenge;
    ended.push({ kind: 'challenge-denied', challengeId: challenge.id, detail: { reason: 'reset' } });
    return { ...challenge, status: 'denied', reason: 'reset', decidedAt: before.lastAt };
  });
  const { pushes: _pushes, ...rest } = before;
  return { state: { ...rest, factors: [], challenges: withoutResults(challenges), receipts: [], resetAt: before.lastAt }, ended };
}

/** One that is still in the mailbox, and that nothing has come of, is as good as the one that cannot be sent now. */
const keepsInvitation = (state: UserState, { invites }: ResetCommand): boolean =>
  !invites && state.factors.length === 0 && openEnrollment(state)?.status !== 'registering';

/** The new invitation, with the license that it keeps reserved; or none, and the license is free. */
function invite({ state, ended }: Stripped, before: UserState, { enrollmentId, invites }: ResetCommand): Stripped {
  const replaced = endEnrollment(state, 'canceled', { detail: { reason: 'replaced' } });
  if (!invites) return { state: releaseReserved(replaced.state), ended: [...ended, ...replaced.events] };
  const created = { kind: 'enrollment-created', detail: { enrollment: enrollmentText(enrollmentId), kind: 'any', reason: 'reset' } };
  const invited = { ...reserveHeld(replaced.state, before), enrollment: invitationOf(enrollmentId, 1, 'any', before.lastAt) };
  return { state: invited, ended: [created, ...ended, ...replaced.events] };
}

/** A lock stays (I5), and so does a suspension. */
export function decideReset(read: UserState, command: ResetCommand, now: number): Decision<'done'> {
  const { state, events } = settle(read, now);
  const { enrollmentId, reason, invites } = command;
  const stripped = strip(state);
  const done = keepsInvitation(state, command) ? stripped : invite(stripped, state, command);
  const next: UserState = { ...done.state, invitedOnly: true };
  refuseNewAddress(next, command);
  const detail = { reason, factors: state.factors.map(({ kind }) => kind), ...(invites ? {} : { invited: false }) };
  return {
    outcome: 'done',
    next,
    events: [{ kind: 'user-reset', notice: 'user-reset', detail }, ...done.ended, ...events],
    receipt: { outcome: 'changed', about: enrollmentId },
  };
}

export interface DisableCommand {
  readonly reason: string;
  readonly policy: Policy;
}

/** Where confirmation is required it is not switched off by anybody (row 2.3, A47). */
export function decideDisable(read: UserState, { reason, policy }: DisableCommand, now: number): Decision<'done'> {
  if (mustConfirm(policy, read.identity)) throw new Problem('policy-forbids', { detail: 'The policy requires that this user confirms sign-ins: reset the user instead.' });
  const { state, events } = settle(read, now);
  if (state.factors.length === 0 && !state.enrollment && !state.invitedOnly) return { outcome: 'done' };
  const stripped = strip(state);
  const canceled = endEnrollment(stripped.state, 'canceled', { detail: { reason: 'disabled' } });
  const { invitedOnly: _invitedOnly, ...rest } = releaseReserved(canceled.state);
  const detail = { reason, factors: state.factors.map(({ kind }) => kind) };
  return {
    outcome: 'done',
    next: rest,
    events: [{ kind: 'confirmation-disabled', notice: 'confirmation-disabled', detail }, ...stripped.ended, ...canceled.events, ...events],
    receipt: { outcome: 'changed', about: new Uint8Array(4) },
  };
}
