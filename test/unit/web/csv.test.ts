import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, writeCsv } from '../../../web/dom/csv.ts';

const cellsOf = (text: string): (readonly string[])[] => readCsv(text).map(({ cells }) => cells);

describe('readCsv', () => {
  it.each([
    ['a,b\r\n1,2\r\n', [['a', 'b'], ['1', '2']]],
    ['\uFEFFa;b\n1;2', [['a', 'b'], ['1', '2']]],
    ['a\tb\n1\t2\n', [['a', 'b'], ['1', '2']]],
    ['a,b\n"x, y","say ""hi"""\n', [['a', 'b'], ['x, y', 'say "hi"']]],
    ['"a,b";c\n1;2', [['a,b', 'c'], ['1', '2']]],
    ['a,b\n\n , \n1,2', [['a', 'b'], ['1', '2']]],
    ['', []],
  ])('of %j is its rows', (text, rows) => {
    expect(cellsOf(text)).toEqual(rows);
  });

  it('knows in which line a row begins, whatever its cells hold', () => {
    expect(readCsv('a,b\n\n"one\ntwo",2\n3,4').map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it('ends at the end, also of a file that stops within quotes', () => {
    expect(cellsOf('a,b\n"open,2')).toEqual([['a', 'b'], ['open,2']]);
  });
});

describe('writeCsv', () => {
  it('is read again as what was written, but for spaces at the ends', () => {
    const cell = fc.string().map((text) => text.trim()).filter((text) => !/^[=+\-@]/.test(text) && !/[\r\0]/.test(text));
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows) => {
      const full = rows.filter((row) => row.some((each) => each !== ''));
      expect(cellsOf(writeCsv(full))).toEqual(full);
    }));
  });

  it.each(['=1+1', '+44', '-1', '@sum', '\t=1', '\r=1', '\n=1'])('lets no spreadsheet take %j for a formula', (cell) => {
    expect(writeCsv([['row', cell]])).toContain(`"'${cell}"`);
  });
});
