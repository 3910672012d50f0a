/** A portal that confirms its sign-ins with Countersign: the code to copy. All of it runs on the server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { noticeOf, readForm, Refusal, refusalOf, serve, writeAsset, writePage, writeProgress } from './portal-http.ts';
import { findSession, isSame, keepSession, randomText, renewSession } from './portal-session.ts';
import type { Challenge, Session, Sessions } from './portal-session.ts';

export interface PortalDependencies {
  port: number;
  apiUrl: string;
  clientKey: string;
  organizationId: string;
  demo: { userId: string; password: string };
}
type Portal = PortalDependencies & { origin: string; sessions: Sessions };

/** Asks Countersign. The client key never leaves this server; whatever is not a clear answer in time throws. */
async function ask<T>(portal: Portal, path: string, body?: object): Promise<T> {
  const headers = { authorization: `Bearer ${portal.clientKey}`, 'content-type': 'application/json' };
  const post = body && { method: 'POST', body: JSON.stringify(body) };
  const limits = { redirect: 'error', signal: AbortSignal.timeout(30_000) } as const;
  const response = await fetch(new URL(path, portal.apiUrl), { headers, ...post, ...limits });
  if (!response.ok) throw refusalOf(response);
  return (await response.json()) as T;
}

/** An approval signs nobody in. Its result does, when it is for this person, company, portal and very sign-in. */
async function follow(portal: Portal, session: Session, challenge: Challenge): Promise<void> {
  if (challenge.status === 'approved') {
    // Kept, because a result is redeemed once, and two requests may see the approval at the same time.
    session.claims ??= ask<Record<string, unknown>>(portal, '/v1/results/redeem', { result: challenge.result });
    const claims = await session.claims;
    const ours = { sub: session.userId, org: portal.organizationId, nonce: session.nonce, purpose: 'sign-in' };
    const expected = Object.entries({ ...ours, txn: challenge.challengeId });
    const isForThisPortal = Array.isArray(claims['aud']) && claims['aud'].includes('portal');
    session.isSignedIn = isForThisPortal && expected.every(([name, value]) => claims[name] === value);
  }
  session.challenge = { factors: session.challenge.factors ?? [], ...challenge };
}

/** Checks name and password (a real portal also limits the guesses), then asks whether a second factor is needed. */
async function signIn(portal: Portal, request: IncomingMessage, form: URLSearchParams): Promise<Session> {
  const { organizationId, demo } = portal;
  // Both are always compared, and one answer serves for both: nobody learns which names exist.
  const isRight = [isSame(form.get('userId'), demo.userId), isSame(form.get('password'), demo.password)];
  if (isRight.includes(false)) throw new Refusal('The name or the password is not right.');
  const nonce = randomText(16);
  const context = { ipAddress: request.socket.remoteAddress, userAgent: request.headers['user-agent']?.slice(0, 256) };
  const who = { organizationId, userId: demo.userId, audience: 'portal', firstFactor: 'password', nonce, context };
  // With an address to come back to, the hosted pages do the rest: of what follows, only "/back" is needed then.
  const hosted = form.has('hosted') ? { returnUrl: `${portal.origin}/back` } : {};
  const challenge = await ask<Challenge>(portal, '/v1/challenges', { ...who, ...hosted });
  // "Not required" is believed here and nowhere else: it is the service's answer to our own question.
  const leaveFor = (form.has('hosted') && (challenge.promptUrl ?? challenge.setupUrl)) || '';
  return { userId: demo.userId, nonce, challenge, notice: '', leaveFor, isSignedIn: challenge.status === 'not-required' };
}

/** What the person chose. The challenge comes from the session, so that no browser can name another's. */
async function act(portal: Portal, session: Session, action: string, form: URLSearchParams): Promise<void> {
  const [factorId, answer] = [form.get('factorId') ?? '', (form.get('answer') ?? '').replaceAll(/\s/g, '')];
  const bodies = Object.entries({ send: { factorId }, answer: { factorId, answer }, cancel: {} });
  const body = new Map<string, object>(bodies).get(action);
  if (!body) throw new Error('There is no such action.');
  const changed = await ask<Challenge>(portal, `/v1/challenges/${session.challenge.challengeId}/${action}`, body);
  if (action !== 'send') await follow(portal, session, changed);
}

async function takeForm(portal: Portal, path: string, request: IncomingMessage, response: ServerResponse) {
  const { id, session } = findSession(portal.sessions, request);
  const form = await readForm(request);
  if (path === '/sign-in') keepSession(portal.sessions, response, id, await signIn(portal, request, form));
  else if (!session || path === '/sign-out') keepSession(portal.sessions, response, id);
  else await act(portal, session, path.slice(1), form).catch((error: unknown) => (session.notice = noticeOf(error)));
  renewSession(portal.sessions, response, id);
  response.writeHead(303, { location: '/' }).end();
}

async function respond(portal: Portal, request: IncomingMessage, response: ServerResponse) {
  const { pathname: path, search, searchParams } = new URL(request.url ?? '/', portal.origin);
  const { id, session } = findSession(portal.sessions, request);
  const state = `/v1/challenges/${session?.challenge.challengeId ?? ''}`;
  if (request.method === 'POST') {
    // Another site can make a browser post here, cookie and all, but not under our origin (CSRF).
    if (request.headers.origin !== portal.origin) throw new Refusal(`Please use ${portal.origin}.`, 403);
    await takeForm(portal, path, request, response);
  } else if (path === '/wait') {
    // The first look is at once; each later one waits for a change, but not long: one may slip in between two.
    writeProgress(response, session && (await ask(portal, search === '?first' ? state : `${state}?waitSeconds=5`)));
  } else if (path === '/back') {
    // An id, not a proof: it must be this session's own, and what became of it the service says.
    const isOwn = session !== undefined && searchParams.get('challengeId') === session.challenge.challengeId;
    if (isOwn) await follow(portal, session, await ask(portal, state));
    response.writeHead(303, { location: '/' }).end();
  } else if (path !== '/') await writeAsset(response, path);
  else {
    if (session?.challenge.status === 'pending') await follow(portal, session, await ask(portal, state));
    renewSession(portal.sessions, response, id);
    writePage(response, 200, '', session);
  }
}

/** Serves the portal to this machine. Whatever fails, fails closed: the person is asked to sign in once more. */
export async function startPortal(deps: PortalDependencies): Promise<{ url: string; stop(): Promise<void> }> {
  const portal: Portal = { ...deps, origin: '', sessions: new Map() };
  const { url, stop } = await serve(deps.port, (request, response) => respond(portal, request, response));
  portal.origin = url;
  return { url, stop };
}
