/** The rows of a file by which many users are enabled, each judged before anything is sent. */
import { readCsv } from '../../dom/csv.ts';
import type { BulkWords } from '../../words/en/console-bulk.ts';
import { phoneMethods, type PhonePolicy } from './phone-policy.ts';
import { partsOf, readPhone, type PhoneFault, type SentPhone } from './phone-input.ts';

export const columnNames = ['userId', 'email', 'country', 'callingCode', 'phoneNumber', 'extension', 'method'] as const;
type ColumnName = (typeof columnNames)[number];

export type RowFault = keyof BulkWords['faults'];

export interface BulkRow {
  /** Its line in the file. */
  readonly line: number;
  readonly userId: string;
  readonly email: string;
  readonly phone: SentPhone & { readonly method?: string };
}

export interface BadRow {
  readonly line: number;
  readonly who: string;
  readonly fault: RowFault;
  /** The row that names the same user already. */
  readonly twice?: number;
}

export interface CheckedFile {
  readonly good: readonly BulkRow[];
  readonly bad: readonly BadRow[];
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
}

type Cells = Readonly<Record<ColumnName, string>>;

const faultOf: Readonly<Record<PhoneFault, RowFault>> = {
  area: 'number', exchange: 'number', subscriber: 'number', number: 'number', callingCode: 'callingCode', extension: 'extension',
};

/** Left out, it follows from the calling code: 1, or none, is the United States and Canada. */
function countryOf({ country, callingCode }: Cells): 'US/CA' | 'other' | undefined {
  const given = country.toUpperCase();
  if (given === '') return ['', '1', '+1'].includes(callingCode) ? 'US/CA' : 'other';
  if (['US/CA', 'US', 'CA'].includes(given)) return 'US/CA';
  return given === 'OTHER' ? 'other' : undefined;
}

function phoneOf(cells: Cells): { readonly phone: SentPhone } | { readonly fault: RowFault } {
  const country = countryOf(cells);
  if (!country) return { fault: 'country' };
  const { callingCode, phoneNumber: number, extension } = cells;
  const [area, exchange, subscriber] = partsOf(number) ?? ['', '', ''];
  const { phone, fault } = readPhone({ country, callingCode, number, extension, area, exchange, subscriber });
  return phone ? { phone } : { fault: faultOf[fault] };
}

function methodOf({ method }: Cells, phone: SentPhone, policy: PhonePolicy): { readonly method?: string } | { readonly fault: RowFault } {
  const allowed = phoneMethods(policy) as readonly string[];
  const wanted = method.replace(/^phone:/i, '').toLowerCase();
  if (phone.extension !== undefined) return (wanted === '' || wanted === 'call-pin') && allowed.includes('call-pin') ? { method: 'call-pin' } : { fault: 'methodExtension' };
  if (wanted === '') return {};
  return allowed.includes(wanted) ? { method: wanted } : { fault: 'method' };
}

function rowOf(line: number, cells: Cells, policy: PhonePolicy): BulkRow | RowFault {
  const { userId, email } = cells;
  if (userId === '' && !/^[^\s@]+@[^\s@]+$/.test(email)) return 'user';
  const found = phoneOf(cells);
  if ('fault' in found) return found.fault;
  const how = methodOf(cells, found.phone, policy);
  return 'fault' in how ? how.fault : { line, userId, email, phone: { ...found.phone, ...how } };
}

const sameName = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

export function checkFile(text: string, policy: PhonePolicy): CheckedFile {
  const [head, ...rows] = readCsv(text);
  const heads = (head?.cells ?? []).map((cell) => columnNames.find((name) => sameName(name) === sameName(cell)));
  const unknown = (head?.cells ?? []).filter((cell, position) => heads[position] === undefined && cell !== '');
  const isNamed = heads.includes('userId') || heads.includes('email');
  const missing = [...(isNamed ? [] : ['userId / email']), ...(heads.includes('phoneNumber') ? [] : ['phoneNumber'])];
  if (missing.length > 0) return { good: [], bad: [], unknown, missing };

  const [good, bad, seen] = [[] as BulkRow[], [] as BadRow[], new Map<string, number>()];
  for (const { line, cells } of rows) {
    const named = Object.fromEntries(columnNames.map((name) => [name, cells[heads.indexOf(name)] ?? ''])) as Cells;
    const who = named.userId === '' ? named.email : named.userId;
    const keys = [`id ${named.userId}`, `mail ${named.email.toLowerCase()}`].filter((key) => !key.endsWith(' '));
    const twice = keys.map((key) => seen.get(key)).find((each) => each !== undefined);
    const row = cells.length > heads.length ? 'cells' : rowOf(line, named, policy);
    if (twice !== undefined) bad.push({ line, who, fault: 'twice', twice });
    else if (typeof row === 'string') bad.push({ line, who, fault: row });
    else good.push(row);
    for (const key of keys) if (!seen.has(key)) seen.set(key, line);
  }
  return { good, bad, unknown, missing };
}
