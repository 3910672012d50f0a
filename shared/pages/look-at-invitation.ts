/** Says whose invitation a link is, and whether it can still be opened, without spending it: whatever scans mail may look as often as it likes. */
import { readInvitationToken } from '../enrollment/invitations/invitation-token.ts';
import { fromOrganizationItem, organizationItemKey, type Organization } from '../organizations/organization.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { Problem } from '../platform/problems/problem.ts';
import { openEnrollment } from '../user-state/enrollment.ts';
import { isSameId } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import { sessionOver, type PageDependencies } from './admit-page.ts';

export interface LookDependencies extends PageDependencies {
  readonly keys: KeyRing;
}

/** Throws `invitation-over` as opening it would, and the one problem of all pages for what is no link of ours. */
export async function lookAtInvitation(deps: LookDependencies, text: string): Promise<Organization> {
  const token = readInvitationToken(deps.keys, text);
  if (!token) throw sessionOver();
  const { home, enrollmentId, generation } = token;
  const [organizationItem, stateItem] = await deps.table.read([organizationItemKey(home.organizationKey), userStateKey(home.userKey)]);
  if (!organizationItem || !stateItem || isTombstone(stateItem)) throw sessionOver();
  const enrollment = openEnrollment(settle(fromUserStateItem(stateItem), deps.clock.now()).state);
  const isMeant = enrollment !== undefined && isSameId(enrollment.id, enrollmentId) && enrollment.generation === generation;
  if (!isMeant || enrollment.status === 'registering') throw new Problem('invitation-over');
  return fromOrganizationItem(organizationItem);
}
