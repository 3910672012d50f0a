import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../../../web/dom/csv.ts';
import { fileName } from '../../../../web/dom/download.ts';
import { monthsBack } from '../../../../web/frame/texts.ts';
import { everyPage, withQuery } from '../../../../web/pages/console/every-page.ts';
import { byText, exportColumns, exportRows, kindText, toInstant, whatText, type AuditEvent } from '../../../../web/sections/audit/audit-event.ts';
import { readQuantity } from '../../../../web/sections/licenses/order-page.ts';
import { words } from '../../../../web/words/en/console-audit.ts';

/** Times and numbers are said in the page's language. */
beforeAll(() => {
  Object.assign(globalThis, { document: { documentElement: { lang: 'en' } } });
});

describe('a CSV', () => {
  it('holds every cell as it is, but for what a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const wide = rows.map((row) => row.slice(0, 2));
        const read = parse(writeCsv(wide), { bom: true, relax_column_count: true, skip_empty_lines: false });

        expect(read.map((row) => row.map((cell) => cell.replace(/^'(?=\s*[=+\-@\t\r])/, '')))).toEqual(wide);
      }),
    );
  });

  it.each(['=1+1', '+1', '-1', '@x', '\tx', '  =x', '\rx'])('makes a text of %j', (cell) => {
    expect(writeCsv([[cell]])).toContain(`'${cell}`);
  });

  it('is named by what is in it', () => {
    expect(fileName(['audit', 'Company Two / ü'], 'csv')).toBe('audit-Company-Two-ü.csv');
  });
});

const event: AuditEvent = { eventId: 'evt_1', at: '2026-11-22T03:00:00Z', kind: 'user-unlocked', door: 'api', requestId: 'r', userId: 'una', actor: 'acme/ada', detail: { reason: '=ticket', left: 3 } };

describe('an event', () => {
  it('is said in plain words, and a kind that is not known by its own name', () => {
    expect([kindText(words, 'user-unlocked'), kindText(words, 'some-thing-new')]).toEqual(['User unlocked', 'some thing new']);
    expect(whatText(words, { ...event, kind: 'answer-refused', times: 12, lastAt: '2026-11-22T03:00:30Z' })).toMatch(/^Answer not taken \(12 times, until /);
  });

  it('names who did it: the person for whom a portal acted, the user at the telephone, the portal, or the service', () => {
    const { actor: _actor, ...nobody } = event;

    expect([byText(words, event), byText(words, { ...nobody, door: 'call' }), byText(words, { ...nobody, clientId: 'c1' }), byText(words, nobody)]).toEqual(['acme/ada', 'una', 'Portal c1', 'The service']);
  });

  it('is a row with the names that the API uses', () => {
    const [head, row] = exportRows([event]);

    expect(head).toEqual([...exportColumns]);
    expect(Object.fromEntries(exportColumns.map((name, position) => [name, row?.[position]]))).toMatchObject({ kind: 'user-unlocked', actor: 'acme/ada', detail: '{"reason":"=ticket","left":3}', times: '' });
  });
});

describe('what is chosen', () => {
  it('is a moment, in the zone of whoever chose it', () => {
    expect(toInstant('2026-11-22T03:00')).toBe(new Date(2026, 10, 22, 3, 0).toISOString());
    expect([toInstant(''), toInstant('x')]).toEqual([undefined, undefined]);
  });

  it('is one of the months back, over the end of the year', () => {
    expect(monthsBack(Date.UTC(2027, 0, 31, 23), 3)).toEqual(['2027-01', '2026-12', '2026-11']);
  });

  it('is a whole number of licenses', () => {
    expect(['1', '100000', '0', '100001', '1.5', '-1', ''].map(readQuantity)).toEqual([1, 100_000, undefined, undefined, undefined, undefined, undefined]);
  });
});

describe('reading to the end', () => {
  it('asks for page after page, and leaves out what is not chosen', async () => {
    const asked: (string | undefined)[] = [];
    const read = (cursor: string | undefined) => {
      asked.push(cursor);
      return Promise.resolve(asked.length < 3 ? { cursor: String(asked.length) } : {});
    };

    expect(await everyPage(read, () => undefined)).toBe(true);
    expect(asked).toEqual([undefined, '1', '2']);
    expect(withQuery('/a', { kind: '', userId: 'a b', cursor: undefined })).toBe('/a?userId=a+b');
  });

  it('stops when it is told to', async () => {
    let pages = 0;

    expect(await everyPage(() => Promise.resolve({ cursor: 'more' }), () => (pages += 1), () => pages < 2)).toBe(false);
    expect(pages).toBe(2);
  });
});
