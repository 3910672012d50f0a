/** The audit trail of an organization, newest first. The index follows the table within moments; nothing decides by it. */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import type { Attributes } from '../platform/dynamo/attributes.ts';
import { minute } from '../platform/clock.ts';
import type { Table } from '../platform/dynamo/table.ts';
import { auditPartition } from '../user-state/event-item.ts';
import { viewEvent, type EventView } from './event-view.ts';

export interface ListAuditDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
}

export interface AuditFilters {
  readonly userId?: string;
  readonly kind?: string;
  /** Epoch milliseconds; from this time on. */
  readonly from?: number;
  /** Epoch milliseconds; before this time. */
  readonly to?: number;
}

export interface ListAuditInput {
  readonly organizationKey: string;
  readonly filters: AuditFilters;
  readonly cursor?: string;
  readonly limit: number;
}

export interface AuditPage {
  readonly events: readonly EventView[];
  readonly cursor?: string;
}

/** A filtered page may be short, even empty, while there is more: so much is looked at for one answer. */
const mostPages = 10;
const pageSize = 100;

const toIso = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

/** A counted row stands at the beginning of its minute, and counts until its last time. */
const lastAt = (item: Attributes): number => Number((item['lastAt'] ?? item['at'])?.N);

const matches = (item: Attributes, { userId, kind, from }: AuditFilters): boolean =>
  (userId === undefined || item['userId']?.S === userId) &&
  (kind === undefined || item['kind']?.S === kind) &&
  (from === undefined || lastAt(item) >= from);

const minuteOf = (time: number | undefined): number | undefined =>
  time === undefined ? undefined : Math.floor(time / minute) * minute;

function positionOf(item: Attributes): Attributes {
  const { pk, sk, auditPk, auditSk } = item as Record<'pk' | 'sk' | 'auditPk' | 'auditSk', Attributes[string]>;
  return { pk, sk, auditPk, auditSk };
}

export async function listAudit({ table, keys }: ListAuditDependencies, input: ListAuditInput): Promise<AuditPage> {
  const { organizationKey, filters, limit } = input;
  const [from, to] = [toIso(filters.from), toIso(filters.to)];
  const list = ['audit', organizationKey, JSON.stringify([filters.userId, filters.kind, from, to])];
  const events: EventView[] = [];
  const since = toIso(minuteOf(filters.from));
  const range = { ...(since === undefined ? {} : { from: since }), ...(to === undefined ? {} : { to }) };
  let after: Attributes | undefined = readCursor(keys, list, input.cursor);
  for (let page = 0; page < mostPages; page += 1) {
    const read = await table.query({
      index: 'audit',
      partition: auditPartition(organizationKey),
      ...range,
      after,
      limit: pageSize,
      newestFirst: true,
    });
    for (const item of read.items) {
      if (events.length === limit) return { events, cursor: writeCursor(keys, list, after ?? {}) };
      if (matches(item, filters)) events.push(viewEvent(keys, item));
      after = positionOf(item);
    }
    after = read.last;
    if (!after) return { events };
  }
  return { events, ...(after ? { cursor: writeCursor(keys, list, after) } : {}) };
}
