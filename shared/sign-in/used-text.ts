/** The code of a text was typed and was right: marked in the same write, so that the stream can tell the text's carrier. */
import { callPartition } from '../delivery/call-record.ts';
import { usedMessageWrite } from '../delivery/message-record.ts';
import type { Write } from '../platform/dynamo/table.ts';
import type { Changed } from '../user-state/decision.ts';
import { findFactor } from '../user-state/find.ts';
import { rowOf } from '../user-state/methods.ts';

/** A reply marks its own: it brings the id of its text along. */
export function usedTextWrites(table: string, challengeId: Uint8Array, { next, events, receipt }: Pick<Changed<unknown>, 'next' | 'events' | 'receipt'>): Write[] {
  const factorId = receipt.outcome === 'approved' ? events[0].factorId : undefined;
  const factor = factorId && findFactor(next, factorId);
  const row = factor && rowOf(factor);
  const isTyped = row?.reachedBy === 'text' && row.answeredBy === 'api';
  return isTyped ? [usedMessageWrite(table, callPartition(challengeId), next.lastAt)] : [];
}
