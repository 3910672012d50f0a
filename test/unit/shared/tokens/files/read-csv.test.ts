import { describe, expect, it } from 'vitest';
import { toBase32 } from '../../../../../shared/platform/base32.ts';
import { mostRowsPerPart, readFile } from '../../../../../shared/tokens/files/read-file.ts';

const seed = '3132333435363738393031323334353637383930';
const read = (text: string) => readFile('csv', text, {});
const row = (cells: string, header = 'credentialId,type,seedHex') => read(`${header}\n${cells}\n`);

describe('a CSV file of tokens', () => {
  it('is read with its defaults, whatever the order and case of its columns and the spaces of its ids', async () => {
    const { tokens, problems } = await read(`\ufeffType,SEEDHEX,credentialid\r\ntotp,${seed},"ab 12-34"\r\n\r\nHOTP,${seed},CD5678\r\n`);

    expect(problems).toBe(0);
    expect(tokens).toMatchObject([
      { row: 1, credentialId: 'AB12-34', type: 'totp', algorithm: 'sha1', digits: 6, period: 30, seed: Buffer.from(seed, 'hex') },
      { row: 2, credentialId: 'CD5678', type: 'hotp', counter: 0 },
    ]);
  });

  it('may give everything, and seeds in base-32', async () => {
    const { tokens } = await row(`AB1234,totp,${toBase32(Buffer.from(seed, 'hex'))},SHA-256,8,60,`, 'credentialId,type,seedBase32,algorithm,digits,period,counter');

    expect(tokens[0]).toMatchObject({ algorithm: 'sha256', digits: 8, period: 60, seed: new Uint8Array(Buffer.from(seed, 'hex')) });
  });

  it.each([
    ['a formula', `"=HYPERLINK(""x"")",totp,${seed}`, 'formula'],
    ['a formula behind spaces', `AB1234,  +totp,${seed}`, 'formula'],
    ['a formula that begins with @', `@SUM(A1),totp,${seed}`, 'formula'],
    ['a seed of less than 128 bits', `AB1234,totp,${seed.slice(0, 30)}`, 'seed-short'],
    ['a seed longer than any block', `AB1234,totp,${'ab'.repeat(129)}`, 'seed-long'],
    ['a seed that is no hex', 'AB1234,totp,zz', 'seed-invalid'],
    ['half a byte', `AB1234,totp,${seed}0`, 'seed-invalid'],
    ['no type', `AB1234,,${seed}`, 'type-unknown'],
    ['another type', `AB1234,ocra,${seed}`, 'type-unknown'],
    ['a short id', `AB,totp,${seed}`, 'credential-id-invalid'],
    ['an id with a slash', `AB/1234,totp,${seed}`, 'credential-id-invalid'],
    ['a cell too many', `AB1234,totp,${seed},9`, 'row-invalid'],
    ['a cell too few', 'AB1234,totp', 'row-invalid'],
  ])('reports the row of %s', async (_what, cells, problem) => {
    expect(await row(cells)).toMatchObject({ tokens: [], problems: 1, report: [{ row: 1, problem }] });
  });

  it.each([
    ['digits', '9', 'digits-invalid'],
    ['digits', '5', 'digits-invalid'],
    ['period', '45', 'period-invalid'],
    ['counter', '1.5', 'counter-invalid'],
    ['counter', '9'.repeat(14), 'counter-invalid'],
    ['algorithm', 'md5', 'algorithm-unknown'],
  ])('reports a %s of %s', async (column, value, problem) => {
    expect(await row(`AB1234,totp,${seed},${value}`, `credentialId,type,seedHex,${column}`)).toMatchObject({ report: [{ problem }] });
  });

  it('names the second of two rows with one id, however it is written', async () => {
    const { report, problems } = await row(`ab1234,totp,${seed}\nAB 1234,hotp,${seed}\nAB9999,totp,${seed}`);

    expect([report, problems]).toEqual([[{ row: 2, problem: 'credential-duplicate', credentialId: 'AB1234' }], 1]);
  });

  it.each([
    ['nothing', ''],
    ['a header only', 'credentialId,type,seedHex\n'],
    ['a column that nobody knows', `credentialId,type,seedHex,note\nAB1234,totp,${seed},x`],
    ['a column twice', `credentialId,type,type,seedHex\nAB1234,totp,totp,${seed}`],
    ['both kinds of seed', `credentialId,type,seedHex,seedBase32\nAB1234,totp,${seed},`],
    ['no seeds', 'credentialId,type\nAB1234,totp'],
    ['a quote that is never closed', `credentialId,type,seedHex\n"AB1234,totp,${seed}\n${'x'.repeat(4000)}`],
  ])('is refused as a whole with %s', async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({ problem: 'request-invalid' });
  });

  it('is not read further than a part may be long', async () => {
    const rows = Array.from({ length: mostRowsPerPart + 1 }, (_, index) => `AB${String(100_000 + index)},totp,${seed}`).join('\n');

    await expect(row(rows)).rejects.toMatchObject({ problem: 'content-too-large' });
  });

  it('never shows what a row holds in what it says of it', async () => {
    const { report } = await row(`AB1234,totp,${seed.slice(0, 20)}\n=1+1,totp,${seed}`);

    expect(JSON.stringify(report)).not.toContain(seed.slice(0, 20));
  });
});
