/** The way from a portal into the pages where people manage themselves or others: an address that works once, for a minute. */
import { needUser, type Admitted } from '../clients/admit.ts';
import { returnAddressOf } from '../clients/client.ts';
import { toTimestamp } from '../platform/clock.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { refusalUpdate } from '../user-state/event-item.ts';
import type { Profile } from '../users/profile.ts';
import type { OpenDependencies } from './open-session.ts';
import { storedTokenWrite, tokenLife } from './open-session.ts';
import { pageAddress } from './page-addresses.ts';
import { newStoredToken } from './page-token.ts';

export interface CreatePageSessionInput {
  readonly page: 'security' | 'console';
  readonly returnUrl: string;
  readonly pagesUrl: string;
  readonly profile: Profile | undefined;
  readonly context: RequestContext;
}

/** The portal says who is signed in there; an actor who is somebody else would act as that person (A129). */
function refuseOthers({ actor }: Admitted, { organizationId, userId }: Pick<Profile, 'organizationId' | 'userId'>): void {
  const isSelf = actor === undefined || (actor.organizationId === organizationId && actor.userId === userId);
  if (!isSelf) throw new Problem('not-permitted', { detail: 'A page is opened for oneself.' });
}

export async function createPageSession(deps: OpenDependencies, admitted: Admitted, input: CreatePageSessionInput): Promise<{ url: string; expiresAt: string }> {
  const { page, returnUrl, pagesUrl, profile, context } = input;
  const { state } = needUser(admitted);
  if (!profile) throw new Problem('not-found');
  refuseOthers(admitted, state);
  if (state.suspendedAt !== undefined) throw new Problem('user-suspended');
  // After a reset only the invitation leads in: whoever is signed in at the portal by a password alone has no page.
  if (state.invitedOnly) throw new Problem('invitation-needed');
  if (page === 'console' && profile.role === 'member') throw new Problem('not-permitted', { detail: 'The console is for those who administer or audit.' });
  returnAddressOf(admitted.client, returnUrl);
  const now = deps.clock.now();
  const token = newStoredToken(deps.random);
  const stored = { page, ...admitted.home, clientId: admitted.client.clientId, returnUrl, validUntil: now + tokenLife };
  const { done } = await deps.table.transact([storedTokenWrite(deps.table.name, token, stored)]);
  if (!done) throw new Problem('unavailable', { retryAfterSeconds: 1 });
  const home = { ...admitted.home, organizationId: state.organizationId, userId: state.userId };
  await deps.table.update(refusalUpdate(home, { kind: 'page-session-created', detail: { page } }, context, now));
  return { url: pageAddress(pagesUrl, page, token), expiresAt: toTimestamp(stored.validUntil) };
}
