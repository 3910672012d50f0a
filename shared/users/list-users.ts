/**
 * The users of an organization, page by page. Each filter has rows of its own; a page goes along the rows of the filter
 * that fewest meet, and looks at the others there. How much is read for a page does not depend on how many users there are.
 */
import type { Clock } from '../platform/clock.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import type { Page, Table } from '../platform/dynamo/table.ts';
import { organizationItemKey } from '../organizations/organization.ts';
import type { MfaStatus } from '../user-state/mfa-status.ts';
import { lockRowPrefix, mfaRowPrefix } from '../user-state/status-rows.ts';
import { fromUserStateItem, isTombstone, userStateKey } from '../user-state/user-state-item.ts';
import { fromProfileItem, profileKey } from './profile.ts';
import { isChosenText, matchesTerms, searchTerms, searchTexts } from './search-text.ts';
import { textRowPrefix, userRowPrefix } from './user-store.ts';
import { summarizeUser, type UserSummary } from './user-view.ts';

export interface ListUsersDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

export interface UserFilters {
  /** Beginnings of words of the name, of the address or of the id, in any case; all of them. */
  readonly query?: string;
  readonly mfa?: MfaStatus;
  readonly lock?: boolean;
}

export interface ListUsersInput {
  readonly organizationKey: string;
  readonly filters: UserFilters;
  readonly cursor?: string;
  readonly limit: number;
}

export interface UserPage {
  readonly users: readonly UserSummary[];
  readonly cursor?: string;
}

/** A filtered page may be short, even empty, while there is more: so often is read for one answer. */
const mostRounds = 10;
const rowsPerRead = 250;
/** Profile and state of each: a hundred items, as many as one read takes. */
const usersPerRead = 50;

/** Rows to go along; those of a search know what else the user is found by. */
interface Source {
  readonly prefix: string;
  readonly term?: string;
}

/** What goes on where: which rows, and the last one that was looked at. */
interface Place {
  readonly source: Source;
  readonly number: number;
  readonly first?: Page;
  readonly after?: Attributes | undefined;
}

function sourcesOf({ mfa, lock }: UserFilters, terms: readonly string[]): Source[] {
  const sources = [
    ...(lock === true ? [{ prefix: lockRowPrefix }] : []),
    ...terms.map((term) => ({ prefix: `${textRowPrefix}${term}`, term })),
    ...(mfa === undefined ? [] : [{ prefix: mfaRowPrefix(mfa) }]),
  ];
  return sources.length === 0 ? [{ prefix: userRowPrefix }] : sources;
}

/** The rows that end soonest; when none of them does within one read, the first, by what is likely to be rarest. */
async function choose(table: Table, partition: string, sources: readonly Source[]): Promise<Place> {
  const [only] = sources;
  if (only && sources.length === 1) return { source: only, number: 0 };
  const pages = await Promise.all(sources.map(({ prefix }) => table.query({ partition, prefix, limit: rowsPerRead })));
  const places = sources.map((source, number): Place => ({ source, number, first: pages[number] ?? { items: [] } }));
  const lengthOf = ({ first }: Place): number => (first === undefined || first.last ? Infinity : first.items.length);
  const [best] = places.sort((a, b) => lengthOf(a) - lengthOf(b) || a.number - b.number);
  if (!best) throw new Error('there is always a list');
  return best;
}

function resume(sources: readonly Source[], { number, ...after }: Attributes): Place {
  const position = Number(number?.S);
  const source = sources[position];
  if (!source) throw new Error('a cursor that is bound to its list leads to one of its rows');
  return { source, number: position, after };
}

const textsOf = (row: Attributes): string[] => row['texts']?.L?.flatMap(({ S }) => (S === undefined ? [] : [S])) ?? [];

function mayMatch(row: Attributes, { term }: Source, terms: readonly string[]): boolean {
  if (term === undefined) return true;
  const texts = textsOf(row);
  return matchesTerms(texts, terms) && isChosenText(row['text']?.S ?? '', texts, term);
}

const positionOf = ({ pk = { S: '' }, sk = { S: '' } }: Attributes): Attributes => ({ pk, sk });

interface Walk {
  readonly partition: string;
  readonly place: Place;
  readonly terms: readonly string[];
  readonly filters: UserFilters;
  readonly limit: number;
}

/** Whatever the rows say, the user is judged as it is now; one who was erased since is no longer there. */
async function judge(
  { table, clock }: ListUsersDependencies, rows: readonly Attributes[], { terms, filters: { mfa, lock } }: Walk,
): Promise<(UserSummary | undefined)[]> {
  const userKeys = rows.map((row) => row['userKey']?.S ?? '');
  const items = rows.length === 0 ? [] : await table.read(userKeys.flatMap((key) => [profileKey(key), userStateKey(key)]));
  return rows.map((_, position) => {
    const [profile, state] = [items[2 * position], items[2 * position + 1]];
    if (!profile || !state || isTombstone(state)) return undefined;
    const found = fromProfileItem(profile);
    const user = summarizeUser(found, fromUserStateItem(state), clock.now());
    const isMeant =
      matchesTerms(searchTexts(found), terms) &&
      (mfa === undefined || user.mfa === mfa) &&
      (lock === undefined || (user.lock !== undefined) === lock);
    return isMeant ? user : undefined;
  });
}

/** The next rows that may be meant, and how many were passed for it. */
function take(items: readonly Attributes[], most: number, { place, terms }: Walk): { rows: Attributes[]; passed: number } {
  const rows: Attributes[] = [];
  let passed = 0;
  for (; passed < items.length && rows.length < most; passed += 1) {
    const row = items[passed];
    if (row && mayMatch(row, place.source, terms)) rows.push(row);
  }
  return { rows, passed };
}

/** Whether the rows say all there is to judge: then no more people are read than are shown. */
const isPlain = ({ place, terms, filters: { mfa, lock } }: Walk): boolean =>
  mfa === undefined && lock === undefined && (terms.length === 0 || place.source.term !== undefined);

/** Nothing is left out of these rows. */
const isWhole = (along: Walk): boolean => isPlain(along) && along.terms.length === 0;

/** So many of those that were judged as the page has room for; or where to go on, after the last that it took. */
function fill(users: UserSummary[], judged: readonly (UserSummary | undefined)[], limit: number): number | undefined {
  for (const [position, user] of judged.entries()) {
    if (users.length === limit) return position - 1;
    if (user) users.push(user);
  }
  return undefined;
}

/** Along the rows from a place on, until the page is full, the rows end, or enough was read. */
async function walk(deps: ListUsersDependencies, along: Walk): Promise<{ users: UserSummary[]; after?: Attributes }> {
  const { partition, place, limit } = along;
  const users: UserSummary[] = [];
  let { first: page, after } = place;
  for (let round = 0; round < mostRounds && users.length < limit; round += 1) {
    const room = limit - users.length;
    page ??= await deps.table.query({ partition, prefix: place.source.prefix, after, limit: isWhole(along) ? room : rowsPerRead });
    const { items, last } = page;
    const { rows, passed } = take(items, isPlain(along) ? room : usersPerRead, along);
    const stopped = fill(users, await judge(deps, rows, along), limit);
    if (stopped !== undefined) return { users, after: positionOf(rows[stopped] ?? {}) };
    const isRead = passed === items.length;
    after = isRead ? last : positionOf(items[passed - 1] ?? {});
    if (!after) return { users };
    page = isRead ? undefined : { items: items.slice(passed), ...(last ? { last } : {}) };
  }
  return { users, ...(after ? { after } : {}) };
}

export async function listUsers(deps: ListUsersDependencies, input: ListUsersInput): Promise<UserPage> {
  const { organizationKey, filters, limit } = input;
  const terms = filters.query === undefined ? [] : searchTerms(filters.query);
  if (filters.query !== undefined && terms.length === 0) return { users: [] };
  const list = ['users', organizationKey, JSON.stringify([filters.query, filters.mfa, filters.lock])];
  const partition = organizationItemKey(organizationKey).pk;
  const sources = sourcesOf(filters, terms);
  const cursor = readCursor(deps.keys, list, input.cursor);
  const place = cursor ? resume(sources, cursor) : await choose(deps.table, partition, sources);
  const { users, after } = await walk(deps, { partition, place, terms, filters, limit });
  if (!after) return { users };
  return { users, cursor: writeCursor(deps.keys, list, { ...after, number: { S: String(place.number) } }) };
}
