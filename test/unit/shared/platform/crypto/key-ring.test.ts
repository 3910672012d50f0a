import { describe, expect, it } from 'vitest';
import { makeKeyRing } from '../../../../../shared/platform/crypto/key-ring.ts';
import { systemRandom } from '../../../../../shared/platform/random.ts';
import { testKeyRing } from '../../../../support/stage.ts';

const { signing, published } = testKeyRing();
const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const ringOf = (...roots: [number, Buffer][]) => makeKeyRing(new Map(roots), signing, published);

describe('the key ring', () => {
  it('wraps under the newest root, and unwraps what the older ones wrapped (X19)', () => {
    const before = ringOf([1, first]);
    const wrapped = before.wrap(Buffer.alloc(32, 9), 'acme', systemRandom);

    const after = ringOf([1, first], [2, second]);

    expect(after.version).toBe(2);
    expect(after.unwrap(wrapped, 'acme').export()).toEqual(Buffer.alloc(32, 9));
    expect(after.wrap(Buffer.alloc(32), 'acme', systemRandom)[1]).toBe(2);
  });

  it('makes keys of items and ids from the first root for ever', () => {
    const [before, after] = [ringOf([1, first]), ringOf([1, first], [2, second])];

    expect([after.index.equals(before.index), after.ids.equals(before.ids)]).toEqual([true, true]);
    expect(() => ringOf([2, second])).toThrow('the first root key is missing');
  });

  it('opens nothing for another name, nor under a root that is not loaded', () => {
    const wrapped = ringOf([1, first], [2, second]).wrap(Buffer.alloc(32, 9), 'acme', systemRandom);

    expect(() => ringOf([1, first], [2, second]).unwrap(wrapped, 'other')).toThrow();
    expect(() => ringOf([1, first]).unwrap(wrapped, 'acme')).toThrow('root key version 2 is not loaded');
  });
});
