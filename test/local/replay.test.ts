import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fillIn, functionFor, listEvents } from '../../local/replay.ts';
import { functions } from '../../shared/contract/functions.ts';
import type { LocalStack } from '../../local/start-local.ts';

const events = listEvents();
const read = (name: string) => readFileSync(new URL(`../../events/${name}.json`, import.meta.url), 'utf8');

describe('replay', () => {
  it.each(events)('knows the function of %s', (name) => {
    expect(Object.keys(functions)).toContain(functionFor(name, JSON.parse(read(name))));
  });

  it.each([
    ['api/health', { routeKey: 'GET /v1/health' }, 'api-service'],
    ['connect-flow/entry', {}, 'connect-flow'],
    ['workflows/phone-call/end-leg', {}, 'phone-call-end-leg'],
    ['workflows/phone-call/place-call-again', {}, 'phone-call-place'],
    ['workflows/enrollment/advance-failed', {}, 'enrollment-advance'],
  ])('gives %s to its function', (name, event, expected) => {
    expect(functionFor(name, event)).toBe(expected);
  });

  it('refuses an event of no function', () => {
    expect(() => functionFor('api/x', { routeKey: 'GET /nowhere' })).toThrow('no route');
    expect(() => functionFor('fax/x', {})).toThrow('No function');
  });

  it('fills in what no file may hold, and leaves other braces alone', async () => {
    const stack = { running: { clientKey: 'the-key', demo: { pin: '274913' } } } as LocalStack;

    expect(await fillIn('{"a":"Bearer {clientKey}","b":"{entry}","c":"{other}"}', stack)).toBe(
      '{"a":"Bearer the-key","b":"274913","c":"{other}"}',
    );
  });
});
