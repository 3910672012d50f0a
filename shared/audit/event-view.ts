/** An event as the API shows it: what happened, through which door, by whom; it holds nothing secret to begin with. */
import { toTimestamp } from '../platform/clock.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { keyedHash } from '../platform/crypto/keyed-hash.ts';
import { fromAttributes, type Attributes } from '../platform/dynamo/attributes.ts';
import { organizationKeyOf, randomLengths, writeObjectId, type IdPrefix } from '../platform/object-id.ts';

export interface EventView {
  /** The same for the same event, however often it is read. */
  readonly eventId: string;
  readonly at: string;
  readonly kind: string;
  readonly userId?: string;
  readonly challengeId?: string;
  readonly factorId?: string;
  readonly door: string;
  readonly clientId?: string;
  /** `<organizationId>/<userId>` of the person for whom the client acted. */
  readonly actor?: string;
  readonly ipAddress?: string;
  readonly userAgent?: string;
  readonly policyVersion?: number;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  /** How often within the minute that begins at `at`, for what is counted instead of repeated; and the last time. */
  readonly times?: number;
  readonly lastAt?: string;
}

const userPrefix = 'USER#';
const idLength = 12;

function objectId(keys: KeyRing, prefix: IdPrefix, event: Record<string, unknown>): string | undefined {
  const text = event[prefix === 'chl' ? 'challenge' : 'factor'];
  const [pk, organizationId] = [event['pk'] as string, event['organizationId']];
  if (typeof text !== 'string' || typeof organizationId !== 'string' || !pk.startsWith(userPrefix)) return undefined;
  const random = Buffer.from(text, 'base64url');
  if (random.length !== randomLengths[prefix]) return undefined;
  return writeObjectId(keys, prefix, {
    organizationKey: organizationKeyOf(keys, organizationId),
    userKey: pk.slice(userPrefix.length),
    random,
  });
}

const carried = [
  'kind',
  'userId',
  'door',
  'clientId',
  'actor',
  'ipAddress',
  'userAgent',
  'policyVersion',
  'detail',
  'requestId',
  'times',
];

export function viewEvent(keys: KeyRing, item: Attributes): EventView {
  const event = fromAttributes(item);
  const shown = carried.filter((name) => event[name] !== undefined).map((name) => [name, event[name]]);
  const challengeId = objectId(keys, 'chl', event);
  const factorId = objectId(keys, 'fac', event);
  return {
    eventId: `evt_${keyedHash(keys.ids, 'event', item['pk']?.S ?? '', item['sk']?.S ?? '').toString('base64url', 0, idLength)}`,
    at: toTimestamp(Number(event['at'])),
    ...Object.fromEntries(shown),
    ...(event['lastAt'] === undefined ? {} : { lastAt: toTimestamp(Number(event['lastAt'])) }),
    ...(challengeId ? { challengeId } : {}),
    ...(factorId ? { factorId } : {}),
  } as EventView;
}
