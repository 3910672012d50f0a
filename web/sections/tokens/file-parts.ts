/**
 * A file of tokens as the parts in which the service takes it, each a file of its own: CSV with its header, or a PSKC container. The file is
 * read piece by piece, so that a large one never lies in memory as a whole. What the rows say is the service's to judge.
 */
import { cutCsv } from './csv-parts.ts';
import { FileFault, type Cut, type FilePart, type Limits, type Piece } from './file-part.ts';
import { cutPskc } from './pskc-parts.ts';

export type FileFormat = 'csv' | 'pskc';

/** The service takes 4 MiB and 5000 rows; smaller parts are answered sooner, and show how far it is. */
export const most: Limits = { rows: 5000, characters: 2 * 1024 * 1024 };
const [fewestRows, mostParts] = [500, 200];
/** A row of 160 characters is a short one: rather more parts are reckoned with than there are. */
const shortRow = { csv: 40, pskc: 500 } as const;

/** As few rows as let the whole file fit into the parts that an import may have. */
export function limitsFor(format: FileFormat, bytes: number): Limits {
  const rows = Math.ceil(bytes / shortRow[format] / (mostParts - 20));
  return { ...most, rows: Math.min(most.rows, Math.max(fewestRows, rows)) };
}

/** By what it begins with; the name says nothing that the content does not say better. */
export const formatOf = (beginning: string): FileFormat => (/^\uFEFF?\s*</.test(beginning) ? 'pskc' : 'csv');

export async function* piecesOf(file: Blob): AsyncGenerator<Piece> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = file.stream().getReader();
  let bytes = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    bytes += value.length;
    yield { text: decoder.decode(value, { stream: true }), read: bytes / file.size };
  }
  yield { text: decoder.decode(), read: 1 };
}

/** Each part with whether another follows: the last one says that the import is whole. */
export async function* partsOf(file: Blob): AsyncGenerator<FilePart & { readonly format: FileFormat; readonly hasMore: boolean }> {
  const format = formatOf(await file.slice(0, 200).text());
  const cut: Cut = format === 'csv' ? cutCsv : cutPskc;
  let [held, count] = [undefined as FilePart | undefined, 0];
  for await (const part of cut(readable(piecesOf(file)), limitsFor(format, file.size))) {
    if (held) yield { ...held, format, hasMore: true };
    held = part;
    count += 1;
    if (count > mostParts) throw new FileFault('too-many-rows');
  }
  if (!held) throw new FileFault('empty');
  yield { ...held, read: 1, format, hasMore: false };
}

/** Bytes that are no UTF-8 are no text of a token vendor. */
async function* readable(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  try {
    yield* pieces;
  } catch (error) {
    throw error instanceof TypeError ? new FileFault('unreadable') : error;
  }
}
