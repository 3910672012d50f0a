/** A file of tokens, read to its end: every row is good and different from all others, or there is a report of what is not. */
import { Problem } from '../../platform/problems/problem.ts';
import type { CheckedRow, FileToken, RowProblem } from './file-row.ts';
import { readCsv } from './read-csv.ts';
import { readPskc } from './read-pskc.ts';
import type { FileSecret } from './pskc-keys.ts';

export const fileFormats = ['pskc', 'csv'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** One part of an import: what one function can write well within its time. */
export const mostRowsPerPart = 5000;
/** More lines of a report help nobody; what they leave out is counted. */
export const mostReported = 500;

export interface ReportRow {
  readonly row: number;
  readonly problem: RowProblem;
  readonly credentialId?: string;
}

export interface RowToken extends FileToken {
  readonly row: number;
}

export interface ReadFile {
  readonly tokens: readonly RowToken[];
  readonly report: readonly ReportRow[];
  /** How many rows are wrong, reported or not. */
  readonly problems: number;
}

const reportOf = ({ row, problem = 'row-invalid', credentialId }: CheckedRow): ReportRow => ({
  row,
  problem,
  ...(credentialId === undefined ? {} : { credentialId }),
});

/** Stops at the first row too many: a file without end is not read to it. */
export async function readFile(format: FileFormat, text: string, secret: FileSecret): Promise<ReadFile> {
  const rows = format === 'csv' ? readCsv(text) : readPskc(text, secret);
  const tokens = new Map<string, RowToken>();
  const report: ReportRow[] = [];
  let problems = 0;
  const add = (checked: CheckedRow): void => {
    problems += 1;
    if (report.length < mostReported) report.push(reportOf(checked));
  };
  let count = 0;
  for await (const checked of rows) {
    count += 1;
    if (count > mostRowsPerPart) {
      throw new Problem('content-too-large', { detail: `A part of an import has at most ${String(mostRowsPerPart)} rows: send the file in parts.` });
    }
    const { token, row } = checked;
    if (!token) add(checked);
    else if (tokens.has(token.credentialId)) add({ row, problem: 'credential-duplicate', credentialId: token.credentialId });
    else tokens.set(token.credentialId, { ...token, row });
  }
  if (count === 0) throw new Problem('request-invalid', { detail: 'The file has no rows.' });
  return { tokens: [...tokens.values()], report, problems };
}
