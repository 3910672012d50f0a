/**
 * Who may touch what: the one gate that every request passes. One consistent read brings the client, the organization,
 * the user and the actor; whatever lies outside the client's subtree, or the actor's, is as if it did not exist.
 */
import type { LongPage, Role } from '../contract/routes.ts';
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
import { profileKey } from '../users/profile.ts';
import { fromUserStateItem, isTombstone, readTombstone, userStateKey, type Tombstone } from '../user-state/user-state-item.ts';
import type { UserState } from '../user-state/user-state.ts';
import { checkActor, checkClient, checkScope, type Actor, type Needs } from './check-caller.ts';
import { clientItemKey, fromClientItem, readAuthorization, type Client } from './client.ts';

export type { Actor } from './check-caller.ts';

/** What a request is about: nothing in particular, an organization, or a user by name or by an id that leads home. */
export type Target =
  | { readonly kind: 'none' }
  | { readonly kind: 'organization'; readonly organizationId: string }
  | { readonly kind: 'user'; readonly organizationId: string; readonly userId: string }
  | { readonly kind: 'home'; readonly home: HomeKeys };

export interface AdmissionRequest {
  readonly authorization: string | undefined;
  readonly actor: Actor | undefined;
  readonly needs: Needs;
  readonly target: Target;
  /** What was named was never ours: the caller is admitted, and then told that it is not there. */
  readonly isNowhere?: boolean;
  /** More items for the same read. */
  readonly also?: readonly ItemKey[];
  /** Hears of what a client that we know is refused, for the trail. */
  tell?(refused: Refused, problem: Problem): Promise<void>;
}

export interface Admitted {
  readonly client: Client;
  readonly actor?: Actor & { readonly role: Role };
  readonly home: HomeKeys;
  /** Absent when the target is none, or names what does not exist, or what lies outside: nobody can tell which. */
  readonly organization?: Organization;
  readonly state?: UserState;
  /** What an erased user left behind. */
  readonly tombstone?: Tombstone;
  readonly also: readonly (Attributes | undefined)[];
  /** The hosted page that asks, when it is one: its person is the actor. */
  readonly page?: LongPage;
  /** The challenge by which the page's session last confirmed again. */
  readonly pageProof?: Uint8Array;
}

/** Who was refused, and about what: as much as the client may know of. */
export type Refused = Pick<Admitted, 'client' | 'home' | 'organization' | 'state'>;

export interface AdmitDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
}

const nowhere: HomeKeys = { organizationKey: '', userKey: '' };

/** Where the target is kept; empty keys for what it does not name. */
export function homeOf(keys: KeyRing, target: Target): HomeKeys {
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

function readStateItem(item: Attributes | undefined): Pick<Admitted, 'state' | 'tombstone'> {
  if (!item) return {};
  return isTombstone(item) ? { tombstone: readTombstone(item) } : { state: fromUserStateItem(item) };
}

/** What lies outside either subtree is not there, and neither is anything below it. */
export function lookInside(
  organizationItem: Attributes | undefined,
  stateItem: Attributes | undefined,
  client: Client,
  actor: Actor | undefined,
): Pick<Admitted, 'organization' | 'state' | 'tombstone'> {
  const organization = organizationItem && fromOrganizationItem(organizationItem);
  if (!organization || !isWithin(client.organizationId, organization)) return {};
  if (actor && !isWithin(actor.organizationId, organization)) return {};
  return { organization, ...readStateItem(stateItem) };
}

/** One read for all; what is not wanted is undefined, like what does not exist. */
export async function readTogether(
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

  const client = clientItem && fromClientItem(clientItem);
  if (!client) throw new Problem('key-invalid');
  const refused = { client, home } as const;
  await orTell(request, refused, () => {
    checkClient(deps.keys, client, presented);
    checkScope(client, request.needs);
  });
  const seen = lookInside(organizationItem, stateItem, client, actor);
  const admitted: Admitted = { ...refused, also, ...seen };
  if (!actor) return admitted;
  const items = { profile, organization: actorOrganization };
  const { needs, target } = request;
  const user = admitted.state ?? (target.kind === 'user' ? target : undefined);
  const role = await orTell(request, admitted, () => checkActor(actor, items, client, needs, user));
  return { ...admitted, actor: { ...actor, role } };
}

async function orTell<T>(request: AdmissionRequest, refused: Refused, check: () => T): Promise<T> {
  try {
    return check();
  } catch (error) {
    if (error instanceof Problem) await request.tell?.(refused, error);
    throw error;
  }
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
