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

export interface ResetUserInput {
  readonly reason: string;
  /** Absent when the client acts for itself. */
  readonly actor: ActingPerson | undefined;
  readonly client: Client;
  readonly canMail: boolean;
}

const advice = 'Nobody resets themselves: remove the factor, with a proof, or ask another administrator.';

const refuse = ({ actor }: ResetUserInput, { state, profile }: About): void => refuseActor(actor, { ...state, role: profile?.role }, advice);

export async function resetUser(deps: CommitDependencies, about: About, input: ResetUserInput): Promise<UserState> {
  const { emailChangedAt } = needMailbox(about.profile, input.canMail);
  refuse(input, about);
  const made: NewRecord = { enrollmentId: new Uint8Array(deps.random.bytes(randomLengths.enr)), kind: 'any', clientId: input.client.clientId };
  const command = { enrollmentId: made.enrollmentId, emailChangedAt, reason: input.reason };
  const { state } = await commit(deps, {
    ...about,
    decide: (read, now) => decideReset(read, command, now),
    recall: () => 'done' as const,
    also: ({ next }) => [newEnrollmentWrite(deps.table.name, made.enrollmentId, recordOf(deps, about, made, next))],
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
