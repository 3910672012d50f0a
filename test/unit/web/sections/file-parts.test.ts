import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFile, type FileFormat } from '../../../../shared/tokens/files/read-file.ts';
import { cutCsv } from '../../../../web/sections/tokens/csv-parts.ts';
import type { Cut, FilePart, Limits } from '../../../../web/sections/tokens/file-part.ts';
import { limitsFor, partsOf } from '../../../../web/sections/tokens/file-parts.ts';
import { cutPskc } from '../../../../web/sections/tokens/pskc-parts.ts';
import { writePskc } from '../../../support/pskc.ts';
import { csvOf, seedOf } from '../../../support/token-world.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const idsOf = async (format: FileFormat, content: string, secret = {}): Promise<string[]> => {
  const { tokens, problems } = await readFile(format, content, secret);
  expect(problems).toBe(0);
  return tokens.map(({ credentialId }) => credentialId);
};

async function all<T>(parts: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const part of parts) found.push(part);
  return found;
}

/** In pieces of this size, as a browser may read a file. */
async function* inPieces(text: string, size: number): AsyncGenerator<{ text: string; read: number }> {
  for (let start = 0; start < text.length; start += size) yield { text: text.slice(start, start + size), read: Math.min(1, (start + size) / text.length) };
}

const cutText = (cut: Cut, text: string, size: number, limits: Limits): Promise<FilePart[]> => all(cut(inPieces(text, size), limits));

const roomy = { rows: 3, characters: 1_000_000 };

describe('a file of tokens in parts', () => {
  it.each([
    ['csv', cutCsv, csvOf(numbers(8)), {}],
    ['pskc', cutPskc, writePskc(numbers(8).map((number) => ({ serial: `AB000${String(number)}`, seed: seedOf(number) }))), {}],
    ['pskc', cutPskc, writePskc(numbers(8).map((number) => ({ serial: `AB000${String(number)}`, seed: seedOf(number) })), { passphrase: 'open it' }), { passphrase: 'open it' }],
    ['pskc', cutPskc, writePskc(numbers(8).map((number) => ({ serial: `AB000${String(number)}`, seed: seedOf(number) }))).replaceAll(/<(\/?)(Key|Device|Serial|Manu|Issuer|Algo|Resp|Data|Secret|Plain)/g, '<$1pskc:$2').replace('xmlns=', 'xmlns:pskc='), {}],
  ] as const)('holds every row once and in order, each part a whole %s file', async (format, cut, text, secret) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.length }), async (size) => {
        const parts = await cutText(cut, text, size, roomy);
        const ids: string[] = [];
        for (const { content } of parts) ids.push(...(await idsOf(format, content, secret)));

        expect(ids).toEqual(numbers(8).map((number) => `AB000${String(number)}`));
        expect(parts.map(({ rows, rowsBefore }) => [rows, rowsBefore])).toEqual([[3, 0], [3, 3], [2, 6]]);
      }),
      { numRuns: 25 },
    );
  });

  it('is cut by its length too, and never within a row', async () => {
    const parts = await cutText(cutCsv, csvOf(numbers(6)), 10, { rows: 100, characters: 130 });

    expect(parts.map(({ rows }) => rows)).toEqual([2, 2, 2]);
  });

  it('keeps a line end within quotation marks, and leaves out empty rows as the service does', async () => {
    const [part] = await cutText(cutCsv, 'credentialId,type,seedHex\r\n\r\n"AB\n1",totp,00\r\n\n', 4, roomy);

    expect(part).toMatchObject({ content: 'credentialId,type,seedHex\n"AB\n1",totp,00\n', rows: 1 });
  });

  it('is not cut at a tag in a comment or in CDATA', async () => {
    const text = writePskc([{ serial: 'AB0001', seed: seedOf(1) }, { serial: 'AB0002', seed: seedOf(2) }])
      .replace('<KeyPackage>', '<!-- <KeyPackage> --><KeyPackage>')
      .replace('<Issuer>Example', '<Issuer><![CDATA[</KeyPackage>]]><!-- </KeyPackage> -->');
    const parts = await cutText(cutPskc, text, 7, { ...roomy, rows: 1 });

    expect(parts).toHaveLength(2);
    expect((await Promise.all(parts.map(({ content }) => idsOf('pskc', content)))).flat()).toEqual(['AB0001', 'AB0002']);
  });

  it.each([
    ['empty', ''],
    ['empty', 'credentialId,type,seedHex\n'],
    ['empty', '  \n'],
    ['unreadable', '<?xml version="1.0"?><html><body>no</body></html>'],
    ['unreadable', writePskc([{ serial: 'AB0001', seed: seedOf(1) }]).slice(0, -60)],
    ['row-too-long', `credentialId,type,seedHex\n"${'x'.repeat(9000)}`],
    ['unreadable', new Uint8Array([0x63, 0xff, 0xfe, 0x0a])],
  ])('is refused as %s before anything is sent', async (fault, content) => {
    await expect(all(partsOf(new Blob([content])))).rejects.toMatchObject({ fault });
  });

  it('says of each part whether another follows, and of what format it is', async () => {
    const csv = await all(partsOf(new Blob([csvOf(numbers(1200))])));
    const pskc = await all(partsOf(new Blob([writePskc([{ serial: 'AB0001', seed: seedOf(1) }])])));

    expect(csv.map(({ rows, hasMore, format }) => [rows, hasMore, format])).toEqual([[500, true, 'csv'], [500, true, 'csv'], [200, false, 'csv']]);
    expect(pskc).toMatchObject([{ format: 'pskc', hasMore: false, rows: 1, read: 1 }]);
  });

  it('has no more parts than an import may have, however large the file is', () => {
    for (const megabytes of [1, 10, 30]) {
      const rows = (megabytes * 1024 * 1024) / 60;
      expect(rows / limitsFor('csv', megabytes * 1024 * 1024).rows).toBeLessThan(200);
    }
  });
});
