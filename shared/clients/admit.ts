/**
 * Who may touch what: the one gate that every request passes. One consistent read brings the client, the organization,
 * the user and the actor; whatever lies outside the client's subtree, or the actor's, is as if it did not exist.
 */
import type { Role, Scope } from '../contract/routes.ts';
import { roles } from '../contract/routes.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Table } from '../platform/dynamo/table.ts';
import { organizationKeyOf, userKeyOf, type HomeKeys } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import {
  fromOrganizationItem,
  isWithin,
  organizationItemKey,
  type Organization,
} from '../organizations/organization.ts';
import { fromProfileItem, profileKey, type Profile } from '../users/profile.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import type { UserState } from '../user-state/user-state.ts';
import {
  clientItemKey,
  fromClientItem,
  holdsKey,
  readAuthorization,
  type Client,
  type PresentedKey,
} from './client.ts';

export interface Actor {
  readonly organizationId: string;
  readonly userId: string;
}

/** What a request is about: nothing in particular, an organization, or a user by name or by an id that leads home. */
export type Target =
  | { readonly kind: 'none' }
  | { readonly kind: 'organization'; readonly organizationId: string }
  | { readonly kind: 'user'; readonly organizationId: string; readonly userId: string }
  | { readonly kind: 'home'; readonly home: HomeKeys };

export interface AdmissionRequest {
  readonly authorization: string | undefined;
  readonly actor: Actor | undefined;
  readonly needs: { readonly scope: Scope | 'none'; readonly role?: Role; readonly self?: true };
  readonly target: Target;
  /** More items for the same read. */
  readonly also?: readonly ItemKey[];
}

export interface Admitted {
  readonly client: Client;
  readonly actor?: Actor & { readonly role: Role };
  readonly home: HomeKeys;
  /** Absent when the target is none, or names what does not exist, or what lies outside: nobody can tell which. */
  readonly organization?: Organization;
  readonly state?: UserState;
  /** The version that an erased user left behind. */
  readonly tombstoneVersion?: number;
  readonly also: readonly (Attributes | undefined)[];
}

export interface AdmitDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
}

const nowhere: HomeKeys = { organizationKey: '', userKey: '' };

function homeOf(keys: KeyRing, target: Target): HomeKeys {
  switch (target.kind) {
    case 'none':
      return nowhere;
    case 'home':
      return target.home;
    case 'organization':
      return { organizationKey: organizationKeyOf(keys, target.organizationId), userKey: '' };
    case 'user':
      return {
        organizationKey: organizationKeyOf(keys, target.organizationId),
        userKey: userKeyOf(keys, target.organizationId, target.userId),
      };
  }
}

const isAtLeast = (role: Role, least: Role): boolean => roles.indexOf(role) >= roles.indexOf(least);

interface ActorItems {
  readonly profile: Attributes | undefined;
  readonly organization: Attributes | undefined;
}

/** The actor's own organization must lie in the client's subtree too, or a company's portal could speak for its reseller. */
function actorProfile(items: ActorItems, client: Client): Profile {
  const organization = items.organization && fromOrganizationItem(items.organization);
  const profile = items.profile && fromProfileItem(items.profile);
  if (!organization || !profile || profile.suspended === true || !isWithin(client.organizationId, organization)) {
    throw new Problem('not-permitted', { detail: 'The actor is not someone this client may act for.' });
  }
  return profile;
}

function checkActor(
  actor: Actor,
  items: ActorItems,
  client: Client,
  request: AdmissionRequest,
  state: UserState | undefined,
): Role {
  const { role } = actorProfile(items, client);
  const { needs, target } = request;
  const targetUser = state ?? (target.kind === 'user' ? target : undefined);
  const isSelf =
    targetUser !== undefined &&
    targetUser.organizationId === actor.organizationId &&
    targetUser.userId === actor.userId;
  if (needs.role && !(needs.self && isSelf) && !isAtLeast(role, needs.role)) throw new Problem('not-permitted');
  return role;
}

function checkClient(keys: KeyRing, item: Attributes | undefined, presented: PresentedKey): Client {
  const client = item && fromClientItem(item);
  if (!client || client.disabled === true || !holdsKey(keys, client, presented)) throw new Problem('key-invalid');
  return client;
}

function readStateItem(item: Attributes | undefined): Pick<Admitted, 'state' | 'tombstoneVersion'> {
  if (!item) return {};
  return isTombstone(item) ? { tombstoneVersion: Number(item['version']?.N) } : { state: fromUserStateItem(item) };
}

/** What lies outside either subtree is not there, and neither is anything below it. */
function lookInside(
  organizationItem: Attributes | undefined,
  stateItem: Attributes | undefined,
  client: Client,
  actor: Actor | undefined,
): Pick<Admitted, 'organization' | 'state' | 'tombstoneVersion'> {
  const organization = organizationItem && fromOrganizationItem(organizationItem);
  if (!organization || !isWithin(client.organizationId, organization)) return {};
  if (actor && !isWithin(actor.organizationId, organization)) return {};
  return { organization, ...readStateItem(stateItem) };
}

/** One read for all; what is not wanted is undefined, like what does not exist. */
async function readTogether(
  table: Table,
  wanted: readonly (ItemKey | undefined)[],
): Promise<(Attributes | undefined)[]> {
  const present = wanted.filter((key) => key !== undefined);
  const read = await table.read(present);
  return wanted.map((key) => (key === undefined ? undefined : read[present.indexOf(key)]));
}

export async function admit(deps: AdmitDependencies, request: AdmissionRequest): Promise<Admitted> {
  const presented = readAuthorization(request.authorization);
  if (!presented) throw new Problem('key-invalid');
  const home = homeOf(deps.keys, request.target);
  const { actor } = request;
  const actorKeys = actor && {
    profile: profileKey(userKeyOf(deps.keys, actor.organizationId, actor.userId)),
    organization: organizationItemKey(organizationKeyOf(deps.keys, actor.organizationId)),
  };
  const [clientItem, organizationItem, stateItem, profile, actorOrganization, ...also] = await readTogether(
    deps.table,
    [
      clientItemKey(presented.clientId),
      home.organizationKey === '' ? undefined : organizationItemKey(home.organizationKey),
      home.userKey === '' ? undefined : userStateKey(home.userKey),
      actorKeys?.profile,
      actorKeys?.organization,
      ...(request.also ?? []),
    ],
  );

  const client = checkClient(deps.keys, clientItem, presented);
  const { scope } = request.needs;
  if (scope !== 'none' && !client.scopes.includes(scope)) throw new Problem('not-permitted');
  const seen = lookInside(organizationItem, stateItem, client, actor);
  const admitted: Admitted = { client, home, also, ...seen };
  if (!actor) return admitted;
  const role = checkActor(actor, { profile, organization: actorOrganization }, client, request, admitted.state);
  return { ...admitted, actor: { ...actor, role } };
}

/** For operations on something that must exist. */
export function needOrganization(admitted: Admitted): Organization {
  if (!admitted.organization) throw new Problem('not-found');
  return admitted.organization;
}

export function needUser(admitted: Admitted): { organization: Organization; state: UserState } {
  const organization = needOrganization(admitted);
  if (!admitted.state) throw new Problem('not-found');
  return { organization, state: admitted.state };
}
