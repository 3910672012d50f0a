/** Tables as text: read as spreadsheets write them, written so that a spreadsheet takes no cell for a formula (A110). */

/** What people's spreadsheets put between cells, by the country they are set to. */
const separators = [',', ';', '\t'] as const;

/** The one that stands most often in the first line, outside of quotes. */
function separatorOf(text: string): string {
  const [head = ''] = text.replaceAll(/"[^"]*"/g, '').split(/\r?\n/, 1);
  const counts = separators.map((each) => head.split(each).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Rows of cells; lines without any text are left out, with their number kept by the caller's count of `line`. */
export interface CsvRow {
  /** In the file, beginning with 1; of its first line when a cell holds several. */
  readonly line: number;
  readonly cells: readonly string[];
}

export function readCsv(given: string): CsvRow[] {
  const text = given.replace(/^\uFEFF/, '');
  const separator = separatorOf(text);
  const rows: CsvRow[] = [];
  let [cells, cell, isQuoted, line, startLine] = [[] as string[], '', false, 1, 1];
  const endRow = (): void => {
    cells.push(cell);
    if (cells.some((each) => each.trim() !== '')) rows.push({ line: startLine, cells: cells.map((each) => each.trim()) });
    [cells, cell] = [[], ''];
  };
  for (let at = 0; at < text.length; at += 1) {
    const each = text[at] ?? '';
    if (each === '\n') line += 1;
    if (isQuoted) {
      if (each !== '"') cell += each;
      else if (text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
      else isQuoted = false;
    } else if (each === '"' && cell.trim() === '') [cell, isQuoted] = ['', true];
    else if (each === separator) [cells, cell] = [[...cells, cell], ''];
    else if (each === '\n') {
      endRow();
      startLine = line;
    } else if (each !== '\r') cell += each;
  }
  endRow();
  return rows;
}

/** A cell that begins like a formula, after blanks too, is led by an apostrophe, which spreadsheets take for "this is text". */
const harmless = (cell: string): string => (/^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map((cell) => `"${harmless(cell).replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`;
