/** What of a user decides sign-ins, changed from outside: how they sign in first, and for which audiences they confirm. */
import type { Decision } from '../user-state/decision.ts';
import { endEnrollment, type Ended } from '../user-state/end-enrollment.ts';
import { settle } from '../user-state/settle.ts';
import type { Identity, UserState } from '../user-state/user-state.ts';
import { cutMail, restoreMail } from './mail-reach.ts';

export interface ChangeUserCommand {
  readonly identity: Identity;
  /** Undefined: every audience. */
  readonly audiences: readonly string[] | undefined;
  /** The names of all that changes, the profile included, for the audit trail. */
  readonly changed: readonly string[];
  readonly role: string;
}

/** What is told to the user: anything but how the name is written, and in which language. */
const told = ['email', 'role', 'identity', 'audiences'];

/** Codes follow no address that nobody confirmed: the factor stays as it was, and waits until the new one is verified. */
function reached(state: UserState, changed: readonly string[]): UserState {
  if (changed.includes('email')) return cutMail(state, 'moved');
  return changed.includes('emailProblem') ? restoreMail(state) : state;
}

/** An invitation went to the address that was: whoever reads that must not come in by it any more. */
function endInvitation(state: UserState, changed: readonly string[]): Ended {
  if (!changed.includes('email')) return { state, events: [] };
  return endEnrollment(state, 'canceled', { detail: { reason: 'email-changed' }, notice: 'enrollment-canceled' });
}

export function decideChangeUser(read: UserState, command: ChangeUserCommand, now: number): Decision<'changed'> {
  const { state, events } = settle(read, now);
  const { identity, audiences, changed, role } = command;
  const ended = endInvitation(reached(state, changed), changed);
  const { audiences: _audiences, ...rest } = ended.state;
  const notice = changed.some((name) => told.includes(name)) ? { notice: 'user-changed' } : {};
  return {
    outcome: 'changed',
    next: { ...rest, identity, ...(audiences ? { audiences } : {}) },
    events: [{ kind: 'user-changed', detail: { changed, identity, audiences, role }, ...notice }, ...ended.events, ...events],
    receipt: { outcome: 'changed', about: new Uint8Array(4) },
  };
}
