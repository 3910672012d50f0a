/** What Connect tells about a call afterwards: best effort, out of order, more than once. It only shortens a wait. */
import { callUpdate, contactKey, fromCallItem, callKey, type CallRecord, type CallState } from '../../delivery/call-record.ts';
import { fromAttributes } from '../../platform/dynamo/attributes.ts';
import type { CommitDependencies } from '../../user-state/commit.ts';
import { callPartition } from '../../delivery/call-record.ts';
import { challengeRandomOf } from '../../platform/object-id.ts';

export interface ContactEvent {
  readonly contactId: string;
  readonly type: 'ringing' | 'connected' | 'ended';
  /** For an end: whether a person or a machine ever answered, and what the carrier says of it. */
  readonly wasConnected?: boolean;
  readonly isBusy?: boolean;
}

export type Recorded = 'recorded' | 'stale' | 'unknown-contact';

interface Pointer {
  readonly challengeId: string;
  readonly leg: number;
}

function stateAfter(call: CallRecord, event: ContactEvent): CallState {
  if (event.type === 'ringing') return call.state === 'queued' ? 'ringing' : call.state;
  if (event.type === 'connected') return 'answered';
  if (event.isBusy) return 'busy';
  return event.wasConnected || call.keyed ? 'answered' : 'no-answer';
}

/** `unknown-contact` may only be early: the caller tries again. */
export async function recordContact(deps: Pick<CommitDependencies, 'table'>, event: ContactEvent): Promise<Recorded> {
  const [pointerItem] = await deps.table.read([contactKey(event.contactId)]);
  if (!pointerItem) return 'unknown-contact';
  const { challengeId, leg } = fromAttributes(pointerItem) as unknown as Pointer;
  const partition = callPartition(challengeRandomOf(challengeId));
  const [callItem] = await deps.table.read([callKey(partition)]);
  const call = fromCallItem(callItem);
  if (!call || call.leg !== leg || call.legClosed || call.contactId !== event.contactId) return 'stale';
  const state = stateAfter(call, event);
  const ends = event.type === 'ended' && call.legOutcome === undefined;
  if (!ends && state === call.state) return 'stale';
  const updated = await deps.table.update(
    callUpdate(partition, {
      set: { state, ...(ends ? { legOutcome: 'ended' } : {}) },
      when: { leg, send: call.send, legClosed: false, contactId: event.contactId, ...(ends ? { undecided: true as const } : {}) },
    }),
  );
  return updated ? 'recorded' : 'stale';
}
