/** Tokens from CSV (RFC 4180): a header, then a row for each. A cell that a spreadsheet would run as a formula is refused. */
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { fromBase32 } from '../../platform/base32.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { checkToken, RowError, type CheckedRow, type RawRow } from './file-row.ts';

const known = ['credentialId', 'type', 'seedHex', 'seedBase32', 'algorithm', 'digits', 'period', 'counter'] as const;
type Column = (typeof known)[number];
type Cells = Readonly<Partial<Record<Column, string>>>;

/** Longer than any honest row, and short enough that an unclosed quote does not swallow the file. */
const longestRow = 1024;
const slice = 64 * 1024;

const refuse = (detail: string): Problem => new Problem('request-invalid', { detail });

function readHeader(cells: readonly string[]): Column[] {
  const columns = cells.map((cell) => known.find((name) => name.toLowerCase() === cell.trim().toLowerCase()));
  const named = columns.filter((name) => name !== undefined);
  if (named.length !== cells.length) throw refuse(`The header may name only: ${known.join(', ')}.`);
  if (new Set(named).size !== named.length) throw refuse('The header names a column twice.');
  const isWhole = named.includes('credentialId') && named.includes('type') && named.includes('seedHex') !== named.includes('seedBase32');
  if (!isWhole) throw refuse('The header needs credentialId, type, and one of seedHex and seedBase32.');
  return named;
}

function readSeed({ seedHex, seedBase32 }: Cells): Uint8Array {
  if (seedHex !== undefined) {
    const hex = seedHex.replace(/\s/g, '');
    if (!/^([0-9a-fA-F]{2})+$/.test(hex)) throw new RowError('seed-invalid');
    return Buffer.from(hex, 'hex');
  }
  const bytes = fromBase32((seedBase32 ?? '').replace(/[\s=]/g, '').toUpperCase());
  if (!bytes) throw new RowError('seed-invalid');
  return bytes;
}

/** What Excel, LibreOffice and Sheets take for a formula: whoever opens an export would run it (A69). */
const isFormula = (cell: string): boolean => /^[\s]*[=+\-@\t\r]/.test(cell);

function readRow(columns: readonly Column[], record: readonly string[]): RawRow {
  if (record.some(isFormula)) throw new RowError('formula');
  if (record.length !== columns.length) throw new RowError('row-invalid');
  const cells: Cells = Object.fromEntries(columns.map((name, position) => [name, (record[position] ?? '').trim()]));
  const { credentialId = '', type = '', algorithm, digits, period, counter } = cells;
  return { credentialId, type, algorithm, digits, period, counter, seed: readSeed(cells) };
}

function* slices(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += slice) yield text.slice(start, start + slice);
}

/** Each row, good or not, as it is read; throws a problem when the file as a whole is no such CSV. */
export async function* readCsv(text: string): AsyncGenerator<CheckedRow> {
  const options = { bom: true, relaxColumnCount: true, skipEmptyLines: true, maxRecordSize: longestRow } as const;
  const records = Readable.from(slices(text)).compose(parse(options)) as AsyncIterable<string[]>;
  let columns: Column[] | undefined;
  let row = 0;
  try {
    for await (const record of records) {
      if (!columns) columns = readHeader(record);
      else yield check(++row, columns, record);
    }
  } catch (error) {
    if (error instanceof CsvError) throw refuse(`The file is not CSV after row ${String(row)}.`);
    throw error;
  }
  if (!columns) throw refuse('The file is empty.');
}

function check(row: number, columns: readonly Column[], record: readonly string[]): CheckedRow {
  try {
    const token = checkToken(readRow(columns, record));
    return { row, token, credentialId: token.credentialId };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return { row, problem: error.problem };
  }
}
