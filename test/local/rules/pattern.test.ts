import { describe, expect, it } from 'vitest';
import { checkPattern, fits, type Pattern } from '../../../local/rules/pattern.ts';

const event = {
  source: 'aws.connect',
  'detail-type': 'Amazon Connect Contact Event',
  resources: ['arn:aws:connect:us-east-1:111122223333:instance/i', 'arn:…/contact/c'],
  detail: { eventType: 'DISCONNECTED', attempts: 3, tags: {} },
};

describe('fits', () => {
  const rows: [string, Pattern, boolean][] = [
    ['a literal', { source: ['aws.connect'] }, true],
    ['one of several literals', { source: ['aws.ses', 'aws.connect'] }, true],
    ['another literal', { source: ['aws.ses'] }, false],
    ['one item of a list', { resources: ['arn:aws:connect:us-east-1:111122223333:instance/i'] }, true],
    ['no item of a list', { resources: ['arn:aws:connect:us-east-1:111122223333:instance/other'] }, false],
    ['a nested value', { detail: { eventType: ['DISCONNECTED'] } }, true],
    ['a prefix', { source: [{ prefix: 'aws.' }] }, true],
    ['a suffix', { source: [{ suffix: '.ses' }] }, false],
    ['a prefix of a number', { detail: { attempts: [{ prefix: '3' }] } }, false],
    ['something that exists', { detail: { eventType: [{ exists: true }] } }, true],
    ['something that does not', { detail: { reason: [{ exists: true }] } }, false],
    ['the absence of something', { detail: { reason: [{ exists: false }] } }, true],
    ['anything but', { source: [{ 'anything-but': ['aws.ses'] }] }, true],
    ['anything but it', { source: [{ 'anything-but': 'aws.connect' }] }, false],
    ['a range', { detail: { attempts: [{ numeric: ['>', 1, '<=', 3] }] } }, true],
    ['outside a range', { detail: { attempts: [{ numeric: ['<', 3] }] } }, false],
    ['another case', { source: [{ 'equals-ignore-case': 'AWS.Connect' }] }, true],
    ['both of two keys', { source: ['aws.connect'], detail: { attempts: [4] } }, false],
    ['a value where there is none', { nothing: { here: ['x'] } }, false],
  ];

  it.each(rows)('compares with %s', (_name, pattern, expected) => {
    expect(fits(pattern, event)).toBe(expected);
  });

  it('takes one of several alternatives', () => {
    const pattern = { $or: [{ source: ['x'] }, { detail: { attempts: [3] } }] } as unknown as Pattern;

    expect(fits(pattern, event)).toBe(true);
  });
});

describe('checkPattern', () => {
  it('refuses a test that it does not know, naming it', () => {
    expect(() => checkPattern({ ip: [{ cidr: '10.0.0.0/8' }] }, 'The rule R')).toThrow('The rule R: the test "cidr"');
  });

  it('refuses what is neither a list nor an object', () => {
    expect(() => checkPattern({ source: 'aws.connect' }, 'The rule R')).toThrow('source must be a list');
  });

  it('looks into nested patterns and alternatives', () => {
    expect(() => checkPattern({ detail: { a: [{ wildcard: '*' }] } }, 'R')).toThrow('wildcard');
    expect(() => checkPattern({ $or: [{ a: [{ wildcard: '*' }] }] }, 'R')).toThrow('wildcard');
  });
});
