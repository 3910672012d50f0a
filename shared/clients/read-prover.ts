/** The person who acts, as one who can prove something: their own organization and state, read for the few changes that need them. */
import { fromOrganizationItem, organizationItemKey, type Organization } from '../organizations/organization.ts';
import { homeKeys, type HomeKeys } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import type { UserState } from '../user-state/user-state.ts';
import type { Actor, AdmitDependencies } from './admit.ts';

export interface ActingPerson {
  readonly home: HomeKeys;
  readonly organization: Organization;
  readonly state: UserState;
}

export async function readProver(deps: AdmitDependencies, { organizationId, userId }: Actor): Promise<ActingPerson> {
  const home = homeKeys(deps.keys, organizationId, userId);
  const [organizationItem, stateItem] = await deps.table.read([organizationItemKey(home.organizationKey), userStateKey(home.userKey)]);
  if (!organizationItem || !stateItem || isTombstone(stateItem)) throw new Problem('not-permitted');
  return { home, organization: fromOrganizationItem(organizationItem), state: fromUserStateItem(stateItem) };
}
