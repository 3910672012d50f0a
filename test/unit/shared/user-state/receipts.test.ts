import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findReceipt, isAbout, keepReceipts, markRequest, writeReceipt, type ReceiptOutcome } from '../../../../shared/user-state/receipts.ts';
import { testKeyRing } from '../../../support/stage.ts';

const keys = testKeyRing();
const about = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
const mark = (request: string, body = 'body') => markRequest(keys, 'client', request, [body]);
const receipt = (request: string, outcome: ReceiptOutcome = 'wrong-answer') => writeReceipt(mark(request), { outcome, answersLeft: 3, about });

function kept(outcomes: readonly ReceiptOutcome[]): string[] {
  let receipts: readonly Uint8Array[] = [];
  outcomes.forEach((outcome, position) => (receipts = keepReceipts(receipts, receipt(String(position), outcome))));
  return outcomes.flatMap((_, position) => (findReceipt(receipts, mark(String(position))) ? [String(position)] : []));
}

describe('a receipt', () => {
  it('tells what its request came to, and about which challenge', () => {
    const found = findReceipt([receipt('other'), receipt('own', 'locked')], mark('own'));

    expect(found).toMatchObject({ outcome: 'locked', answersLeft: 3 });
    expect(found && found !== 'conflict' && isAbout(found, about)).toBe(true);
    expect(found && found !== 'conflict' && isAbout(found, new Uint8Array(8))).toBe(false);
  });

  it('is no other request’s, and a conflict for another body', () => {
    expect(findReceipt([receipt('own')], mark('another'))).toBeUndefined();
    expect(findReceipt([receipt('own')], mark('own', 'another body'))).toBe('conflict');
    expect(findReceipt([receipt('own')], markRequest(keys, 'another client', 'own', ['body']))).toBeUndefined();
    expect(findReceipt([receipt('own')], markRequest(testKeyRing(Buffer.alloc(32, 8)), 'client', 'own', ['body']))).toBeUndefined();
  });

  it('brings every outcome back', () => {
    const outcomes: ReceiptOutcome[] = ['started', 'approved', 'wrong-answer', 'locked', 'denied', 'canceled', 'sent', 'redeemed', 'changed', 'leg-ended', 'fraud-reported'];

    expect(outcomes.map((outcome) => findReceipt([receipt('own', outcome)], mark('own')))).toMatchObject(outcomes.map((outcome) => ({ outcome })));
    // Codes are for ever: a receipt that was written before an update is read after it.
    expect(outcomes.map((outcome) => receipt('own', outcome)[9])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('holds nothing of what was asked: fourteen bytes, most of them a keyed hash', () => {
    expect(receipt('own')).toHaveLength(14);
    expect(findReceipt([new Uint8Array(14).fill(255)], { request: new Uint8Array(6).fill(255), body: new Uint8Array(3).fill(255) })).toBeUndefined();
  });
});

describe('keepReceipts', () => {
  it('keeps the last eight', () => {
    expect(kept(Array.from({ length: 12 }, () => 'changed'))).toEqual(['4', '5', '6', '7', '8', '9', '10', '11']);
  });

  it('keeps the last approval however long ago it was', () => {
    expect(kept(['approved', 'approved', ...Array.from({ length: 30 }, () => 'changed' as const)])).toEqual(['1', '24', '25', '26', '27', '28', '29', '30', '31']);
  });

  it('never keeps more than nine', () => {
    const outcome = fc.constantFrom<ReceiptOutcome>('approved', 'changed', 'wrong-answer');
    fc.assert(fc.property(fc.array(outcome, { maxLength: 40 }), (outcomes) => {
      expect(kept(outcomes).length).toBeLessThanOrEqual(9);
    }));
    expect(kept([])).toEqual([]);
  });
});
