/**
 * A page's session: what a browser may do after it has traded a one-time token in. The browser holds a cookie that leads home, as ids
 * do, so that one read brings everything; the table holds the session under the cookie's SHA-256.
 */
import type { PageName } from '../contract/page-routes.ts';
import { hour, minute } from '../platform/clock.ts';
import { fromAttributes, toAttributes, type Attributes, type Value } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';
import type { HomeKeys } from '../platform/object-id.ts';
import type { Random } from '../platform/random.ts';
import type { UserState } from '../user-state/user-state.ts';
import { sha256 } from './page-token.ts';

export interface PageSession extends HomeKeys {
  readonly page: PageName;
  readonly clientId: string;
  /** The one challenge that it may answer, or set up a factor for. */
  readonly challenge?: Uint8Array;
  /** The invitation that it registers for; it ends with that. */
  readonly enrollment?: Uint8Array;
  /** Whole, with what the portal needs to know its own again. */
  readonly returnUrl?: string;
  /** By which its person last confirmed again, or is confirming: no other session's confirmation counts here. */
  readonly proof?: Uint8Array;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly validUntil: number;
}

/** D22. A session on a challenge ends a little after the challenge, so that the page can still say how it went. */
export const idleLife = 15 * minute;
export const longestLife = 12 * hour;
export const afterChallenge = 5 * minute;
/** How old a session's last mark of use may get before it is written again. */
const markAfter = minute;

/** The part of a cookie that says where to read. It is worth nothing without the rest: the whole is hashed. */
export interface CookiePlace extends HomeKeys {
  readonly clientId: string;
  readonly challenge?: Uint8Array;
  readonly enrollment?: Uint8Array;
}

/** For the pages where people manage themselves or others, not for one challenge. */
export const isLong = ({ page }: Pick<PageSession, 'page'>): boolean => page === 'security' || page === 'console';

/** 256 random bits behind the place. */
export function newCookie({ organizationKey, userKey, clientId, challenge, enrollment }: CookiePlace, random: Random): string {
  const text = (bytes: Uint8Array | undefined): string => (bytes === undefined ? '' : Buffer.from(bytes).toString('base64url'));
  const subject = enrollment ? `~${text(enrollment)}` : text(challenge);
  return [organizationKey, userKey, clientId, subject, text(random.bytes(32))].join('.');
}

export function readCookie(cookie: string): CookiePlace | undefined {
  const match = /^([\w-]{22})\.([\w-]{22})\.([a-z2-7]{16})\.(?:(~?)([\w-]{22}))?\.[\w-]{43}$/.exec(cookie);
  const [, organizationKey, userKey, clientId, mark, subject] = match ?? [];
  if (organizationKey === undefined || userKey === undefined || clientId === undefined) return undefined;
  const place = { organizationKey, userKey, clientId };
  if (subject === undefined) return place;
  const id = new Uint8Array(Buffer.from(subject, 'base64url'));
  return { ...place, ...(mark === '~' ? { enrollment: id } : { challenge: id }) };
}

export const sessionKey = (cookie: string): ItemKey => ({ pk: `SESSION#${sha256(cookie)}`, sk: 'SESSION' });

export function newSessionWrite(table: string, cookie: string, session: PageSession): Write {
  const expiresAt = Math.ceil(session.validUntil / 1000);
  const item = toAttributes({ ...sessionKey(cookie), schema: 1, ...(session as unknown as Record<string, Value>), expiresAt });
  return { Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** The session, while it lives: the time to live only cleans up. */
export function liveSession(item: Attributes | undefined, now: number): PageSession | undefined {
  if (!item) return undefined;
  const { pk: _pk, sk: _sk, schema: _schema, expiresAt: _expiresAt, ...session } = fromAttributes(item);
  const read = session as unknown as PageSession;
  const isIdle = isLong(read) && now >= read.seenAt + idleLife;
  return now >= read.validUntil || isIdle ? undefined : read;
}

/** Of a person who was made anew, or reset, since: whoever held it before holds nothing now. */
export const isFromBefore = (openedAt: number, { createdAt, resetAt = -Infinity }: Pick<UserState, 'createdAt' | 'resetAt'>): boolean => openedAt < createdAt || openedAt <= resetAt;

/** Whether its use should be marked, so that it does not fall idle. */
export const needsMark = (session: PageSession, now: number): boolean => isLong(session) && now >= session.seenAt + markAfter;

export const lifeOf = (page: PageName, now: number, challengeEndsAt?: number): number =>
  challengeEndsAt === undefined || isLong({ page }) ? now + longestLife : challengeEndsAt + afterChallenge;
