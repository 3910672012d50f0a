/** An event of the trail, in plain words and as a row of an export. */
import { timeText, numberText } from '../../frame/texts.ts';
import type { AuditWords } from '../../words/en/console-audit.ts';

export interface AuditEvent {
  readonly eventId: string;
  readonly at: string;
  readonly kind: string;
  readonly userId?: string;
  readonly challengeId?: string;
  readonly factorId?: string;
  readonly door: string;
  readonly clientId?: string;
  readonly actor?: string;
  readonly ipAddress?: string;
  readonly userAgent?: string;
  readonly policyVersion?: number;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly times?: number;
  readonly lastAt?: string;
}

export interface AuditPage {
  readonly events: readonly AuditEvent[];
  readonly cursor?: string;
}

/** Of a kind that this page does not know, its own name says enough. */
export const kindText = (words: AuditWords, kind: string): string => words.kinds[kind] ?? kind.replaceAll('-', ' ');

/** What was counted instead of repeated says how often. */
export function whatText(words: AuditWords, { kind, times, lastAt }: AuditEvent): string {
  const name = kindText(words, kind);
  return times === undefined || times < 2 || lastAt === undefined ? name : `${name} (${words.times(numberText(times), timeText(lastAt))})`;
}

export function byText(words: AuditWords, { actor, clientId, door, userId }: AuditEvent): string {
  if (actor !== undefined) return actor;
  if (['call', 'text', 'app', 'mail', 'page'].includes(door) && userId !== undefined) return userId;
  return clientId === undefined ? words.service : words.client(clientId);
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const detailRows = ({ detail = {} }: AuditEvent): [name: string, value: string][] =>
  Object.entries(detail).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => [name, plain(value)]);

/** Names as the API has them: a program may read it, and languages change. */
export const exportColumns = ['at', 'kind', 'userId', 'actor', 'door', 'clientId', 'ipAddress', 'userAgent', 'challengeId', 'factorId', 'policyVersion', 'times', 'lastAt', 'detail', 'eventId', 'requestId'] as const;

export function exportRows(events: readonly AuditEvent[]): string[][] {
  const cell = (event: AuditEvent, name: (typeof exportColumns)[number]): string => (event[name] === undefined ? '' : plain(event[name]));
  return [[...exportColumns], ...events.map((event) => exportColumns.map((name) => cell(event, name)))];
}

/** What a field for a day and time holds is of this time zone. */
export function toInstant(local: string): string | undefined {
  const time = local === '' ? Number.NaN : new Date(local).getTime();
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
