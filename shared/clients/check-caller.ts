/** Whether the caller is who they say, and may do what they ask: the client's key and scope, the actor's role. */
import { roles, type Role, type Scope } from '../contract/routes.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import { Problem } from '../platform/problems/problem.ts';
import { fromOrganizationItem, isWithin } from '../organizations/organization.ts';
import { fromProfileItem, type Profile } from '../users/profile.ts';
import { holdsKey, type Client, type PresentedKey } from './client.ts';

export interface Actor {
  readonly organizationId: string;
  readonly userId: string;
}

/** What an operation asks of whoever calls it. */
export interface Needs {
  readonly scope: Scope | 'none';
  readonly role?: Role;
  readonly self?: true;
}

const isAtLeast = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

export interface ActorItems {
  readonly profile: Attributes | undefined;
  readonly organization: Attributes | undefined;
}

/** The actor's own organization must lie in the client's subtree too, or a company's portal could speak for its reseller. */
function actorProfile(items: ActorItems, client: Client): Profile {
  const organization = items.organization && fromOrganizationItem(items.organization);
  const profile = items.profile && fromProfileItem(items.profile);
  if (!organization || !profile || profile.suspended === true || !isWithin(client.organizationId, organization)) {
    throw new Problem('not-permitted', {
      detail: 'The actor is not someone this client may act for.',
      because: 'foreign-actor',
    });
  }
  return profile;
}

/** The actor's role, when it suffices; on oneself, where `self` allows it, any does. */
export function checkActor(
  actor: Actor,
  items: ActorItems,
  client: Client,
  needs: Needs,
  targetUser: Actor | undefined,
): Role {
  const { role } = actorProfile(items, client);
  const isSelf =
    targetUser !== undefined &&
    targetUser.organizationId === actor.organizationId &&
    targetUser.userId === actor.userId;
  if (needs.role && !(needs.self && isSelf) && !isAtLeast(role, needs.role)) {
    throw new Problem('not-permitted', { because: 'role' });
  }
  return role;
}

export function checkClient(keys: KeyRing, client: Client, presented: PresentedKey): void {
  const isHeld = holdsKey(keys, client, presented);
  if (isHeld && client.disabled !== true) return;
  const isKnown = client.keys.some(({ keyId }) => keyId === presented.keyId);
  throw new Problem('key-invalid', { because: isHeld ? 'client-disabled' : isKnown ? 'key-wrong' : 'key-unknown' });
}

export function checkScope({ scopes }: Client, { scope }: Needs): void {
  if (scope !== 'none' && !scopes.includes(scope)) throw new Problem('not-permitted', { because: 'scope' });
}
