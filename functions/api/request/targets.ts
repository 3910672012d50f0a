/** What a request is about, read from its path or body. */
import type { Target } from '../../../shared/clients/admit.ts';
import { readObjectId, userKeyOf, type ObjectId } from '../../../shared/platform/object-id.ts';
import type { Attributes } from '../../../shared/platform/dynamo/attributes.ts';
import type { ItemKey } from '../../../shared/platform/dynamo/table.ts';
import { Problem } from '../../../shared/platform/problems/problem.ts';
import type { About } from '../../../shared/sign-in/sign-in-dependencies.ts';
import { fromProfileItem, profileKey } from '../../../shared/users/profile.ts';
import { hostOf } from '../../../shared/clients/return-url.ts';
import { needUser } from '../../../shared/clients/admit.ts';
import type { ApiCall, RequestParts } from './api-door.ts';
import type { Dependencies } from '../../start/dependencies.ts';

/** A forged id leads nowhere, exactly like one that is over. */
function challengeIdOf(deps: Dependencies, { path }: Pick<RequestParts<unknown>, 'path'>): ObjectId {
  const id = readObjectId(deps.keys, 'chl', path['challengeId'] ?? '');
  if (!id) throw new Problem('not-found');
  return id;
}

/** The user that a challenge id leads to. */
export function challengeTarget(deps: Dependencies, parts: Pick<RequestParts<unknown>, 'path'>): Target {
  const { organizationKey, userKey } = challengeIdOf(deps, parts);
  return { kind: 'home', home: { organizationKey, userKey } };
}

export const challengeRandom = (deps: Dependencies, parts: Pick<RequestParts<unknown>, 'path'>): Uint8Array => challengeIdOf(deps, parts).random;

export function userTarget(_deps: Dependencies, { path }: Pick<RequestParts<unknown>, 'path'>): Target {
  return { kind: 'user', organizationId: path['organizationId'] ?? '', userId: path['userId'] ?? '' };
}

export function organizationTarget(_deps: Dependencies, { path }: Pick<RequestParts<unknown>, 'path'>): Target {
  return { kind: 'organization', organizationId: path['organizationId'] ?? '' };
}

/** Everything that an operation on a user takes from its request. */
export function aboutUser<Body>({ admitted, context, mark }: ApiCall<Body>): About {
  return { home: admitted.home, ...needUser(admitted), context, mark };
}

/** For the same read, where people are written to: their profile says in which language, and where. */
export function challengeProfile(deps: Dependencies, parts: Pick<RequestParts<unknown>, 'path'>): ItemKey {
  return profileKey(challengeIdOf(deps, parts).userKey);
}

export function userProfile(deps: Dependencies, { path }: Pick<RequestParts<unknown>, 'path'>): ItemKey {
  return profileKey(userKeyOf(deps.keys, path['organizationId'] ?? '', path['userId'] ?? ''));
}

/** The same, with what a message to them needs: the profile that was asked for beside, and where a code will be typed. */
export function aboutPerson<Body>(call: ApiCall<Body>, profile: Attributes | undefined): About {
  const host = hostOf(call.admitted.client);
  return { ...aboutUser(call), host, ...(profile ? { profile: fromProfileItem(profile) } : {}) };
}
