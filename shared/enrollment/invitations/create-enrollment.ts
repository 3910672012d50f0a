/** Enables a user: an invitation to set up the first factor, by a telephone that the administrator names or by any way (rows 0.1 to 0.6). */
import { randomLengths } from '../../platform/object-id.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { Client } from '../../clients/client.ts';
import { isWithin } from '../../organizations/organization.ts';
import type { About } from '../../sign-in/sign-in-dependencies.ts';
import { commit } from '../../user-state/commit.ts';
import { newEnrollmentWrite, type EnrollmentRecord } from '../../user-state/enrollment-item.ts';
import type { UserState } from '../../user-state/user-state.ts';
import type { Profile } from '../../users/profile.ts';
import { setUpContext, type EnrollmentDependencies } from '../enrollment-dependencies.ts';
import { decideEnroll } from './decide-enroll.ts';
import { enrollPhone, type EnrollPhoneInput } from './enrolled-number.ts';
import { withInvitation } from './with-invitation.ts';
import { enrollmentIdOf, viewEnrollment, type EnrollmentView } from './enrollment-view.ts';

export interface CreateEnrollmentInput {
  readonly phone?: EnrollPhoneInput;
  /** The portal that the person signs in at: its first-factor check, its address to go back to. */
  readonly client: Client | undefined;
  remember?(view: EnrollmentView): readonly Write[];
}

/** Nobody is invited by mail that is not sent, or does not arrive. */
export function needMailbox(profile: Profile | undefined, canMail: boolean): Profile {
  if (!profile) throw new Problem('not-found');
  if (!canMail) throw new Problem('email-unusable', { detail: 'This installation sends no mail, and so invites nobody.' });
  if (profile.emailProblem) throw new Problem('email-unusable', { detail: 'Mail does not reach the address: give the user another one first.' });
  return profile;
}

/** Whose portal it is must be able to speak for this organization. */
export function needPortal(client: Client | undefined, { organization }: Pick<About, 'organization'>): Client {
  if (!client || client.disabled === true || !isWithin(client.organizationId, organization)) throw new Problem('not-found', { detail: 'There is no such client.', foreign: true });
  return client;
}

export interface NewRecord {
  readonly enrollmentId: Uint8Array;
  readonly kind: EnrollmentRecord['kind'];
  readonly clientId: string;
  readonly phone?: { readonly method: string; readonly number: Uint8Array };
}

/** The record of what the state now says. */
export function recordOf(deps: Pick<EnrollmentDependencies, 'keys'>, { home }: Pick<About, 'home'>, made: NewRecord, { enrollment, lastAt }: Pick<UserState, 'enrollment' | 'lastAt'>): EnrollmentRecord {
  if (!enrollment) throw new Error('an enrollment was decided, and the state has none');
  const { organizationKey, userKey } = home;
  const { generation, until } = enrollment;
  return {
    enrollmentId: enrollmentIdOf(deps.keys, home, made.enrollmentId),
    organizationKey,
    userKey,
    kind: made.kind,
    clientId: made.clientId,
    ...(made.phone ?? {}),
    state: 'invited',
    generation,
    until,
    createdAt: lastAt,
    changedAt: lastAt,
  };
}

export async function createEnrollment(deps: EnrollmentDependencies, about: About, input: CreateEnrollmentInput): Promise<EnrollmentView> {
  const profile = needMailbox(about.profile, deps.senders.mail !== undefined);
  const { emailChangedAt } = profile;
  const { clientId } = needPortal(input.client, about);
  const enrollmentId = new Uint8Array(deps.random.bytes(randomLengths.enr));
  const phone = input.phone && enrollPhone(setUpContext(deps, about, enrollmentId), input.phone, (carrier) => deps.senders[carrier] !== undefined);
  const kind = phone ? 'phone' : 'any';
  const made: NewRecord = { enrollmentId, kind, clientId, ...(phone ? { phone } : {}) };
  const viewOf = (state: UserState): EnrollmentView => {
    const viewed = { keys: deps.keys, organization: about.organization, state, now: state.lastAt };
    return viewEnrollment(viewed, enrollmentId, recordOf(deps, about, made, state));
  };
  const { state } = await commit(deps, {
    ...about,
    decide: (read, now) => decideEnroll(read, { enrollmentId, kind, emailChangedAt }, now),
    recall: () => 'invited' as const,
    ...withInvitation(deps, { about, profile, own: (next) => [newEnrollmentWrite(deps.table.name, enrollmentId, recordOf(deps, about, made, next)), ...(input.remember?.(viewOf(next)) ?? [])] }),
  });
  return viewOf(state);
}
