/** Who may manage which client: nobody makes, changes or takes a key of one that may do more than they themselves. */
import { isWithin } from '../organizations/organization.ts';
import { readOrganizations, type OrganizationStoreDependencies } from '../organizations/organization-store.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Client } from './client.ts';

export interface ClientAuthority {
  readonly client: Client;
  readonly actorOrganizationId?: string;
}

type Powers = Pick<Client, 'scopes' | 'audiences'>;

const isSubset = (some: readonly string[], all: readonly string[]): boolean => some.every((each) => all.includes(each));

/** Throws unless every power is one that the caller's client has too. */
export function refuseEscalation({ client }: ClientAuthority, { scopes, audiences }: Powers): void {
  if (isSubset(scopes, client.scopes) && isSubset(audiences, client.audiences)) return;
  throw new Problem('not-permitted', { detail: 'A client can only pass on scopes and audiences that it has itself.' });
}

/** The narrowest subtree that the caller reaches; absent for the whole installation. */
export const reachOf = ({ client, actorOrganizationId }: ClientAuthority): string | undefined =>
  actorOrganizationId ?? client.organizationId;

/** Throws `not-found` for an organization outside the caller's subtree, alike for one that does not exist. */
export async function refuseForeignRoot(
  deps: OrganizationStoreDependencies,
  authority: ClientAuthority,
  organizationId: string | undefined,
): Promise<void> {
  const reach = reachOf(authority);
  if (organizationId === undefined) {
    if (reach !== undefined) throw new Problem('not-found');
    return;
  }
  const [organization] = await readOrganizations(deps, [organizationId]);
  if (!organization || !isWithin(reach, organization)) throw new Problem('not-found');
}

/** The client, when it lies in the caller's subtree; one that is not there, and one elsewhere, are not found alike. */
export async function needReached(deps: OrganizationStoreDependencies, authority: ClientAuthority, target: Client | undefined): Promise<Client> {
  if (!target) throw new Problem('not-found');
  await refuseForeignRoot(deps, authority, target.organizationId);
  return target;
}

/** The client, when the caller may manage it. */
export async function needManaged(
  deps: OrganizationStoreDependencies,
  authority: ClientAuthority,
  target: Client | undefined,
): Promise<Client> {
  const client = await needReached(deps, authority, target);
  refuseEscalation(authority, client);
  return client;
}
