/** Trades a page's one-time token for a session. Of any number of trades one is made; the others find the token spent. */
import { challengeIdOf } from '../sign-in/challenge-view.ts';
import { findBrand, type BrandDependencies, type BrandView } from '../organizations/brand/brand.ts';
import type { Organization } from '../organizations/organization.ts';
import { minute } from '../platform/clock.ts';
import { fromAttributes, toAttributes, type Attributes, type Value } from '../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../platform/dynamo/table.ts';
import type { HomeKeys } from '../platform/object-id.ts';
import { readInvitationToken } from '../enrollment/invitations/invitation-token.ts';
import type { CommitDependencies } from '../user-state/commit.ts';
import type { RequestContext } from '../user-state/event-item.ts';
import { findChallenge } from '../user-state/find.ts';
import { settle } from '../user-state/settle.ts';
import type { UserState } from '../user-state/user-state.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import { fromProfileItem, type Profile } from '../users/profile.ts';
import { placeKeys, readPlace, sessionOver, type Place } from './admit-page.ts';
import { openInvitation } from './open-invitation.ts';
import { isFromBefore, isLong, lifeOf, newCookie, newSessionWrite, type PageSession } from './page-session.ts';
import { isStoredToken, readChallengeToken, tokenKey, type ChallengeToken } from './page-token.ts';

export type OpenDependencies = CommitDependencies;

/** What a stored token stands for. */
export interface StoredToken extends HomeKeys {
  readonly page: PageSession['page'];
  readonly clientId: string;
  readonly returnUrl?: string;
  readonly validUntil: number;
}

export interface Opened extends Place {
  readonly session: PageSession;
  readonly cookie: string;
}

/** Of a token that is kept: how long it can be traded in. */
export const tokenLife = minute;

const ttl = (validUntil: number): number => Math.ceil(validUntil / 1000);

/** For the transaction of whatever hands the token out. */
export function storedTokenWrite(table: string, token: string, stored: StoredToken): Write {
  const item = { ...tokenKey(token), schema: 1, ...(stored as unknown as Record<string, Value>), expiresAt: ttl(stored.validUntil) };
  return { Put: { TableName: table, Item: toAttributes(item), ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** The portal knows its own by the challenge's id: an id, not a proof. */
export function withChallengeId(returnUrl: string, challengeId: string): string {
  const url = new URL(returnUrl);
  url.searchParams.set('challengeId', challengeId);
  return url.href;
}

interface Trade {
  readonly session: PageSession;
  readonly place: Place;
  /** Spends the token; refused when it is spent already. */
  readonly spend: Write;
}

/** A challenge's token is spent by its first mark. */
function spendFirst(table: string, key: ItemKey, validUntil: number): Write {
  const item = toAttributes({ ...key, schema: 1, expiresAt: ttl(validUntil) });
  return { Put: { TableName: table, Item: item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

function spendStored(table: string, key: ItemKey, now: number): Write {
  return {
    Delete: {
      TableName: table,
      Key: { pk: { S: key.pk }, sk: { S: key.sk } },
      ConditionExpression: 'attribute_exists(pk) AND validUntil > :now',
      ExpressionAttributeValues: { ':now': { N: String(now) } },
    },
  };
}

async function readState(deps: OpenDependencies, { userKey }: HomeKeys): Promise<UserState | undefined> {
  const [item] = await deps.table.read([userStateKey(userKey)]);
  return item && !isTombstone(item) ? fromUserStateItem(item) : undefined;
}

async function tradeChallenge(deps: OpenDependencies, token: string, { page, home, challengeId }: ChallengeToken): Promise<Trade | undefined> {
  const now = deps.clock.now();
  const read = await readState(deps, home);
  const challenge = read && findChallenge(settle(read, now).state, challengeId);
  if (challenge?.status !== 'pending') return undefined;
  const { clientId, returnAddress, expiresAt } = challenge;
  const place = readPlace(await deps.table.read(placeKeys({ ...home, clientId })));
  if (!place) return undefined;
  const address = returnAddress === undefined ? undefined : place.client.returnUrls[returnAddress];
  const returnUrl = address === undefined ? {} : { returnUrl: withChallengeId(address, challengeIdOf(deps.keys, home, challengeId)) };
  const validUntil = lifeOf(page, now, expiresAt);
  const session: PageSession = { page, ...home, clientId, challenge: challengeId, ...returnUrl, createdAt: now, seenAt: now, validUntil };
  return { session, place, spend: spendFirst(deps.table.name, tokenKey(token), validUntil) };
}

function readStored(item: Attributes | undefined, now: number): StoredToken | undefined {
  const stored = item && (fromAttributes(item) as unknown as StoredToken);
  return stored && now < stored.validUntil ? stored : undefined;
}

async function tradeStored(deps: OpenDependencies, token: string): Promise<Trade | undefined> {
  const now = deps.clock.now();
  const [item] = await deps.table.read([tokenKey(token)]);
  const stored = readStored(item, now);
  if (!stored) return undefined;
  const { page, organizationKey, userKey, clientId, returnUrl, validUntil: usableUntil } = stored;
  const place = readPlace(await deps.table.read(placeKeys(stored)));
  if (!place || place.state.suspendedAt !== undefined || isFromBefore(usableUntil - tokenLife, place.state)) return undefined;
  const validUntil = lifeOf(page, now);
  const back = returnUrl === undefined ? {} : { returnUrl };
  const session: PageSession = { page, organizationKey, userKey, clientId, ...back, createdAt: now, seenAt: now, validUntil };
  return { session, place, spend: spendStored(deps.table.name, tokenKey(token), now) };
}

/** Throws one and the same problem for a token that is forged, spent, over, or for nobody (A30); of our own invitations it says that they are over. */
export async function openSession(deps: OpenDependencies, token: string, context: RequestContext): Promise<Opened> {
  const invitation = readInvitationToken(deps.keys, token);
  if (invitation) return openInvitation(deps, invitation, context);
  const ofChallenge = readChallengeToken(deps.keys, token);
  if (!ofChallenge && !isStoredToken(token)) throw sessionOver();
  const trade = ofChallenge ? await tradeChallenge(deps, token, ofChallenge) : await tradeStored(deps, token);
  if (!trade) throw sessionOver();
  // Always a new cookie, whatever the browser brought: nobody can plant one (fixation, A125).
  const cookie = newCookie(trade.session, deps.random);
  const { done } = await deps.table.transact([trade.spend, newSessionWrite(deps.table.name, cookie, trade.session)]);
  if (!done) throw sessionOver();
  return { ...trade.place, session: trade.session, cookie };
}

export interface Welcome {
  readonly page: string;
  readonly organization: { readonly name: string; readonly support?: Organization['support'] } & BrandView;
  readonly returnUrl?: string;
  readonly person?: Pick<Profile, 'organizationId' | 'userId' | 'displayName' | 'role'>;
}

/** Where people manage themselves or others, the page says as whom. */
function personOf({ page }: PageSession, profileItem: Attributes | undefined): Pick<Welcome, 'person'> {
  if (!isLong({ page }) || !profileItem) return {};
  const { organizationId, userId, displayName, role } = fromProfileItem(profileItem);
  return { person: { organizationId, userId, displayName, role } };
}

/** What a page says of where the person is. */
export async function welcome(deps: BrandDependencies, session: PageSession, organization: Organization, profileItem?: Attributes): Promise<Welcome> {
  const { page, returnUrl } = session;
  const { name, support } = organization;
  const { inheritedFrom: _inheritedFrom, ...brand } = (await findBrand(deps, organization)).brand;
  return { page, organization: { name, ...(support ? { support } : {}), ...brand }, ...(returnUrl === undefined ? {} : { returnUrl }), ...personOf(session, profileItem) };
}
