/** Resets a user who lost their factors, and invites them anew; or turns confirmation off for one who need not confirm. */
import { randomLengths } from '../../platform/object-id.ts';
import type { Client } from '../../clients/client.ts';
import type { About } from '../../sign-in/sign-in-dependencies.ts';
import { commit, type CommitDependencies } from '../../user-state/commit.ts';
import { newEnrollmentWrite } from '../../user-state/enrollment-item.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { refuseActor, type ActingPerson } from '../../users/refuse-actor.ts';
import { needMailbox, recordOf, type NewRecord } from './create-enrollment.ts';
import { decideDisable, decideReset } from './decide-reset.ts';
import { withInvitation } from './with-invitation.ts';

export interface ResetUserInput {
  readonly reason: string;
  /** Absent when the client acts for itself. */
  readonly actor: ActingPerson | undefined;
  readonly client: Client;
  readonly canMail: boolean;
}

const advice = 'Nobody resets themselves: remove the factor, with a proof, or ask another administrator.';

const refuse = ({ actor }: ResetUserInput, { state, profile }: About): void => refuseActor(actor, { ...state, role: profile?.role }, advice);

/** A mailbox that has had enough keeps nobody protected by a factor that was stolen: then they are reset, and invited later. */
export async function resetUser(deps: CommitDependencies, about: About, input: ResetUserInput): Promise<UserState> {
  const profile = needMailbox(about.profile, input.canMail);
  refuse(input, about);
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
  refuse(input, about);
  const { policy } = about.organization;
  const { state } = await commit(deps, {
    ...about,
    decide: (read, now) => decideDisable(read, { reason: input.reason, policy }, now),
    recall: () => 'done' as const,
  });
  return state;
}
