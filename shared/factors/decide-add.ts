/** Adding a factor: it starts out proving, and nothing that was there changes until it is confirmed (A60). */
import { Problem } from '../platform/problems/problem.ts';
import type { Policy } from '../policy/policy.ts';
import type { Decision } from '../user-state/decision.ts';
import { withoutProposal } from '../user-state/end-enrollment.ts';
import { registeringAs } from '../user-state/enrollment.ts';
import { isSameId, replaceChallenge } from '../user-state/find.ts';
import { methodOf } from '../user-state/methods.ts';
import type { Factor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import { authorizeSetUp, invitedBy, settleForChange, setUpFor, takeStart, type Authority } from './authority.ts';
import { isAllowed, kindOf } from './kinds/factor-kinds.ts';
import { addProvingChallenge, cancelProving, partToProve, type Proving } from './proving.ts';

export interface ChangeOutcome {
  readonly status: 'done';
  readonly factorId: Uint8Array;
  /** The challenge made to prove it by reaching the person, for which the caller sends next. */
  readonly provingId?: Uint8Array;
}

export interface AddCommand extends Proving {
  readonly factor: Factor;
  readonly authority: Authority;
  readonly policy: Policy;
  /** The invitation whose number this telephone was found to have. */
  readonly numberOf?: Uint8Array | undefined;
}

/** A second attempt replaces the first that was never confirmed, and ends its calls. */
function forgetProving(state: UserState, kind: string): UserState {
  const isReplaced = (factor: Factor): boolean => factor.kind === kind && factor.status === 'proving';
  const ended = state.factors.filter(isReplaced).reduce((before, { id }) => cancelProving(before, id), state);
  return { ...ended, factors: ended.factors.filter((factor) => !isReplaced(factor)) };
}

/** One challenge, or one invitation, sets up one factor: what was begun with it before is given up, whatever kind it was. */
function forgetSetUp(state: UserState, authority: Authority): UserState {
  if (registeringAs(state, authority.enrollmentId)) return withoutProposal(state);
  const begun = setUpFor(state, authority)?.settingUp;
  const isBegun = ({ id, status }: Factor): boolean => status === 'proving' && begun !== undefined && isSameId(id, begun);
  return begun ? { ...cancelProving(state, begun), factors: state.factors.filter((factor) => !isBegun(factor)) } : state;
}

/** The number was given by an administrator, and paid for: nothing else comes of that invitation. */
function refuseOtherKind(state: UserState, { authority, factor, numberOf }: AddCommand): void {
  const invited = invitedBy(state, authority);
  const isGiven = invited !== undefined && numberOf !== undefined && isSameId(invited.id, numberOf);
  if (invited?.kind !== 'phone' || (factor.kind === 'phone' && isGiven)) return;
  throw new Problem('policy-forbids', { detail: 'This invitation is for a telephone.' });
}

/** What the challenge or the invitation comes to, once the factor is confirmed. */
function setUpBy(state: UserState, authority: Authority, { id }: Factor): UserState {
  const enrollment = registeringAs(state, authority.enrollmentId);
  if (enrollment) return { ...state, enrollment: { ...enrollment, settingUp: id } };
  const setUp = setUpFor(state, authority);
  return setUp ? replaceChallenge(state, { ...setUp, settingUp: id }) : state;
}

export function decideAdd(read: UserState, command: AddCommand, now: number): Decision<ChangeOutcome> {
  const { factor, authority, policy, provingId } = command;
  const { state, events } = settleForChange(read, now);
  const kind = kindOf(factor);
  if (!kind || !isAllowed(factor, policy)) throw new Problem('policy-forbids', { detail: 'The policy does not allow this method.' });
  refuseOtherKind(state, command);
  const authorized = forgetSetUp(forgetProving(authorizeSetUp(state, authority, policy), factor.kind), authority);
  const { factors } = authorized;
  if (factors.filter((other) => other.kind === factor.kind).length >= kind.most) throw new Problem('factor-exists');
  let next = setUpBy({ ...authorized, factors: [...factors, factor] }, authority, factor);
  const part = partToProve(factor);
  next = part ? addProvingChallenge(next, factor, part, command) : takeStart(next);
  return {
    outcome: { status: 'done', factorId: factor.id, ...(part ? { provingId } : {}) },
    next,
    events: [{ kind: 'factor-proposed', factorId: factor.id, detail: { kind: factor.kind, method: methodOf(factor) } }, ...events],
    receipt: { outcome: 'changed', about: factor.id },
  };
}
