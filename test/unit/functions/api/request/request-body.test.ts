import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { readBody } from '../../../../../functions/api/request/request-body.ts';

const anything = z.record(z.string(), z.unknown());

const read = (body: string) =>
  readBody(anything, { headers: { 'content-type': 'application/json' }, body, isBase64Encoded: false } as never);

describe('the body of a request', () => {
  it.each(['{"__proto__":{}}', '{"a":{"__proto__":1}}', String.raw`{"\u005f_proto__":1}`, '[{"__proto__":[]}]'])(
    'is refused for the name __proto__, however it is written: %s',
    (text) => {
      expect(() => read(text)).toThrow('request-invalid');
    },
  );

  it('may hold that word as a value', () => {
    expect(read('{"displayName":"__proto__","note":"\\"__proto__\\": 1"}')).toEqual({ displayName: '__proto__', note: '"__proto__": 1' });
  });

  it('is refused, not choked on, when it is nested without end (A105)', () => {
    expect(() => read('['.repeat(8000) + ']'.repeat(8000))).toThrow('request-invalid');
    expect(() => read('{"a":'.repeat(3000))).toThrow('request-invalid');
  });
});
