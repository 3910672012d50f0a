/** What a change of policy would do to one person: the very decision of a sign-in, taken once under each policy, and thrown away. */
import { usableFactors } from '../../factors/kinds/factor-kinds.ts';
import type { Policy } from '../../policy/policy.ts';
import { isAskedFor } from '../../user-state/find.ts';
import { isBackup } from '../../user-state/methods.ts';
import type { Factor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { decideStart } from '../decide-start.ts';

/** What a sign-in would come to. */
type Standing = 'not-asked' | 'asked' | 'set-up' | 'shut-out';

/** Why nobody gets in: an invitation is needed, nothing that they have is in order, or what they have is not allowed any more. */
export type ShutOutBecause = 'invitation-needed' | 'no-usable-factor' | 'methods-not-allowed';

export interface Rehearsed {
  readonly before: Standing;
  readonly after: Standing;
  /** Of `shut-out`. */
  readonly because?: ShutOutBecause;
  /** What they confirm by now and could not any more. */
  readonly loses: number;
  /** What they would be asked by: the first that is offered. */
  readonly first: { readonly before?: Factor; readonly after?: Factor };
}

interface Judged {
  readonly standing: Standing;
  readonly reason?: string;
}

const nothing = new Uint8Array(0);

/** A lock and what is under way pass by themselves, and say nothing of the policy. A suspended person is not asked anything either way. */
function judgeStart({ lock: _lock, failures: _failures, starts: _starts, ...rest }: UserState, policy: Policy, now: number): Judged {
  const state: UserState = { ...rest, challenges: [] };
  const command = {
    challengeId: nothing,
    resultId: nothing,
    clientId: '',
    audience: state.audiences?.[0] ?? 'portal',
    purpose: 'sign-in',
    firstFactor: state.identity === 'sso' ? 'sso' : 'password',
    policy,
  } as const;
  const { outcome } = decideStart(state, command, now);
  if (outcome.status === 'pending') return { standing: 'asked' };
  if (outcome.status === 'enrollment-required') return { standing: 'set-up' };
  if (outcome.status === 'denied' && outcome.reason !== 'suspended') return { standing: 'shut-out', reason: outcome.reason };
  return { standing: 'not-asked' };
}

const confirming = (state: UserState, policy: Policy): Factor[] => usableFactors(state.factors, policy).filter((factor) => !isBackup(factor));

function whyShutOut(reason: string | undefined, state: UserState, before: readonly Factor[]): ShutOutBecause {
  if (reason === 'invitation-needed') return reason;
  return before.length > 0 && state.factors.some(isAskedFor) ? 'methods-not-allowed' : 'no-usable-factor';
}

export function rehearseUser(state: UserState, policies: { readonly before: Policy; readonly after: Policy }, now: number): Rehearsed {
  const [before, after] = [judgeStart(state, policies.before, now), judgeStart(state, policies.after, now)];
  const [had, has] = [confirming(state, policies.before), confirming(state, policies.after)];
  const [first, next] = [had[0], has[0]];
  return {
    before: before.standing,
    after: after.standing,
    ...(after.standing === 'shut-out' ? { because: whyShutOut(after.reason, state, had) } : {}),
    loses: had.filter((factor) => !has.includes(factor)).length,
    first: {
      ...(first && before.standing === 'asked' ? { before: first } : {}),
      ...(next && after.standing === 'asked' ? { after: next } : {}),
    },
  };
}
