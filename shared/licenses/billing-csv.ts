/** The same as comma-separated values (RFC 4180), for spreadsheets: a cell that begins like a formula is made harmless. */
import type { Bill, BillingLine } from './billing.ts';

const columns = [
  'organizationId', 'organizationName', 'orderId', 'orderedAt', 'endsAt', 'item', 'quantity', 'userId', 'monthlyFee', 'promoCode', 'discount', 'total', 'currency',
] as const satisfies readonly (keyof BillingLine)[];

const beginsFormula = /^[\s]*[=+\-@]|^[\t\r\n]/;

/** Spreadsheets run what other people wrote, unless an apostrophe says that it is text. */
function cell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value === undefined ? '' : beginsFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function writeBillCsv({ month, lines }: Bill): string {
  const head = ['month', ...columns].join(',');
  const rows = lines.map((line) => [month, ...columns.map((name) => cell(line[name]))].join(','));
  return [head, ...rows, ''].join('\r\n');
}
