/**
 * An import: all or nothing over any number of transactions. Rows are written beside it and count for nothing until
 * one conditional write makes the import `done`; whatever breaks off before that leaves nothing that can be used.
 */
import { hour, toTimestamp } from '../../platform/clock.ts';
import { fromAttributes, toAttributes, type Attributes, type Value } from '../../platform/dynamo/attributes.ts';
import type { ItemKey, Write } from '../../platform/dynamo/table.ts';
import type { FileFormat, ReportRow } from '../files/read-file.ts';

export interface TokenImport {
  readonly schema: number;
  readonly version: number;
  readonly importId: string;
  readonly organizationId: string;
  readonly format: FileFormat;
  readonly status: 'receiving' | 'done' | 'refused';
  /** Parts that were read to their end, and the rows in them. */
  readonly parts: number;
  readonly rows: number;
  /** Of each of those parts, the reading that counts. */
  readonly readings: readonly string[];
  /** The reading that is under way, and how many of its rows are written. */
  readonly staging?: string;
  readonly staged?: number;
  readonly problems?: number;
  readonly createdAt: number;
  readonly endedAt?: number;
  /** Made under an idempotency key: which body it came with. */
  readonly body?: Uint8Array;
}

export const mostParts = 200;
/** Parts come within a day; what they staged stays reserved for an hour longer, so that no clock gives it away too early. */
const receivingLife = 24 * hour;
const reservedLife = 25 * hour;

export const importKey = (organizationKey: string, importId: string): ItemKey => ({ pk: `IMPORT#${organizationKey}#${importId}`, sk: 'IMPORT' });

export const reportKey = (organizationKey: string, importId: string): ItemKey => ({ ...importKey(organizationKey, importId), sk: 'REPORT' });

export function fromImportItem(item: Attributes): TokenImport {
  const { pk: _pk, sk: _sk, ...value } = fromAttributes(item);
  return { readings: [], ...value } as unknown as TokenImport;
}

export function addImportWrite(table: string, organizationKey: string, added: TokenImport): Write {
  const Item = toAttributes({ ...importKey(organizationKey, added.importId), ...(added as unknown as Record<string, Value>) });
  return { Put: { TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' } };
}

/** The next version of an import: of several that read the same one, one writes. */
export function saveImportWrite(table: string, organizationKey: string, next: TokenImport): Write {
  return {
    Put: {
      TableName: table,
      Item: toAttributes({ ...importKey(organizationKey, next.importId), ...(next as unknown as Record<string, Value>) }),
      ConditionExpression: 'version = :read',
      ExpressionAttributeValues: { ':read': { N: String(next.version - 1) } },
    },
  };
}

/** Whether it may still take parts. */
export const isReceiving = ({ status, createdAt }: TokenImport, now: number): boolean => status === 'receiving' && now < createdAt + receivingLife;

/** What a row of this reading is worth: it counts, it may come to count, or it never will. */
export function standingOf(found: TokenImport | undefined, reading: string, now: number): 'counts' | 'reserved' | 'dead' {
  if (!found) return 'dead';
  const isRead = found.readings.includes(reading);
  if (found.status === 'done') return isRead ? 'counts' : 'dead';
  const mayCount = found.status === 'receiving' && now < found.createdAt + reservedLife;
  return mayCount && (isRead || found.staging === reading) ? 'reserved' : 'dead';
}

export interface ImportView {
  readonly importId: string;
  readonly format: FileFormat;
  readonly status: 'receiving' | 'done' | 'refused' | 'expired';
  readonly parts: number;
  /** Rows of parts that were read, and of the one that is being read as far as it is. */
  readonly rows: number;
  readonly problems?: number;
  readonly report?: readonly ReportRow[];
  readonly createdAt: string;
  readonly endedAt?: string;
}

export function viewImport(value: TokenImport, report: readonly ReportRow[] | undefined, now: number): ImportView {
  const { importId, format, status, parts, rows, staged = 0, problems, createdAt, endedAt } = value;
  return {
    importId,
    format,
    status: status === 'receiving' && !isReceiving(value, now) ? 'expired' : status,
    parts,
    rows: rows + staged,
    ...(problems === undefined ? {} : { problems }),
    ...(report === undefined ? {} : { report }),
    createdAt: toTimestamp(createdAt),
    ...(endedAt === undefined ? {} : { endedAt: toTimestamp(endedAt) }),
  };
}

/** A report is kept for a month, and read only until then. */
export function reportWrite(table: string, organizationKey: string, importId: string, report: readonly ReportRow[], expiresAt: number): Write {
  const rows = report.map((row) => ({ ...row }));
  return { Put: { TableName: table, Item: toAttributes({ ...reportKey(organizationKey, importId), rows, expiresAt: Math.floor(expiresAt / 1000) }) } };
}

export function readReport(item: Attributes | undefined, now: number): readonly ReportRow[] | undefined {
  if (!item || Number(item['expiresAt']?.N) * 1000 <= now) return undefined;
  return fromAttributes(item)['rows'] as unknown as ReportRow[];
}
