/** An enrollment that there is: read, sent again, taken back. */
import { Problem } from '../../platform/problems/problem.ts';
import { readObjectId } from '../../platform/object-id.ts';
import type { About } from '../../sign-in/sign-in-dependencies.ts';
import { commit } from '../../user-state/commit.ts';
import { enrollmentKey, fromEnrollmentItem, type EnrollmentRecord } from '../../user-state/enrollment-item.ts';
import type { EnrollmentDependencies } from '../enrollment-dependencies.ts';
import { needMailbox } from './create-enrollment.ts';
import { decideCancelEnrollment, decideResend } from './decide-enroll.ts';
import { viewEnrollment, type EnrollmentView } from './enrollment-view.ts';
import { withInvitation } from './with-invitation.ts';

type Dependencies = Pick<EnrollmentDependencies, 'table' | 'keys' | 'clock'>;

/** One that is not this user's leads nowhere, exactly like one that never was. */
function needId({ keys }: Dependencies, { home }: Pick<About, 'home'>, text: string): Uint8Array {
  const id = readObjectId(keys, 'enr', text);
  if (id?.userKey !== home.userKey || id.organizationKey !== home.organizationKey) throw new Problem('not-found');
  return id.random;
}

async function needRecord({ table }: Dependencies, id: Uint8Array): Promise<EnrollmentRecord> {
  const [item] = await table.read([enrollmentKey(id)]);
  const record = fromEnrollmentItem(item);
  if (!record) throw new Problem('not-found');
  return record;
}

async function show(deps: Dependencies, { organization, state }: Pick<About, 'organization' | 'state'>, id: Uint8Array): Promise<EnrollmentView> {
  return viewEnrollment({ keys: deps.keys, organization, state, now: deps.clock.now() }, id, await needRecord(deps, id));
}

export async function getEnrollment(deps: Dependencies, about: Pick<About, 'home' | 'organization' | 'state'>, idText: string): Promise<EnrollmentView> {
  return show(deps, about, needId(deps, about, idText));
}

export async function resendEnrollment(deps: EnrollmentDependencies, about: About, idText: string): Promise<EnrollmentView> {
  const enrollmentId = needId(deps, about, idText);
  await needRecord(deps, enrollmentId);
  const profile = needMailbox(about.profile, deps.senders.mail !== undefined);
  const { emailChangedAt } = profile;
  const { state } = await commit(deps, {
    ...about,
    decide: (read, now) => decideResend(read, { enrollmentId, emailChangedAt }, now),
    recall: () => 'invited' as const,
    ...withInvitation(deps, { about, profile }),
  });
  return show(deps, { ...about, state }, enrollmentId);
}

/** Asked again it is canceled still; one that ended otherwise cannot be. */
export async function cancelEnrollment(deps: EnrollmentDependencies, about: About, idText: string): Promise<EnrollmentView> {
  const id = needId(deps, about, idText);
  await needRecord(deps, id);
  const { state } = await commit<'ended' | 'over'>(deps, {
    ...about,
    decide: (read, now) => decideCancelEnrollment(read, id, now),
    recall: () => 'ended',
  });
  const view = await show(deps, { ...about, state }, id);
  if (view.state !== 'canceled') throw new Problem('enrollment-over');
  return view;
}
