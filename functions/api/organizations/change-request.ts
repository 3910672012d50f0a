/** What a request says of an organization's change: for whom it speaks, and the policy apart from the word that it stands on. */
import type { Admitted } from '../../../shared/clients/admit.ts';
import type { Authority } from '../../../shared/organizations/authority.ts';
import type { OrganizationChanges } from '../../../shared/organizations/decide-organization.ts';

export const authorityOf = ({ client, actor }: Admitted): Authority => ({
  ...(client.organizationId === undefined ? {} : { clientRoot: client.organizationId }),
  ...(actor ? { actorOrganizationId: actor.organizationId } : {}),
});

export function splitPolicy({
  acceptTelephoneOnly,
  ...policy
}: { acceptTelephoneOnly?: string } & NonNullable<OrganizationChanges['policy']>): Pick<OrganizationChanges, 'policy' | 'acceptTelephoneOnly'> {
  return { policy, ...(acceptTelephoneOnly === undefined ? {} : { acceptTelephoneOnly }) };
}
