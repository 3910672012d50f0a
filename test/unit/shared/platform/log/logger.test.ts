import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorFields, log } from '../../../../../shared/platform/log/logger.ts';
import { Problem } from '../../../../../shared/platform/problems/problem.ts';

let lines: string[];
beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
});
afterEach(() => void vi.restoreAllMocks());

describe('log', () => {
  it('writes one line of JSON, whatever is in the fields (A122)', () => {
    log('warn', 'flow-event-refused', { requestId: 'a\r\nb\u001b[31m{"level":"error"}\u2028', reason: 'x'.repeat(500), leg: 3 });

    expect(lines).toHaveLength(1);
    expect(/\p{Cc}|\u2028/u.test(lines[0]?.trimEnd() ?? '')).toBe(false);
    expect(JSON.parse(lines[0] ?? '')).toEqual({ level: 'warn', code: 'flow-event-refused', requestId: 'a  b [31m{"level":"error"} ', reason: 'x'.repeat(200), leg: 3 });
  });

  it('leaves out what is not there', () => {
    log('info', 'answered', { status: 200, problem: undefined as never });

    expect(JSON.parse(lines[0] ?? '')).toEqual({ level: 'info', code: 'answered', status: 200 });
  });
});

describe('errorFields', () => {
  it('says which error and where, never its message, which may quote a secret (I10)', () => {
    const fields = errorFields(new TypeError('the PIN 482913 is wrong', { cause: new RangeError('code 123456') }));

    expect(fields.errorName).toBe('TypeError < RangeError');
    expect(fields.errorAt).toMatch(/logger\.test\.ts:\d+:\d+$/);
    expect(JSON.stringify(fields)).not.toMatch(/482913|123456/);
  });

  it('takes whatever was thrown', () => {
    expect(errorFields('a secret string')).toEqual({ errorName: 'string' });
    expect(errorFields(undefined)).toEqual({ errorName: 'undefined' });
    expect(errorFields(new Problem('unavailable')).errorName).toBe('Problem');
  });
});
