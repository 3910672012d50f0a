/** CSV that spreadsheets may open: what they would take for a formula is text, whoever wrote it (A69). */
const isFormula = (cell: string): boolean => /^[\s]*[=+\-@\t\r]/.test(cell);

function cellText(cell: string): string {
  // An apostrophe in front is what spreadsheets themselves write for "this is text".
  const harmless = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n']|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** RFC 4180, with the mark by which spreadsheets know that it is UTF-8. */
export const csvText = (rows: readonly (readonly string[])[]): string => `\uFEFF${rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('')}`;
