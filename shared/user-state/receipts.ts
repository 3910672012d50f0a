/**
 * Receipts: what the last commits answered, so that a request whose reply was lost gets the same answer again. Each is
 * a keyed MAC of the request and of its body, the outcome and the challenge it was about; never anything secret.
 */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { keyedHash, sameBytes } from '../platform/crypto/keyed-hash.ts';

/** In the order of their codes: append only. */
const outcomes = [
  'started', 'approved', 'wrong-answer', 'locked', 'denied', 'canceled', 'sent', 'redeemed', 'changed', 'leg-ended', 'fraud-reported',
  'recovered', 'declined',
] as const;
export type ReceiptOutcome = (typeof outcomes)[number];

export interface Receipt {
  readonly outcome: ReceiptOutcome;
  readonly answersLeft: number;
  /** The first bytes of the random part of the challenge's (or factor's) id. */
  readonly about: Uint8Array;
}

export interface RequestMark {
  readonly request: Uint8Array;
  readonly body: Uint8Array;
}

const requestLength = 6;
const bodyLength = 3;
const aboutLength = 3;
const kept = 8;

/** `caller` and `requestId` say whose request it was; `content` everything that it asked for. */
export function markRequest(keys: KeyRing, caller: string, requestId: string, content: readonly string[]): RequestMark {
  return {
    request: keyedHash(keys.receipts, 'request', caller, requestId).subarray(0, requestLength),
    body: keyedHash(keys.receipts, 'body', ...content).subarray(0, bodyLength),
  };
}

export function writeReceipt(mark: RequestMark, receipt: Receipt): Uint8Array {
  const about = Buffer.alloc(aboutLength);
  about.set(receipt.about.subarray(0, aboutLength));
  return new Uint8Array([...mark.request, ...mark.body, outcomes.indexOf(receipt.outcome), receipt.answersLeft, ...about]);
}

const outcomeAt = requestLength + bodyLength;

const outcomeOf = (receipt: Uint8Array): ReceiptOutcome | undefined => outcomes[receipt[outcomeAt] ?? outcomes.length];

/** Newest first: the eight last, and the last approval however long ago it was. */
export function keepReceipts(receipts: readonly Uint8Array[], added: Uint8Array): readonly Uint8Array[] {
  const all = [added, ...receipts];
  const lastApproval = all.findIndex((receipt) => outcomeOf(receipt) === 'approved');
  return all.filter((_, position) => position < kept || position === lastApproval);
}

/** The receipt of this request; `conflict` when its key came with another body. */
export function findReceipt(receipts: readonly Uint8Array[], mark: RequestMark): Receipt | 'conflict' | undefined {
  const bytes = receipts.find((receipt) => sameBytes(receipt.subarray(0, requestLength), mark.request));
  if (!bytes) return undefined;
  if (!sameBytes(bytes.subarray(requestLength, outcomeAt), mark.body)) return 'conflict';
  const outcome = outcomeOf(bytes);
  if (!outcome) return undefined;
  return { outcome, answersLeft: bytes[outcomeAt + 1] ?? 0, about: bytes.subarray(outcomeAt + 2) };
}

export const isAbout = (receipt: Receipt, id: Uint8Array): boolean => sameBytes(receipt.about, id.subarray(0, aboutLength));
