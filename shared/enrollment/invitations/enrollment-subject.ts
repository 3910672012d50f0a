/** Whom a step of an enrollment's workflow is about: everything in one read, as it is now. */
import type { EmailCarrier } from '../../delivery/email-carrier.ts';
import { readObjectId, type HomeKeys } from '../../platform/object-id.ts';
import { fromOrganizationItem, organizationItemKey, type Organization } from '../../organizations/organization.ts';
import type { CommitDependencies } from '../../user-state/commit.ts';
import { enrollmentKey, fromEnrollmentItem, type EnrollmentRecord } from '../../user-state/enrollment-item.ts';
import type { Enrollment } from '../../user-state/enrollment.ts';
import { isSameId } from '../../user-state/find.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../../user-state/user-state-item.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { fromProfileItem, profileKey, type Profile } from '../../users/profile.ts';

export interface AdvanceDependencies extends CommitDependencies {
  /** Absent where no mail is sent. */
  readonly mail: EmailCarrier | undefined;
  readonly pagesUrl: string;
}

export interface EnrollmentSubject {
  readonly id: Uint8Array;
  readonly home: HomeKeys;
  readonly record: EnrollmentRecord;
  readonly enrollment: Enrollment;
  readonly state: UserState;
  readonly profile: Profile;
  readonly organization: Organization;
}

/** Undefined once there is nothing more to do: ended, replaced, or its person is gone. */
export async function readSubject(deps: CommitDependencies, enrollmentId: string): Promise<EnrollmentSubject | undefined> {
  const read = readObjectId(deps.keys, 'enr', enrollmentId);
  if (!read) return undefined;
  const { random: id, ...home } = read;
  const keys = [enrollmentKey(id), userStateKey(home.userKey), profileKey(home.userKey), organizationItemKey(home.organizationKey)];
  const [item, stateItem, profileItem, organizationItem] = await deps.table.read(keys);
  const record = fromEnrollmentItem(item);
  if (!record || !stateItem || !profileItem || !organizationItem || isTombstone(stateItem)) return undefined;
  const state = fromUserStateItem(stateItem);
  const { enrollment } = state;
  if (!enrollment || !isSameId(enrollment.id, id)) return undefined;
  return { id, home, record, enrollment, state, profile: fromProfileItem(profileItem), organization: fromOrganizationItem(organizationItem) };
}
