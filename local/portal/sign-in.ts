/** What a portal does to have a sign-in confirmed: asks Countersign, follows the challenge, and believes its result alone. */
import type { IncomingMessage } from 'node:http';
import { accountsOf, ask, type Countersign } from './countersign.ts';
import { Refusal } from './portal-http.ts';
import { isSame, randomText, type Account, type Asked, type Audience, type Challenge, type Session } from './portal-session.ts';

export interface Portal extends Countersign {
  readonly origin: string;
  /** The organization that people sign in to first. */
  readonly organizationId: string;
  /** This portal's people have one password: it is a demo. */
  readonly demo: { readonly password: string };
}

/** What Countersign sends the browser back to: registered for the client, letter for letter. */
export const returnUrlOf = (origin: string, audience: Audience): string => `${origin}${audience === 'vpn' ? '/vpn' : ''}/back`;

export interface Wish {
  readonly userId: string;
  readonly account: Account;
  readonly audience: Audience;
  readonly firstFactor: Session['firstFactor'];
  readonly protects?: string;
}

/** Asks whether a second factor is needed, with a nonce that the result will repeat. */
async function askFor(portal: Portal, request: IncomingMessage, { userId, account, audience, firstFactor, protects }: Wish): Promise<Asked> {
  const nonce = randomText(16);
  const context = { ipAddress: request.socket.remoteAddress, userAgent: request.headers['user-agent']?.slice(0, 256) };
  const who = { organizationId: account.organizationId, userId, audience, firstFactor, nonce, context };
  const returnUrl = returnUrlOf(portal.origin, audience);
  if (protects === undefined) return { nonce, challenge: await ask(portal, '/v1/challenges', { ...who, returnUrl }) };
  return { nonce, protects, challenge: await ask(portal, '/v1/challenges', { ...who, protects: [protects], returnUrl }) };
}

export interface Beginning {
  readonly audience: Audience;
  readonly firstFactor: Session['firstFactor'];
  /** With the hosted pages the rest happens there: of what follows, only "back" is needed then. */
  readonly isHosted: boolean;
}

/** Starts anew for one account: nobody is signed in to it by having been signed in to another. */
async function enter(portal: Portal, request: IncomingMessage, person: Pick<Session, 'userId' | 'accounts'> & { account: Account }, beginning: Beginning): Promise<Session> {
  const { audience, firstFactor, isHosted } = beginning;
  const asked = await askFor(portal, request, { ...person, audience, firstFactor });
  const { status, promptUrl, setupUrl } = asked.challenge;
  const leaveFor = (isHosted && (promptUrl ?? setupUrl)) || '';
  // "Not required" is believed here and nowhere else: it is the service's answer to our own question.
  return { ...person, audience, firstFactor, asked, isSignedIn: status === 'not-required', notice: '', leaveFor };
}

/** Whether it is this person's password (a real portal also limits the guesses, and keeps hashes). */
export async function knows(portal: Portal, userId: string, password: string): Promise<Account[]> {
  return isSame(password, portal.demo.password) ? accountsOf(portal, userId, portal.organizationId) : [];
}

/** Checks name and password, then asks for the second factor. One answer serves for whatever is wrong: nobody learns which names exist. */
export async function signIn(portal: Portal, request: IncomingMessage, form: URLSearchParams, beginning: Beginning): Promise<Session> {
  const userId = form.get('userId') ?? '';
  const accounts = await knows(portal, userId, form.get('password') ?? '');
  const [account] = accounts;
  if (!account) throw new Refusal('The name or the password is not right.');
  return enter(portal, request, { userId, accounts, account }, beginning);
}

/** Every switch asks again, and a result for one account is worthless for another. */
export async function switchAccount(portal: Portal, request: IncomingMessage, session: Session, organizationId: string | null): Promise<Session> {
  const { userId, accounts, audience, firstFactor } = session;
  const account = accounts.find((each) => each.organizationId === organizationId);
  if (!account || !session.isSignedIn) throw new Refusal('This account cannot be switched to.');
  return enter(portal, request, { userId, accounts, account }, { audience, firstFactor, isHosted: false });
}

/** Asks once more, for this action alone; meanwhile the person stays signed in to everything else. */
export async function protect(portal: Portal, request: IncomingMessage, session: Session): Promise<void> {
  if (!session.isSignedIn) throw new Refusal('Please sign in first.');
  session.asked = await askFor(portal, request, { ...session, protects: 'infrastructure' });
  if (session.asked.challenge.status === 'not-required') restartServer(session);
}

/** A real portal would do it here, and once. */
function restartServer({ asked }: Session): void {
  asked.isDone = true;
}

/** The result is for this person, account, audience and very question, or it is for nobody. */
function isOurs({ audience, userId, account, asked }: Session, claims: Record<string, unknown>): boolean {
  const protects = asked.protects === undefined ? undefined : JSON.stringify([asked.protects]);
  const ours = { sub: userId, org: account.organizationId, nonce: asked.nonce, purpose: 'sign-in', txn: asked.challenge.challengeId };
  const isForUs = Array.isArray(claims['aud']) && claims['aud'].includes(audience);
  return isForUs && JSON.stringify(claims['protects']) === protects && Object.entries(ours).every(([name, value]) => claims[name] === value);
}

/** An approval signs nobody in. Its result does. */
export async function follow(portal: Portal, session: Session, challenge: Challenge): Promise<void> {
  const { asked } = session;
  if (challenge.status === 'approved' && asked.isDone !== true) {
    // Kept, because a result is redeemed once, and two requests may see the approval at the same time.
    asked.claims ??= ask<Record<string, unknown>>(portal, '/v1/results/redeem', { result: challenge.result });
    const isConfirmed = challenge.challengeId === asked.challenge.challengeId && isOurs(session, await asked.claims);
    if (isConfirmed && asked.protects !== undefined) restartServer(session);
    else if (isConfirmed) session.isSignedIn = true;
  }
  asked.challenge = { factors: asked.challenge.factors ?? [], ...challenge };
}

/** What the person chose. The challenge comes from the session, so that no browser can name another's. */
export async function choose(portal: Portal, session: Session, action: string, form: URLSearchParams): Promise<void> {
  const [factorId, answer] = [form.get('factorId') ?? '', (form.get('answer') ?? '').replaceAll(/\s/g, '')];
  const bodies = Object.entries({ send: { factorId }, answer: { factorId, answer }, cancel: {} });
  const body = new Map<string, object>(bodies).get(action);
  if (!body) throw new Error('There is no such action.');
  const changed = await ask<Challenge>(portal, `/v1/challenges/${session.asked.challenge.challengeId}/${action}`, body);
  if (action !== 'send') await follow(portal, session, changed);
}

/** The page where people manage themselves, or others: its address works once, for a minute, for whoever is signed in here. */
export async function openPage(portal: Portal, session: Session, page: string | null): Promise<void> {
  if (!session.isSignedIn) throw new Refusal('Please sign in first.');
  const { userId, account } = session;
  const wanted = { page: page === 'console' ? 'console' : 'security', organizationId: account.organizationId, userId };
  const { url } = await ask<{ url: string }>(portal, '/v1/page-sessions', { ...wanted, returnUrl: returnUrlOf(portal.origin, 'portal') });
  session.leaveFor = url;
}
