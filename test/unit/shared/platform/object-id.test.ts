import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { challengeRandomOf, homeKeys, readObjectId, writeObjectId } from '../../../../shared/platform/object-id.ts';
import { testKeyRing } from '../../../support/stage.ts';

const keys = testKeyRing();
const home = homeKeys(keys, 'acme', 'u-1');
const random = new Uint8Array(16).map((_, position) => position);
const id = writeObjectId(keys, 'chl', { ...home, random });

describe('an id that leads home', () => {
  it('says where it leads', () => {
    expect(readObjectId(keys, 'chl', id)).toEqual({ ...home, random });
    expect(challengeRandomOf(id)).toEqual(random);
    expect(id).toMatch(/^chl_[\w-]{76}$/);
  });

  it('does so for any organization, user and bits', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.uint8Array({ minLength: 8, maxLength: 8 }), (organizationId, userId, bits) => {
        const own = homeKeys(keys, organizationId, userId);
        expect(readObjectId(keys, 'fac', writeObjectId(keys, 'fac', { ...own, random: bits }))).toEqual({ ...own, random: bits });
      }),
    );
    expect(home.userKey).not.toBe(home.organizationKey);
  });

  it('is refused with any single bit changed', () => {
    const bytes = Buffer.from(id.slice(4), 'base64url');
    for (let position = 0; position < bytes.length * 8; position += 1) {
      const changed = Buffer.from(bytes);
      const byte = Math.floor(position / 8);
      changed[byte] = (changed[byte] ?? 0) ^ (1 << (position % 8));
      expect(readObjectId(keys, 'chl', `chl_${changed.toString('base64url')}`)).toBeUndefined();
    }
  });

  it.each([
    ['another prefix', id.replace('chl_', 'fac_')], ['no prefix', id.slice(4)], ['padding', `${id}=`], ['a space', `${id} `],
    ['less', id.slice(0, -1)], ['more', `${id}A`], ['nothing', ''], ['only a prefix', 'chl_'], ['other symbols', id.replace(/[-_]/g, '+')],
  ])('is refused with %s', (what, text) => {
    expect(what === 'other symbols' && text === id ? undefined : readObjectId(keys, 'chl', text)).toBeUndefined();
  });

  it('is refused by a stage with other keys', () => {
    expect(readObjectId(testKeyRing(Buffer.alloc(32, 8)), 'chl', id)).toBeUndefined();
  });

  it('leads to one home only: no two names give the same keys', () => {
    const names: [string, string][] = [['acme', 'u-1'], ['acme', 'u-2'], ['acmeu', '-1'], ['', 'acmeu-1'], ['u-1', 'acme']];

    expect(new Set(names.map(([organizationId, userId]) => homeKeys(keys, organizationId, userId).userKey)).size).toBe(names.length);
  });
});
