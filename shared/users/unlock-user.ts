/** Ends a user's lock. */
import { commit, type CommitDependencies } from '../user-state/commit.ts';
import type { Role } from '../contract/routes.ts';
import type { UserState } from '../user-state/user-state.ts';
import { decideUnlock } from './decide-unlock.ts';
import { refuseActor, type ActingPerson } from './refuse-actor.ts';
import type { UserActionInput } from './suspend-user.ts';

export interface UnlockUserInput extends UserActionInput {
  /** Absent when the client acts for itself. */
  readonly actor: ActingPerson | undefined;
  readonly userRole: Role;
}

/** Nobody gives new guesses to themselves, nor to somebody who may do more than they (I5). */
export async function unlockUser(deps: CommitDependencies, input: UnlockUserInput): Promise<UserState> {
  const { actor, userRole, reason, ...request } = input;
  refuseActor(actor, { ...request.state, role: userRole }, 'Nobody unlocks themselves: ask another administrator, or wait.');
  const { state } = await commit(deps, {
    ...request,
    decide: (found, now) => decideUnlock(found, reason, now),
    recall: () => 'unlocked',
  });
  return state;
}
