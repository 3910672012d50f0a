/** The gate of every page's request: the cookie's session, and, in the same read, whom it is about and what else is needed. */
import type { PageName } from '../contract/page-routes.ts';
import { clientItemKey, fromClientItem, type Client } from '../clients/client.ts';
import { fromOrganizationItem, isWithin, organizationItemKey, type Organization } from '../organizations/organization.ts';
import type { Clock } from '../platform/clock.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Table } from '../platform/dynamo/table.ts';
import type { HomeKeys } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { enrollmentKey, fromEnrollmentItem, type EnrollmentRecord } from '../user-state/enrollment-item.ts';
import { registeringAs, registrationLife } from '../user-state/enrollment.ts';
import { settle } from '../user-state/settle.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import type { UserState } from '../user-state/user-state.ts';
import { afterChallenge, isFromBefore, liveSession, needsMark, readCookie, sessionKey, type CookiePlace, type PageSession } from './page-session.ts';

export interface PageDependencies {
  readonly table: Table;
  readonly clock: Clock;
}

export interface PageRequest {
  readonly cookie: string | undefined;
  /** Whose sessions may ask this. */
  readonly sessions: readonly PageName[];
  /** More items for the one read. */
  also?(place: CookiePlace): readonly ItemKey[];
}

export interface AdmittedPage {
  readonly session: PageSession;
  readonly home: HomeKeys;
  readonly client: Client;
  readonly organization: Organization;
  readonly state: UserState;
  readonly also: readonly (Attributes | undefined)[];
  /** Of a registration: what it is for. */
  readonly enrollment?: EnrollmentRecord;
}

/** One problem for whatever is missing, over or taken back: a page learns nothing of which it was (A30). */
export const sessionOver = (): Problem => new Problem('page-session-over');

export interface Place {
  readonly client: Client;
  readonly organization: Organization;
  readonly state: UserState;
}

export const placeKeys = ({ organizationKey, userKey, clientId }: HomeKeys & { clientId: string }): ItemKey[] => [
  organizationItemKey(organizationKey),
  userStateKey(userKey),
  clientItemKey(clientId),
];

/** Undefined for a person who is gone, and for a client that may not speak for them any more. */
export function readPlace([organizationItem, stateItem, clientItem]: readonly (Attributes | undefined)[]): Place | undefined {
  if (!organizationItem || !stateItem || !clientItem || isTombstone(stateItem)) return undefined;
  const [organization, client] = [fromOrganizationItem(organizationItem), fromClientItem(clientItem)];
  if (client.disabled === true || !isWithin(client.organizationId, organization)) return undefined;
  return { client, organization, state: fromUserStateItem(stateItem) };
}

/** The challenge by which this session's person confirms again: its other changes take that one, and none of another session. */
export async function keepProof({ table }: PageDependencies, cookie: string, proof: Uint8Array): Promise<void> {
  const { pk, sk } = sessionKey(cookie);
  const isKept = await table.update({
    Key: { pk: { S: pk }, sk: { S: sk } },
    UpdateExpression: 'SET proof = :proof',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':proof': { B: proof } },
  });
  if (!isKept) throw sessionOver();
}

/** A session that is used does not fall idle; one that was ended meanwhile does not come back. */
export async function markSeen({ table }: PageDependencies, key: ItemKey, now: number): Promise<void> {
  await table.update({
    Key: { pk: { S: key.pk }, sk: { S: key.sk } },
    UpdateExpression: 'SET seenAt = :now',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':now': { N: String(now) } },
  });
}

/** The session of this very opening of the link: one from before, whose link was replaced since, is no part of what the new one does. */
const isOpenedBy = (session: PageSession, until: number): boolean => session.createdAt === until - registrationLife;

/**
 * A registration's session lives while its person registers, and a little after it is completed, so that the page can say so; one that
 * was withdrawn or replaced, has run out, or whose factor came by another way, is over at once. Of an administrator's reset nothing older is left.
 */
function isHeld(session: PageSession, { state: read }: Place, enrollment: EnrollmentRecord | undefined, now: number): boolean {
  const { state } = settle(read, now);
  if (isFromBefore(session.createdAt, state)) return false;
  if (session.page !== 'registration') return true;
  const registering = registeringAs(state, session.enrollment);
  if (registering) return isOpenedBy(session, registering.until);
  const isDone = enrollment?.state === 'completed' && enrollment.confirmed !== undefined;
  return isDone && isOpenedBy(session, enrollment.until) && now < (enrollment.endedAt ?? 0) + afterChallenge;
}

export async function admitPage(deps: PageDependencies, request: PageRequest): Promise<AdmittedPage> {
  const where = request.cookie === undefined ? undefined : readCookie(request.cookie);
  if (!where || request.cookie === undefined) throw sessionOver();
  const ownKey = sessionKey(request.cookie);
  const invitation = where.enrollment ? [enrollmentKey(where.enrollment)] : [];
  const own = [...placeKeys(where), ...invitation];
  const [item, ...rest] = await deps.table.read([ownKey, ...own, ...(request.also?.(where) ?? [])]);
  const now = deps.clock.now();
  const session = liveSession(item, now);
  const place = readPlace(rest);
  const enrollment = where.enrollment ? fromEnrollmentItem(rest[own.length - 1]) : undefined;
  if (!session || !place || !request.sessions.includes(session.page) || !isHeld(session, place, enrollment, now)) throw sessionOver();
  if (needsMark(session, now)) await markSeen(deps, ownKey, now);
  const { organizationKey, userKey } = session;
  const home = { organizationKey, userKey };
  return { session, home, ...place, also: rest.slice(own.length), ...(enrollment ? { enrollment } : {}) };
}

/** The challenge that the session is for. */
export function needSessionChallenge({ session }: Pick<AdmittedPage, 'session'>): Uint8Array {
  if (!session.challenge) throw sessionOver();
  return session.challenge;
}

/** The invitation that the session registers for. */
export function needSessionEnrollment({ session, enrollment }: Pick<AdmittedPage, 'session' | 'enrollment'>): { readonly id: Uint8Array; readonly record: EnrollmentRecord } {
  if (!session.enrollment || !enrollment) throw sessionOver();
  return { id: session.enrollment, record: enrollment };
}
