import { describe, expect, it } from 'vitest';
import { toBase32 } from '../../../../shared/platform/base32.ts';
import { readCursor, writeCursor } from '../../../../shared/platform/cursor.ts';
import { testKeyRing } from '../../../support/stage.ts';

const keys = testKeyRing();
const position = { pk: { S: 'ORG#acme' }, sk: { S: 'USER#ID#u-1' } };
const list = ['users', 'acme', 'active'];

describe('a cursor', () => {
  it('says where its own list goes on', () => {
    expect(readCursor(keys, list, writeCursor(keys, list, position))).toEqual(position);
    expect(readCursor(keys, list, undefined)).toBeUndefined();
  });

  it.each([[['users', 'other', 'active']], [['users', 'acme', 'none']], [['users', 'acmeactive']], [[]]])('walks no other list: %j (A40)', (other) => {
    expect(() => readCursor(keys, other, writeCursor(keys, list, position))).toThrow('cursor-invalid');
  });

  it('is refused with anything changed', () => {
    const bytes = Buffer.from(writeCursor(keys, list, position), 'base64url');
    for (let byte = 0; byte < bytes.length; byte += 1) {
      const changed = Buffer.from(bytes);
      changed[byte] = (changed[byte] ?? 0) ^ 1;
      expect(() => readCursor(keys, list, changed.toString('base64url'))).toThrow('cursor-invalid');
    }
  });

  it.each(['', 'AAAA', 'x'.repeat(5000), '!!!'])('is refused when it is nonsense: %j', (text) => {
    expect(() => readCursor(keys, list, text)).toThrow('cursor-invalid');
  });
});

describe('toBase32', () => {
  it.each([['', ''], ['f', 'MY'], ['fo', 'MZXQ'], ['foo', 'MZXW6'], ['foob', 'MZXW6YQ'], ['fooba', 'MZXW6YTB'], ['foobar', 'MZXW6YTBOI']])(
    'writes %j as RFC 4648 does, without padding',
    (text, base32) => {
      expect(toBase32(Buffer.from(text))).toBe(base32);
    },
  );
});
