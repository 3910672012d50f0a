/** Cuts CSV between its rows. A line end within quotation marks is part of a cell. */
import { FileFault, type FilePart, type Limits, type Piece } from './file-part.ts';

/** Longer than any honest row: an unclosed quotation mark does not swallow the file. */
const longestRow = 4096;

/** Whole rows, as they stand in the file, without the empty ones. */
async function* rowsOf(pieces: AsyncIterable<Piece>): AsyncGenerator<{ readonly row: string; readonly read: number }> {
  let rest = '';
  let scanned = 0;
  let isQuoted = false;
  let reached = 0;
  for await (const { text, read } of pieces) {
    rest += text;
    reached = read;
    let start = 0;
    for (; scanned < rest.length; scanned += 1) {
      const character = rest[scanned];
      if (character === '"') isQuoted = !isQuoted;
      if (isQuoted || (character !== '\n' && character !== '\r')) continue;
      const row = rest.slice(start, scanned);
      start = scanned + 1;
      if (row.trim() !== '') yield { row, read };
    }
    rest = rest.slice(start);
    scanned -= start;
    if (rest.length > longestRow) throw new FileFault('row-too-long');
  }
  if (rest.trim() !== '') yield { row: rest, read: reached };
}

export async function* cutCsv(pieces: AsyncIterable<Piece>, { rows: mostRows, characters }: Limits): AsyncGenerator<FilePart> {
  let header: string | undefined;
  let rows: string[] = [];
  let [size, before, reached] = [0, 0, 0];
  const part = (): FilePart => ({ content: `${[header ?? '', ...rows].join('\n')}\n`, rowsBefore: before, rows: rows.length, read: reached });
  for await (const { row, read } of rowsOf(pieces)) {
    if (header === undefined) {
      header = row.replace(/^\uFEFF/, '');
      continue;
    }
    if (rows.length === mostRows || size + row.length > characters) {
      yield part();
      before += rows.length;
      [rows, size] = [[], 0];
    }
    rows.push(row);
    size += row.length + 1;
    reached = read;
  }
  if (header !== undefined && rows.length > 0) yield part();
}
