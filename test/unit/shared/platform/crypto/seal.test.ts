import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { open, seal, sealedKeyVersion } from '../../../../../shared/platform/crypto/seal.ts';
import { systemRandom } from '../../../../../shared/platform/random.ts';

const key = createSecretKey(Buffer.alloc(32, 7));
const plain = Buffer.from('a secret of twenty b');
const sealed = (): Buffer => seal(key, 3, plain, 'binding', systemRandom);

describe('seal', () => {
  it('brings back what was sealed, under the same key and binding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string(), (bytes, binding) => {
        expect(new Uint8Array(open(key, seal(key, 1, bytes, binding, systemRandom), binding))).toEqual(bytes);
      }),
    );
    expect(sealedKeyVersion(sealed())).toBe(3);
  });

  it('opens from a view into a larger buffer, as the database hands it over', () => {
    const held = Buffer.concat([Buffer.alloc(5), sealed(), Buffer.alloc(5)]);

    expect(open(key, new Uint8Array(held.subarray(5, held.length - 5)), 'binding')).toEqual(plain);
  });

  it('refuses it with any single bit changed, in head, text or tag', () => {
    const original = sealed();
    for (let position = 0; position < original.length * 8; position += 1) {
      const changed = Buffer.from(original);
      const byte = Math.floor(position / 8);
      changed[byte] = (changed[byte] ?? 0) ^ (1 << (position % 8));
      expect(() => open(key, changed, 'binding')).toThrow();
    }
  });

  it('refuses it cut short or made longer', () => {
    const original = sealed();
    for (let length = 0; length < original.length; length += 1) expect(() => open(key, original.subarray(0, length), 'binding')).toThrow();
    expect(() => open(key, Buffer.concat([original, Buffer.from([0])]), 'binding')).toThrow();
  });

  it('refuses another key and another binding', () => {
    expect(() => open(createSecretKey(Buffer.alloc(32, 8)), sealed(), 'binding')).toThrow();
    expect(() => open(key, sealed(), 'bindinG')).toThrow();
    expect(() => open(key, sealed(), '')).toThrow();
  });

  it('never uses a nonce twice (A116)', () => {
    const nonces = new Set(Array.from({ length: 20_000 }, () => sealed().toString('base64', 2, 14)));

    expect(nonces.size).toBe(20_000);
  });

  it('shows nothing of what is inside but its length', () => {
    expect(sealed().includes(plain)).toBe(false);
    expect(sealed()).toHaveLength(2 + 12 + plain.length + 16);
  });
});
