/** Sends a file of tokens part by part. A part whose answer was lost is sent again: the service answers what it has read as it stands. */
import { Refusal } from '../../ask/ask.ts';
import type { FilePart } from './file-part.ts';
import type { ReportRow, TokenImport } from './token-answers.ts';

export type Secret = { readonly passphrase: string } | { readonly key: string } | Record<string, never>;

export interface SendFile {
  readonly parts: AsyncIterable<FilePart & { readonly format: 'csv' | 'pskc'; readonly hasMore: boolean }>;
  readonly secret: Secret;
  start(body: object): Promise<TokenImport>;
  add(importId: string, body: object): Promise<TokenImport>;
  /** After each part. */
  progress(rows: number, read: number): void;
  /** Whether the person has not stopped it. */
  goesOn(): boolean;
  retrying(): void;
  pause(milliseconds: number): Promise<void>;
}

export type Sent =
  | { readonly is: 'done'; readonly rows: number }
  /** By the rows of the file as people count them. */
  | { readonly is: 'refused'; readonly problems: number; readonly report: readonly ReportRow[] }
  | { readonly is: 'stopped' };

const mostTries = 5;
const mayPass = ['offline', 'unknown', 'unavailable', 'internal-error', 'organization-conflict'];

async function trying<T>({ retrying, pause }: SendFile, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refusal) || !mayPass.includes(error.problem) || tries === mostTries) throw error;
      retrying();
      await pause(1000 * 2 ** tries);
    }
  }
}

/** Throws what the service refuses, and what is wrong with the file before it is sent. */
export async function sendFile(sending: SendFile): Promise<Sent> {
  let [importId, number, rows] = ['', 0, 0];
  for await (const { content, format, hasMore, read, rowsBefore } of sending.parts) {
    if (!sending.goesOn()) return { is: 'stopped' };
    if (importId === '') ({ importId } = await sending.start({ format, hasMore: true }));
    number += 1;
    const body = { part: number, content, hasMore, ...sending.secret };
    const answer = await trying(sending, () => sending.add(importId, body));
    if (answer.status === 'refused') {
      const report = (answer.report ?? []).map((each) => ({ ...each, row: each.row + rowsBefore }));
      return { is: 'refused', problems: answer.problems ?? report.length, report };
    }
    ({ rows } = answer);
    sending.progress(rows, read);
  }
  return { is: 'done', rows };
}
