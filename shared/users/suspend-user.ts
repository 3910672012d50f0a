/** Blocks a user from signing in, and lets them in again. State and profile say the same, always. */
import type { HomeKeys } from '../platform/object-id.ts';
import { commit, type CommitDependencies } from '../user-state/commit.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import type { RequestMark } from '../user-state/receipts.ts';
import type { UserState } from '../user-state/user-state.ts';
import { decideResume, decideSuspend } from './decide-suspend.ts';
import { markSuspendedWrite } from './user-store.ts';

export interface UserActionInput {
  readonly home: HomeKeys;
  readonly state: UserState;
  readonly context: RequestContext;
  readonly mark: RequestMark;
  readonly reason: string;
}

export async function suspendUser(
  deps: CommitDependencies,
  { reason, isSelf = false, ...request }: UserActionInput & { readonly isSelf?: boolean },
): Promise<UserState> {
  const { state } = await commit(deps, {
    ...request,
    decide: (found, now) => decideSuspend(found, { reason, isSelf }, now),
    recall: () => 'suspended',
    also: () => [markSuspendedWrite(deps.table.name, request.home.userKey, true)],
  });
  return state;
}

export async function resumeUser(
  deps: CommitDependencies,
  { reason, ...request }: UserActionInput,
): Promise<UserState> {
  const { state } = await commit(deps, {
    ...request,
    decide: (found, now) => decideResume(found, reason, now),
    recall: () => 'resumed',
    also: () => [markSuspendedWrite(deps.table.name, request.home.userKey, false)],
  });
  return state;
}
