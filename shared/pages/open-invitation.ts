/** Trades an invitation's link for the session of its registration: in one write with the state that says so, so that it opens one. */
import { decideOpen } from '../enrollment/invitations/decide-open.ts';
import type { InvitationToken } from '../enrollment/invitations/invitation-token.ts';
import type { Client } from '../clients/client.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import { Problem } from '../platform/problems/problem.ts';
import { commit, type CommitDependencies } from '../user-state/commit.ts';
import { enrollmentKey, fromEnrollmentItem } from '../user-state/enrollment-item.ts';
import { registrationLife } from '../user-state/enrollment.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { markRequest } from '../user-state/receipts.ts';
import { placeKeys, readPlace, sessionOver, type Place } from './admit-page.ts';
import { afterChallenge, newCookie, newSessionWrite, type PageSession } from './page-session.ts';

export interface OpenedInvitation extends Place {
  readonly session: PageSession;
  readonly cookie: string;
}

/** Where the portal is, for the way back: the address that takes sign-ins is not one to walk in by. */
function portalOf({ returnUrls }: Client): Pick<PageSession, 'returnUrl'> {
  const [address] = returnUrls;
  return address === undefined ? {} : { returnUrl: `${new URL(address).origin}/` };
}

async function readClientId(deps: CommitDependencies, { enrollmentId }: InvitationToken): Promise<string> {
  const [item]: (Attributes | undefined)[] = await deps.table.read([enrollmentKey(enrollmentId)]);
  const record = fromEnrollmentItem(item);
  if (!record) throw new Problem('invitation-over');
  return record.clientId;
}

/** Throws `invitation-over` (410) for a link of ours that is dead; a person who is gone has no page. */
export async function openInvitation(deps: CommitDependencies, token: InvitationToken, context: RequestContext): Promise<OpenedInvitation> {
  const { home, enrollmentId, generation } = token;
  const clientId = await readClientId(deps, token);
  const place = readPlace(await deps.table.read(placeKeys({ ...home, clientId })));
  if (!place) throw sessionOver();
  const cookie = newCookie({ ...home, clientId, enrollment: enrollmentId }, deps.random);
  const sessionAt = (now: number): PageSession => ({
    page: 'registration', ...home, clientId, enrollment: enrollmentId, ...portalOf(place.client),
    createdAt: now, seenAt: now, validUntil: now + registrationLife + afterChallenge,
  });
  const { state } = await commit(deps, {
    home,
    state: place.state,
    context: { ...context, clientId },
    mark: markRequest(deps.keys, 'page', context.requestId, ['open', Buffer.from(enrollmentId).toString('base64url'), String(generation)]),
    decide: (read, now) => decideOpen(read, { ...token, clientId }, now),
    recall: () => 'opened',
    also: ({ next }) => [newSessionWrite(deps.table.name, cookie, sessionAt(next.lastAt))],
  });
  return { ...place, state, session: sessionAt(state.lastAt), cookie };
}
