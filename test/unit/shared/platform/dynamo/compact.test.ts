import { describe, expect, it } from 'vitest';
import { decode, encode, unknownAttributes, type Shape } from '../../../../../shared/platform/dynamo/compact.ts';

const inner = { name: 'n' } as const satisfies Shape;
const shape = { title: 't', mood: { name: 'm', codes: { good: 'g', bad: 'b' } }, one: ['o', inner], many: ['l', [inner]], flags: 'f' } as const satisfies Shape;

describe('short names', () => {
  it('are written, and read back', () => {
    const value = { title: 'x', mood: 'good', one: { name: 'a' }, many: [{ name: 'b' }, { name: 'c' }], flags: true };

    const attributes = encode(value, shape);

    expect(attributes).toEqual({ t: { S: 'x' }, m: { S: 'g' }, o: { M: { n: { S: 'a' } } }, l: { L: [{ M: { n: { S: 'b' } } }, { M: { n: { S: 'c' } } }] }, f: { BOOL: true } });
    expect(decode(attributes, shape)).toEqual(value);
  });

  it('leave out what is undefined or an empty list', () => {
    expect(encode({ title: undefined, many: [] }, shape)).toEqual({});
    expect(decode({}, shape)).toEqual({});
  });

  it('write words of a list as letters, each word of several too, and others as they stand', () => {
    expect(encode({ mood: ['good', 'new', 'bad'] }, shape)).toEqual({ m: { L: [{ S: 'g' }, { S: 'new' }, { S: 'b' }] } });
    expect(decode({ m: { L: [{ S: 'g' }, { S: 'new' }, { S: 'z' }] } }, shape)).toEqual({ mood: ['good', 'new', 'z'] });
    expect(decode({ m: { S: 'constructor' } }, shape)).toEqual({ mood: 'constructor' });
  });

  it('keep what they do not know, at every depth, through a change', () => {
    const attributes = { t: { S: 'x' }, x: { N: '7' }, o: { M: { n: { S: 'a' }, y: { BOOL: true } } } };
    const value = decode(attributes, shape);

    const changed = { ...value, title: 'changed' };

    expect(value[unknownAttributes as never]).toEqual({ x: { N: '7' } });
    expect(encode(changed, shape)).toEqual({ ...attributes, t: { S: 'changed' } });
  });

  it('refuse a property that has none', () => {
    expect(() => encode({ other: 1 }, shape)).toThrow('no short name for other');
  });
});
