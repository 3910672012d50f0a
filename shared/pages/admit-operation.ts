/**
 * The gate of the API's own operations when a page asks them: in place of a key the cookie's session, in place of a named actor the
 * person whose session it is. Roles, scopes and subtrees are judged as ever, on every request (A51).
 */
import { homeOf, lookInside, readTogether, type AdmissionRequest, type Admitted, type Target } from '../clients/admit.ts';
import { checkActor, checkScope, type Actor, type Needs } from '../clients/check-caller.ts';
import type { LongPage } from '../contract/routes.ts';
import { neededStrength } from '../factors/proofs.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { readObjectId } from '../platform/object-id.ts';
import { Problem } from '../platform/problems/problem.ts';
import { isStrongEnough } from '../policy/policy.ts';
import { organizationItemKey, type Organization } from '../organizations/organization.ts';
import { fromProfileItem, profileKey } from '../users/profile.ts';
import { proofLife } from '../user-state/decided-challenges.ts';
import { findChallenge, isSameId } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import { userStateKey } from '../user-state/user-state-item.ts';
import { markSeen, placeKeys, readPlace, sessionOver, type PageDependencies, type Place } from './admit-page.ts';
import { isFromBefore, liveSession, needsMark, readCookie, sessionKey, type CookiePlace, type PageSession } from './page-session.ts';

export interface OperationDependencies extends PageDependencies {
  readonly keys: KeyRing;
}

export interface OperationRequest extends Pick<AdmissionRequest, 'also' | 'isNowhere' | 'tell'> {
  readonly cookie: string | undefined;
  readonly pages: readonly LongPage[];
  readonly needs: Needs;
  readonly target: Target;
  /** What the browser offers as proof, and what it is for; absent where the operation asks for none. */
  readonly proof?: { readonly challengeId: string | undefined; readonly for: true | 'others' };
}

interface Person extends Place {
  readonly session: PageSession;
  readonly page: LongPage;
}

const isLongPage = (page: PageSession['page'], pages: readonly LongPage[]): page is LongPage => pages.some((each) => each === page);

/** A person who may not sign in, or does not administer any more, finds the session over. */
function personOf(session: PageSession | undefined, place: Place | undefined, { pages }: OperationRequest, profile: Admitted['also'][number]): Person {
  const isThere = session && place && profile && isLongPage(session.page, pages);
  if (!isThere || place.state.suspendedAt !== undefined || isFromBefore(session.createdAt, place.state)) throw sessionOver();
  const { page } = session;
  if (!isLongPage(page, pages) || (page === 'console' && fromProfileItem(profile).role === 'member')) throw sessionOver();
  return { ...place, session, page };
}

/** D23: a confirmation of just now, as strong as the strongest that the person has. Whoever has none has nothing to show. */
function needProof(keys: KeyRing, { state, session, client }: Person, challengeId: string | undefined, now: number): void {
  const needed = neededStrength(state);
  if (!needed) return;
  const id = challengeId === undefined ? undefined : readObjectId(keys, 'chl', challengeId);
  const isOfSession = id !== undefined && id.userKey === session.userKey && session.proof !== undefined && isSameId(id.random, session.proof);
  const challenge = isOfSession ? findChallenge(state, id.random) : undefined;
  const { approval } = challenge ?? {};
  const isOwn = challenge?.purpose === 'administer' && challenge.clientId === client.clientId;
  const isGood = isOwn && approval !== undefined && now < approval.at + proofLife && isStrongEnough(approval.strength, needed);
  if (!isGood) throw new Problem('proof-required', { detail: 'Confirm that it is you, and ask again.' });
}

interface Asked {
  readonly request: OperationRequest;
  readonly home: Admitted['home'];
  /** Something is there to be asked about, or nothing was named: what is not there is refused for that alone. */
  readonly isFound: boolean;
  readonly now: number;
}

const isThere = ({ target, isNowhere }: OperationRequest, organization: Organization | undefined): boolean =>
  organization !== undefined || (target.kind === 'none' && isNowhere !== true);

/** Whoever is locked administers nobody: they might be the one who guessed. */
function admitToConsole(keys: KeyRing, person: Person, { request: { proof }, home, isFound, now }: Asked): void {
  if (person.state.lock) throw new Problem('user-locked');
  const isForThis = proof?.for === true || (proof?.for === 'others' && home.userKey !== person.session.userKey);
  if (isForThis && isFound) needProof(keys, person, proof.challengeId, now);
}

/** The security page is about oneself: of anybody else it knows nothing. */
function refuseOthers({ page, session }: Person, home: Admitted['home']): void {
  if (page === 'security' && home.userKey !== session.userKey) throw new Problem('not-found', { foreign: true });
}

interface Read {
  readonly person: Person;
  readonly actor: Actor;
  readonly items: { readonly profile: Admitted['also'][number]; readonly organization: Admitted['also'][number] };
}

async function readAll(deps: OperationDependencies, request: OperationRequest, where: CookiePlace, home: Admitted['home']) {
  const [item, organization, state, client, profile, targetOrganization, targetState, ...also] = await readTogether(deps.table, [
    sessionKey(request.cookie ?? ''),
    ...placeKeys(where),
    profileKey(where.userKey),
    home.organizationKey === '' ? undefined : organizationItemKey(home.organizationKey),
    home.userKey === '' ? undefined : userStateKey(home.userKey),
    ...(request.also ?? []),
  ]);
  const now = deps.clock.now();
  const person = personOf(liveSession(item, now), readPlace([organization, state, client]), request, profile);
  const { organizationId, userId } = person.state;
  const read: Read = { person, actor: { organizationId, userId }, items: { profile, organization } };
  return { ...read, now, targetOrganization, targetState, also };
}

export async function admitOperation(deps: OperationDependencies, request: OperationRequest): Promise<Admitted> {
  const where = request.cookie === undefined ? undefined : readCookie(request.cookie);
  if (!where || request.cookie === undefined) throw sessionOver();
  const home = homeOf(deps.keys, request.target);
  const { person, actor, items, now, targetOrganization, targetState, also } = await readAll(deps, request, where, home);
  const { client, page, session } = person;
  const seen = lookInside(targetOrganization, targetState, client, actor);
  const admitted: Admitted = { client, home, also, page, ...(session.proof ? { pageProof: session.proof } : {}), ...seen };
  try {
    checkScope(client, request.needs);
    refuseOthers(person, home);
    const user = admitted.state ?? (request.target.kind === 'user' ? request.target : undefined);
    const role = checkActor(actor, items, client, request.needs, user);
    if (page === 'console') admitToConsole(deps.keys, { ...person, state: settle(person.state, now).state }, { request, home, isFound: isThere(request, seen.organization), now });
    if (needsMark(session, now)) await markSeen(deps, sessionKey(request.cookie), now);
    return { ...admitted, actor: { ...actor, role } };
  } catch (error) {
    if (error instanceof Problem && error.problem !== 'proof-required') await request.tell?.(admitted, error);
    throw error;
  }
}
