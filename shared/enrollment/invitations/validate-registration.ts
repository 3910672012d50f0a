/** Asks the portal whether whoever holds the link knows its person's password (row 0.7): a link that was forwarded is not enough. */
import type { FirstFactorQuestion, FirstFactorVerdict } from '../../clients/ask-first-factor.ts';
import { commit, type CommitDependencies, type UserHome } from '../../user-state/commit.ts';
import type { RequestContext } from '../../user-state/event-item.ts';
import { markRequest } from '../../user-state/receipts.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { decideTry, decideVerdict } from './decide-validate.ts';

export interface ValidateDependencies extends CommitDependencies {
  /** The portal's own check, through its client. */
  askPortal(question: FirstFactorQuestion): Promise<FirstFactorVerdict>;
}

export interface ValidateRequest {
  readonly home: UserHome;
  readonly state: UserState;
  readonly context: RequestContext;
  readonly enrollmentId: Uint8Array;
  readonly password: string;
}

export type Validated = 'validated' | 'refused' | 'over';

export async function validateRegistration(deps: ValidateDependencies, request: ValidateRequest): Promise<Validated> {
  const { home, context, enrollmentId, password } = request;
  // The password is no part of what is remembered of the request, not even as a MAC.
  const markOf = (step: string) => markRequest(deps.keys, 'registration', `${context.requestId}/${step}`, [step]);
  const tried = await commit(deps, {
    home,
    context,
    state: request.state,
    mark: markOf('try'),
    decide: (read, now) => decideTry(read, enrollmentId, now),
    recall: () => 'ask' as const,
  });
  if (tried.outcome !== 'ask') return tried.outcome;
  const { organizationId, userId } = tried.state;
  const verdict = await deps.askPortal({ organizationId, userId, password });
  const { outcome } = await commit(deps, {
    home,
    context,
    state: tried.state,
    mark: markOf('verdict'),
    decide: (read, now) => decideVerdict(read, enrollmentId, verdict, now),
    recall: (_receipt, state) => (state.enrollment?.validated === true ? ('validated' as const) : ('over' as const)),
  });
  return outcome;
}
