/** Ends a user's lock. */
import { roles, type Role } from '../contract/routes.ts';
import { Problem } from '../platform/problems/problem.ts';
import { commit, type CommitDependencies } from '../user-state/commit.ts';
import { decideUnlock } from './decide-unlock.ts';
import type { UserActionInput } from './suspend-user.ts';
import type { UserState } from '../user-state/user-state.ts';

export interface UnlockUserInput extends UserActionInput {
  /** Absent when the client acts for itself. */
  readonly actorRole: Role | undefined;
  readonly userRole: Role;
}

/** Nobody gives new guesses at somebody who may do more than they themselves. */
export async function unlockUser(deps: CommitDependencies, input: UnlockUserInput): Promise<UserState> {
  const { actorRole, userRole, reason, ...request } = input;
  if (actorRole !== undefined && roles.indexOf(actorRole) < roles.indexOf(userRole)) {
    throw new Problem('not-permitted', { detail: 'The user has a higher role than the actor.' });
  }
  const { state } = await commit(deps, {
    ...request,
    decide: (found, now) => decideUnlock(found, reason, now),
    recall: () => 'unlocked',
  });
  return state;
}
