/** A portal that confirms its sign-ins with Countersign: the code to copy. All of it runs on the server. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ask } from './countersign.ts';
import { answerFirstFactor } from './first-factor.ts';
import { noticeOf, readForm, Refusal, serve, writeAsset, writePage, writeProgress } from './portal-http.ts';
import { findSession, keepSession, renewSession, type Audience, type Challenge, type Session, type Sessions } from './portal-session.ts';
import { choose, follow, knows, openPage, protect, signIn, switchAccount, type Portal } from './sign-in.ts';

export interface PortalDependencies {
  readonly port: number;
  readonly apiUrl: string;
  readonly clientKey: string;
  readonly organizationId: string;
  readonly demo: { readonly password: string };
  /** Of the client's first-factor check. */
  readonly firstFactorSecret?: string;
  /** The time, when it is not this machine's. */
  now?(): number;
}

interface Open extends Portal, Omit<PortalDependencies, 'demo'> {
  origin: string;
  readonly sessions: Sessions;
}

/** One request: to the portal at "/", or to the VPN, which is beside it at "/vpn/". */
interface Visit {
  readonly audience: Audience;
  readonly base: string;
  /** What is asked for, without the base. */
  readonly path: string;
  readonly search: URLSearchParams;
  readonly id: string;
  readonly session?: Session;
}

function visitOf(portal: Open, request: IncomingMessage): Visit {
  const { pathname, searchParams: search } = new URL(request.url ?? '/', portal.origin);
  const audience = pathname.startsWith('/vpn/') ? 'vpn' : 'portal';
  const base = audience === 'vpn' ? '/vpn/' : '/';
  return { audience, base, path: pathname.slice(base.length), search, ...findSession(portal.sessions, request, audience) };
}

/** What needs a session: a refusal is a notice on its page. */
async function act(portal: Open, { path, session }: Visit & { session: Session }, form: URLSearchParams, request: IncomingMessage): Promise<void> {
  try {
    if (path === 'protect') await protect(portal, request, session);
    else if (path === 'open') await openPage(portal, session, form.get('page'));
    else await choose(portal, session, path, form);
  } catch (error) {
    session.notice = noticeOf(error);
  }
}

async function takeForm(portal: Open, visit: Visit, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { audience, base, path, id, session } = visit;
  const form = await readForm(request);
  const keep = (next?: Session): void => keepSession(portal.sessions, response, id, audience, next);
  if (path === 'sign-in') keep(await signIn(portal, request, form, { audience, firstFactor: 'password', isHosted: form.has('hosted') }));
  // Stands in for what an identity provider would have answered.
  else if (path === 'sso') keep(await signIn(portal, request, form, { audience, firstFactor: 'sso', isHosted: true }));
  else if (!session || path === 'sign-out') keep();
  else if (path === 'switch') keep(await switchAccount(portal, request, session, form.get('organizationId')));
  else await act(portal, { ...visit, session }, form, request);
  renewSession(portal.sessions, response, id);
  response.writeHead(303, { location: base }).end();
}

async function show(portal: Open, { audience, base, path, search, id, session }: Visit, response: ServerResponse): Promise<void> {
  const { challenge } = session?.asked ?? {};
  const look = (more = ''): Promise<Challenge> => ask<Challenge>(portal, `/v1/challenges/${challenge?.challengeId ?? ''}${more}`);
  if (path === 'wait') {
    // The first look is at once; each later one waits for a change, but not long: one may slip in between two.
    writeProgress(response, session && (await look(search.has('first') ? '' : '?waitSeconds=5')));
  } else if (path === 'back') {
    // An id, not a proof: it must be this session's own, and what became of it the service says.
    if (session && search.get('challengeId') === challenge?.challengeId) await follow(portal, session, await look());
    response.writeHead(303, { location: base }).end();
  } else if (path === '' || path === 'sso') {
    if (session && challenge?.status === 'pending') await follow(portal, session, await look());
    renewSession(portal.sessions, response, id);
    writePage(response, 200, { audience, isSso: path === 'sso', notice: '' }, session);
  } else await writeAsset(response, path);
}

async function respond(portal: Open, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const visit = visitOf(portal, request);
  if (request.method !== 'POST') await show(portal, visit, response);
  else if (visit.path === 'first-factor-check') {
    // Asked by Countersign, not by a browser: known by its signature, and by nothing else.
    const isRight = async ({ organizationId, userId, password }: { organizationId: string; userId: string; password: string }): Promise<boolean> =>
      (await knows(portal, userId, password)).some((account) => account.organizationId === organizationId);
    await answerFirstFactor(request, response, { secret: portal.firstFactorSecret ?? '', now: portal.now?.() ?? Date.now(), isRight });
  } else {
    // Another site can make a browser post here, cookie and all, but not under our origin (CSRF).
    if (request.headers.origin !== portal.origin) throw new Refusal(`Please use ${portal.origin}.`, 403);
    await takeForm(portal, visit, request, response);
  }
}

/** Serves the portal to this machine. Whatever fails, fails closed: the person is asked to sign in once more. */
export async function startPortal(deps: PortalDependencies): Promise<{ url: string; stop(): Promise<void> }> {
  const portal: Open = { ...deps, origin: '', sessions: new Map() };
  const { url, stop } = await serve(deps.port, (request, response) => respond(portal, request, response));
  portal.origin = url;
  return { url, stop };
}
