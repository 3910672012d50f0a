/**
 * What happened to one person in the last thirty days, newest first, for that person to read: sign-ins, wrong answers, locks, changes.
 * Read from their own events, with nothing of anybody else in it: who did something is themselves or "an administrator", and from where
 * is no more than they need to know it again.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { browserName } from '../platform/browser-name.ts';
import { day, toTimestamp, type Clock } from '../platform/clock.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import { fromAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import type { Table } from '../platform/dynamo/table.ts';
import { userPartition } from '../user-state/user-state-item.ts';
import { viewEvent } from './event-view.ts';

export interface ListActivityDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly clock: Clock;
}

export interface ListActivityInput {
  readonly userKey: string;
  /** `<organizationId>/<userId>` of the person themselves. */
  readonly self: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface ActivityView {
  readonly eventId: string;
  readonly at: string;
  /** As in the audit trail. */
  readonly kind: string;
  readonly factorId?: string;
  readonly method?: string;
  readonly purpose?: string;
  readonly audience?: string;
  readonly by?: 'self' | 'administrator';
  readonly from?: { readonly network?: string; readonly browser?: string; readonly system?: string };
}

export interface ActivityPage {
  readonly events: readonly ActivityView[];
  readonly cursor?: string;
}

/** What means something to a person; the steps in between are for the audit trail. */
const shown = new Set([
  'challenge-approved', 'challenge-declined', 'challenge-expired', 'answer-wrong', 'fraud-reported', 'number-refused',
  'user-locked', 'user-unlocked', 'user-suspended', 'user-resumed', 'user-changed', 'email-verified',
  'factor-added', 'factor-changed', 'factor-renamed', 'factor-removed', 'factor-disabled', 'app-unpaired', 'token-resynchronized',
  'recovery-key-made', 'recovery-key-used',
]);

const shownFor = 30 * day;
const pageSize = 100;
const mostPages = 5;

/** Enough to know one's own again, and not where somebody lives. */
export function coarseNetwork(address: string | undefined): string | undefined {
  if (address === undefined) return undefined;
  if (isIPv4(address)) return `${address.split('.').slice(0, 2).join('.')}.x.x`;
  return isIPv6(address) && !address.startsWith('::') ? `${address.split(':').slice(0, 2).join(':')}:…` : undefined;
}

interface Event {
  readonly kind: string;
  readonly at: number;
  readonly door: string;
  readonly challenge?: string;
  readonly actor?: string;
  readonly ipAddress?: string;
  readonly userAgent?: string;
  readonly detail?: { readonly [name: string]: unknown };
}

const textIn = (detail: Event['detail'], name: string): string | undefined => {
  const value = detail?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** Through a page or the app it is the person's own; a portal tells of its visitor when a sign-in starts. */
function fromOf({ door, ipAddress, userAgent }: Event, started: Event | undefined): Pick<ActivityView, 'from'> {
  const isOwn = door === 'page' || door === 'app';
  const seen = isOwn ? { ipAddress, userAgent } : { ipAddress: textIn(started?.detail, 'ipAddress'), userAgent: textIn(started?.detail, 'userAgent') };
  const network = coarseNetwork(seen.ipAddress);
  const from = { ...(network === undefined ? {} : { network }), ...browserName(seen.userAgent) };
  return Object.keys(from).length === 0 ? {} : { from };
}

function byOf({ actor, door }: Event, self: string): Pick<ActivityView, 'by'> {
  if (actor === self) return { by: 'self' };
  return actor !== undefined || door === 'operator' ? { by: 'administrator' } : {};
}

function viewActivity(keys: KeyRing, item: Attributes, self: string, started: Event | undefined): ActivityView {
  const event = fromAttributes(item) as unknown as Event;
  const { eventId, factorId } = viewEvent(keys, item);
  const method = textIn(event.detail, 'method') ?? textIn(event.detail, 'kind');
  const purpose = textIn(event.detail, 'purpose') ?? textIn(started?.detail, 'purpose');
  const audience = textIn(event.detail, 'audience') ?? textIn(started?.detail, 'audience');
  return {
    eventId,
    at: toTimestamp(event.at),
    kind: event.kind,
    ...(factorId === undefined ? {} : { factorId }),
    ...(method === undefined ? {} : { method }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(audience === undefined ? {} : { audience }),
    ...byOf(event, self),
    ...fromOf(event, started),
  };
}

interface Gathered {
  readonly lines: Attributes[];
  /** Where each challenge began: further down than how it ended. */
  readonly starts: Map<string, Event>;
  hasMore: boolean;
}

/** False when nothing older is wanted. */
function take(gathered: Gathered, item: Attributes, since: number, limit: number): boolean {
  const event = fromAttributes(item) as unknown as Event;
  if (event.at < since) return false;
  if (event.kind === 'challenge-started' && event.challenge !== undefined) gathered.starts.set(event.challenge, event);
  if (!shown.has(event.kind)) return true;
  if (gathered.lines.length < limit) gathered.lines.push(item);
  else gathered.hasMore = true;
  return true;
}

const isComplete = ({ lines, starts, hasMore }: Gathered): boolean =>
  hasMore && lines.every(({ challenge }) => challenge?.S === undefined || starts.has(challenge.S));

export async function listActivity({ table, keys, clock }: ListActivityDependencies, input: ListActivityInput): Promise<ActivityPage> {
  const list = ['activity', input.userKey];
  const since = clock.now() - shownFor;
  const gathered: Gathered = { lines: [], starts: new Map(), hasMore: false };
  let after = readCursor(keys, list, input.cursor);
  for (let page = 0; page < mostPages && !isComplete(gathered); page += 1) {
    const read = await table.query({ partition: userPartition(input.userKey), prefix: 'EVENT#0', after, limit: pageSize, newestFirst: true });
    after = read.items.every((item) => take(gathered, item, since, input.limit)) ? read.last : undefined;
    if (!after) break;
  }
  const { lines, starts } = gathered;
  const last = lines.at(-1);
  const next = gathered.hasMore && last ? { pk: last['pk'], sk: last['sk'] } : after;
  return {
    events: lines.map((item) => viewActivity(keys, item, input.self, starts.get(item['challenge']?.S ?? ''))),
    ...(next ? { cursor: writeCursor(keys, list, next as Attributes) } : {}),
  };
}
