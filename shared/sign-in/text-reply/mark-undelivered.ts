/** A text did not arrive: whoever waits for it is told so, and may use another factor at once. It decides nothing. */
import { markMessage } from '../../delivery/message-record.ts';
import type { Table } from '../../platform/dynamo/table.ts';

export interface UndeliveredText {
  readonly partition: string;
  readonly send: number;
  /** In the carrier's words. */
  readonly how: string;
}

/** What a person can make of it: nobody gets it there, somebody keeps it from getting there, or it would be too late. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/TTL_EXPIRED/, 'too-late'],
  [/BLOCKED|SPAM/, 'blocked'],
];

export async function markUndelivered({ table }: { readonly table: Table }, { partition, send, how }: UndeliveredText): Promise<void> {
  const reason = reasons.find(([words]) => words.test(how))?.[1] ?? 'unreachable';
  await markMessage(table, partition, send, 'undeliverable', reason);
}
