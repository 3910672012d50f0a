import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyedHash, sameBytes } from '../../../../../shared/platform/crypto/keyed-hash.ts';

const key = createSecretKey(Buffer.alloc(32, 7));

describe('keyedHash', () => {
  it('is HMAC-SHA-256 over parts, each after its length', () => {
    const message = Buffer.concat([Buffer.from([0, 0, 0, 2]), Buffer.from('ab'), Buffer.from([0, 0, 0, 1]), Buffer.from('c')]);

    expect(keyedHash(key, 'ab', Buffer.from('c'))).toEqual(createHmac('sha256', key).update(message).digest());
  });

  it('gives no two lists of parts the same hash, however they are cut', () => {
    const lists = fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 });
    fc.assert(
      fc.property(lists, lists, (one, other) => {
        expect(keyedHash(key, ...one).equals(keyedHash(key, ...other))).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
    expect(keyedHash(key, 'ab', 'c')).not.toEqual(keyedHash(key, 'a', 'bc'));
  });
});

describe('sameBytes', () => {
  it.each([['', '', true], ['a', 'a', true], ['a', 'b', false], ['a', 'ab', false], ['', 'a', false]])('%j and %j: %j', (one, other, same) => {
    expect(sameBytes(Buffer.from(one), Buffer.from(other))).toBe(same);
  });
});
