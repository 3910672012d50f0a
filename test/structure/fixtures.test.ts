import { describe, expect, it } from 'vitest';
import { filesUnder, linesWith, projectFiles, read, textFiles } from './tree.ts';

const fixtures = projectFiles.filter((path) => /^(events|test|local|bench|docs)\//.test(path) && textFiles.includes(path));

/** Set aside for stories: NANP 555-01xx in any area, Ofcom's London and mobile ranges. */
const reserved = /^(1\d{3}55501\d\d|44207946\d{4}|447700900\d{3})$/;
const exampleDomain = /(^|[.])(example|example[.](com|net|org)|test|invalid|localhost)$/;
const exampleAddress = /^(192[.]0[.]2|198[.]51[.]100|203[.]0[.]113|127[.]0[.]0|10[.]0[.]0|0[.]0[.]0)[.]/;

const numbersIn = (line: string): string[] => [...line.matchAll(/\+(\d[\d ()-]{8,18}\d)(?![\dx$])/g)].map(([, digits = '']) => digits.replace(/\D/g, ''));
const addressesIn = (line: string): string[] => [...line.matchAll(/[\w.+-]+@([\w-]+(?:[.][\w-]+)*[.][a-z]{2,})\b/gi)].map(([, domain = '']) => domain.toLowerCase());

describe('recorded and invented data', () => {
  it('calls only numbers that are set aside for it', () => {
    // The rules of numbers are about kinds that no reserved range has. Nothing is called there.
    const called = fixtures.filter((path) => !/^test\/unit\/shared\/factors\/(phone-number|phone-hint|pin)[.]test[.]ts$/.test(path));
    expect(linesWith(called, (line) => numbersIn(line).some((number) => !reserved.test(number)))).toEqual([]);
  });

  it('writes only to addresses at example domains', () => {
    expect(linesWith(fixtures, (line) => addressesIn(line).some((domain) => !exampleDomain.test(domain)))).toEqual([]);
  });

  it('names only network addresses that are set aside for documents, or of the machine itself', () => {
    const isForeign = (line: string): boolean =>
      [...line.matchAll(/\b\d{1,3}(?:[.]\d{1,3}){3}\b/g)].some(([address]) => !exampleAddress.test(address));

    expect(linesWith(fixtures.filter((path) => path.endsWith('.json')), isForeign)).toEqual([]);
  });

  it('names only the account of the AWS documentation', () => {
    const isForeign = (line: string): boolean => [...line.matchAll(/arn:aws:[a-z-]*:[a-z0-9-]*:(\d{12}):/g)].some(([, account]) => !/^(111122223333|123456789012|000000000000)$/.test(account ?? ''));

    expect(linesWith(fixtures, isForeign)).toEqual([]);
  });
});

describe('recorded events', () => {
  it('have a row each in events/README.md, and no row is without its file', () => {
    const rows = [...read('events/README.md').matchAll(/^\| `([\w/-]+)` \|/gm)].map(([, name]) => name ?? '');
    const files = filesUnder('events', '.json').map((path) => path.slice('events/'.length, -'.json'.length));

    expect(rows.toSorted()).toEqual(files.toSorted());
  });
});
