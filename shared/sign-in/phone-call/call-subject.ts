/** Whom a call is about: one read of the call, the user and the organization, by an id that leads home. */
import { callKey, callPartition, fromCallItem, type CallRecord } from '../../delivery/call-record.ts';
import { fromOrganizationItem, organizationItemKey, type Organization } from '../../organizations/organization.ts';
import { readObjectId, type HomeKeys } from '../../platform/object-id.ts';
import type { CommitDependencies } from '../../user-state/commit.ts';
import { fromProfileItem, profileKey, type Profile } from '../../users/profile.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../../user-state/user-state-item.ts';
import type { UserState } from '../../user-state/user-state.ts';

export interface CallSubject {
  readonly challengeId: Uint8Array;
  readonly partition: string;
  readonly home: HomeKeys;
  readonly organization: Organization;
  readonly state: UserState;
  readonly call: CallRecord;
  readonly profile?: Profile;
}

/** Undefined for whatever is not a call of ours, and for a user who was erased meanwhile (X31). */
export async function readCallSubject(
  deps: Pick<CommitDependencies, 'table' | 'keys'>, challengeId: string, wants?: 'profile',
): Promise<CallSubject | undefined> {
  const id = readObjectId(deps.keys, 'chl', challengeId);
  if (!id) return undefined;
  const partition = callPartition(id.random);
  const [callItem, stateItem, organizationItem, profileItem] = await deps.table.read([
    callKey(partition),
    userStateKey(id.userKey),
    organizationItemKey(id.organizationKey),
    ...(wants === 'profile' ? [profileKey(id.userKey)] : []),
  ]);
  const call = fromCallItem(callItem);
  if (!call || !stateItem || isTombstone(stateItem) || !organizationItem) return undefined;
  return {
    challengeId: id.random,
    partition,
    home: { organizationKey: id.organizationKey, userKey: id.userKey },
    organization: fromOrganizationItem(organizationItem),
    state: fromUserStateItem(stateItem),
    call,
    ...(profileItem ? { profile: fromProfileItem(profileItem) } : {}),
  };
}
