/** Sessions of the demo portal: kept here, while the browser gets a name for its own and nothing else. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Factor {
  factorId: string;
  kind: string;
  method?: string;
  hint?: string;
}

export interface Progress {
  attempt?: number;
  of?: number;
  state: string;
  show?: string;
}

/** The part of a challenge that a portal needs. */
export interface Challenge {
  challengeId: string;
  status: string;
  reason?: string;
  lockedUntil?: string;
  factors?: Factor[];
  progress?: Progress;
  promptUrl?: string;
  setupUrl?: string;
  result?: string;
}

/** Portal and VPN are two processes: each has its own sessions, and takes its own results only. */
export type Audience = 'portal' | 'vpn';

/** A person may have several accounts, one in each of several organizations. */
export interface Account {
  readonly organizationId: string;
  readonly name: string;
  readonly role: string;
}

/** What Countersign was asked, for this person and this account. */
export interface Asked {
  readonly nonce: string;
  /** For a protected action; absent when it is to sign in. */
  readonly protects?: string;
  challenge: Challenge;
  /** What the approval's result said, once it is redeemed. */
  claims?: Promise<Record<string, unknown>>;
  isDone?: boolean;
}

export interface Session {
  readonly audience: Audience;
  readonly userId: string;
  readonly firstFactor: 'password' | 'sso';
  readonly accounts: readonly Account[];
  /** The one that is asked for or signed in to. */
  readonly account: Account;
  asked: Asked;
  isSignedIn: boolean;
  notice: string;
  /** The hosted page that does the rest, until the browser has been sent there. */
  leaveFor: string;
}

export type Sessions = Map<string, Session & { until?: number; isRenewed?: boolean }>;

const hourMilliseconds = 3_600_000;

export const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** Compares digests: the time it takes tells nothing about the secret, not even its length. */
export function isSame(given: string | null, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(secret));
}

/** The session that the browser's cookie names, unless there is none or its hour is over; and that name. */
export function findSession(sessions: Sessions, request: IncomingMessage, audience: Audience): { id: string; session?: Session } {
  const id = new RegExp(`(?:^|;\\s*)${audience}=([\\w-]{43})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
  const session = sessions.get(id);
  return session?.audience === audience && Date.now() < (session.until ?? 0) ? { id, session } : { id };
}

/**
 * Gives the session a new name of 256 random bits, or forgets it. Every change of what a session may do gets a new
 * name, so that nobody can plant one (fixation). HttpOnly hides it from scripts, SameSite from forms of other sites;
 * on HTTPS add Secure and the prefix __Host-.
 */
export function keepSession(sessions: Sessions, response: ServerResponse, oldId: string, audience: Audience, session?: Session): void {
  sessions.delete(oldId);
  const id = session ? randomText(32) : '';
  if (session) sessions.set(id, Object.assign(session, { until: Date.now() + hourMilliseconds }));
  response.setHeader('set-cookie', `${audience}=${id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${session ? 3600 : 0}`);
}

/** A session that is signed in gets a new name, once: from here on the name is worth more. */
export function renewSession(sessions: Sessions, response: ServerResponse, oldId: string): void {
  const session = sessions.get(oldId);
  if (!session?.isSignedIn || session.isRenewed === true) return;
  keepSession(sessions, response, oldId, session.audience, Object.assign(session, { isRenewed: true }));
}
