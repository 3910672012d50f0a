/** Resets a user who lost their factors, and invites them anew; or turns confirmation off for one who need not confirm. */
import { roles, type Role } from '../../contract/routes.ts';
import { randomLengths } from '../../platform/object-id.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { Actor } from '../../clients/admit.ts';
import type { Client } from '../../clients/client.ts';
import type { About } from '../../sign-in/sign-in-dependencies.ts';
import { commit, type CommitDependencies } from '../../user-state/commit.ts';
import { newEnrollmentWrite } from '../../user-state/enrollment-item.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { needMailbox, recordOf, type NewRecord } from './create-enrollment.ts';
import { decideDisable, decideReset } from './decide-reset.ts';
import { withInvitation } from './with-invitation.ts';

export interface ResetUserInput {
  readonly reason: string;
  /** Absent when the client acts for itself. */
  readonly actor: (Actor & { readonly role: Role }) | undefined;
  readonly client: Client;
  readonly canMail: boolean;
}

/** Nobody takes the protection of somebody who may do more than they (A50), nor, without its own proof, their own (I13). */
function refuseActor({ actor }: ResetUserInput, { state, profile }: About): void {
  if (!actor) return;
  if (actor.organizationId === state.organizationId && actor.userId === state.userId) {
    throw new Problem('not-permitted', { detail: 'Nobody resets themselves: remove the factor, with a proof, or ask another administrator.' });
  }
  const userRole = profile?.role ?? 'administrator';
  if (roles.indexOf(actor.role) < roles.indexOf(userRole)) throw new Problem('not-permitted', { detail: 'The user has a higher role than the actor.' });
}

/** A mailbox that has had enough keeps nobody protected by a factor that was stolen: then they are reset, and invited later. */
export async function resetUser(deps: CommitDependencies, about: About, input: ResetUserInput): Promise<UserState> {
  const profile = needMailbox(about.profile, input.canMail);
  refuseActor(input, about);
  const made: NewRecord = { enrollmentId: new Uint8Array(deps.random.bytes(randomLengths.enr)), kind: 'any', clientId: input.client.clientId };
  const command = { enrollmentId: made.enrollmentId, emailChangedAt: profile.emailChangedAt, reason: input.reason };
  let invites = true;
  const { state } = await commit(deps, {
    ...about,
    decide: (read, now) => decideReset(read, { ...command, invites }, now),
    recall: () => 'done' as const,
    ...withInvitation(deps, {
      about,
      profile,
      own: (next) => [newEnrollmentWrite(deps.table.name, made.enrollmentId, recordOf(deps, about, made, next))],
      full: () => {
        invites = false;
      },
    }),
  });
  return state;
}

export async function disableUser(deps: CommitDependencies, about: About, input: ResetUserInput): Promise<UserState> {
  refuseActor(input, about);
  const { policy } = about.organization;
  const { state } = await commit(deps, {
    ...about,
    decide: (read, now) => decideDisable(read, { reason: input.reason, policy }, now),
    recall: () => 'done' as const,
  });
  return state;
}
