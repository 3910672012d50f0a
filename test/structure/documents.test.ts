import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedDocuments } from '../../docs/generate/documents.ts';
import { administratorsMail, noticeMail } from '../../shared/delivery/notices.ts';
import { projectFiles, read, root, filesUnder, textFiles } from './tree.ts';

const pages = projectFiles.filter((path) => path.endsWith('.md'));
const code = textFiles.filter((path) => /[.](ts|mjs|js)$/.test(path));
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

describe('documents', () => {
  it('made of tables are as new as the tables', () => {
    for (const [path, text] of generatedDocuments()) expect([path, read(path) === text]).toEqual([path, true]);
  });

  it('link only to what is there', () => {
    const isDead = (path: string, link: string): boolean => !existsSync(join(root, dirname(path), link.split('#')[0] ?? ''));
    const dead = pages.flatMap((path) =>
      all(read(path), /\]\(([^)\s]+)\)/g).filter((link) => !/^(https?:|#)/.test(link) && isDead(path, link)).map((link) => `${path}: ${link}`),
    );

    expect(dead).toEqual([]);
  });

  it('name only files that are there', () => {
    const named = /`((?:shared|functions|infra|local|test|events|bench|docs)\/[\w./-]+[.](?:ts|mjs|md|json))`/g;
    const gone = pages.flatMap((path) => all(read(path), named).filter((file) => !existsSync(join(root, file))).map((file) => `${path}: ${file}`));

    expect(gone).toEqual([]);
  });

  it('name only commands that npm knows', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const own = pages.filter((path) => !path.startsWith('docs/api/'));
    const unknown = own.flatMap((path) => all(read(path), /npm run ([\w:-]+)/g).filter((name) => !Object.hasOwn(scripts, name)).map((name) => `${path}: ${name}`));

    expect(unknown).toEqual([]);
  });

  it('are found: every page is linked from another', () => {
    const linked = new Set(pages.flatMap((path) => all(read(path), /\]\(([^)\s#]+)/g).map((link) => normalize(join(dirname(path), link)).replace(/\/$/, ''))));
    const inLinkedFolder = (path: string): boolean => dirname(path) !== 'docs' && linked.has(dirname(path));
    const lost = pages.filter((path) => path !== 'README.md' && !linked.has(path) && !inLinkedFolder(path));

    expect(lost).toEqual([]);
  });

  it('draw a map of folders that are there, and of all of them', () => {
    const map = all(read('README.md'), /^\| \[`([\w-]+)\/`\]/gm);
    const folders = [...new Set(projectFiles.filter((path) => path.includes('/') && !path.startsWith('.')).map((path) => path.split('/')[0] ?? ''))];

    expect(map.toSorted()).toEqual(folders.toSorted());
  });
});

describe('SECURITY.md', () => {
  it('names tests that are there, in their own words', () => {
    const claims = [...read('SECURITY.md').matchAll(/`(test\/[\w./-]+)`: ((?:\*[^*]+\*(?:, )?)+)/g)];
    const said = [...claims, ...filesUnder('docs/decisions').flatMap((path) => [...read(path).matchAll(/`(test\/[\w./-]+)`:\s+((?:\*[^*]+\*(?:,\s)?)+)/g)])];
    const missing = said.flatMap(([, file = '', words = '']) => {
      const sentences = all(words, /\*([^*]+)\*/g);
      return sentences.filter((sentence) => !existsSync(join(root, file)) || !read(file).includes(sentence)).map((sentence) => `${file}: ${sentence}`);
    });

    expect(claims.length).toBeGreaterThan(9);
    expect(missing).toEqual([]);
  });

  it('speaks of every promise', () => {
    expect(all(read('SECURITY.md'), /^\| (I\d+) \|/gm)).toEqual(Array.from({ length: 15 }, (_, index) => `I${index + 1}`));
  });
});

describe('what the code refers to', () => {
  const numbers = read('docs/numbers.md');

  /** A1 to A7 stands for all of them. */
  function isExplained(number: string): boolean {
    if (new RegExp(`(^|[^\\w])${number}([^\\w]|$)`, 'm').test(numbers.replaceAll(' to ', ' … '))) return true;
    const [letter, value] = [number[0] ?? '', Number.parseInt(number.slice(1), 10)];
    return [...numbers.matchAll(new RegExp(`${letter}(\\d+)a? to ${letter}(\\d+)a?`, 'g'))].some(([, from, to]) => value >= Number(from) && value <= Number(to));
  }

  it('by a letter and a number is explained in docs/numbers.md', () => {
    const cited = new Set(code.flatMap((path) => all(read(path), /\b([DAXP][1-9]\d{0,2}a?)\b(?=[\s,.;:)])/g)));
    const missing = [...cited].filter((number) => !isExplained(number));

    expect(missing).toEqual([]);
  });

  it('as a document is there', () => {
    const gone = code.flatMap((path) => all(read(path), /\b((?:docs\/)?[\w/-]+[.]md)\b/g).filter((page) => !existsSync(join(root, page))).map((page) => `${path}: ${page}`));

    expect(gone.filter((line) => !line.startsWith('test/'))).toEqual([]);
  });

  it('as a key of the table is in docs/data-model.md', () => {
    const model = read('docs/data-model.md');
    const prefixes = new Set(filesUnder('shared', '.ts').flatMap((path) => all(read(path), /[`']([A-Z]{3,}(?:-[A-Z]+)*)#/g)));

    expect([...prefixes].filter((prefix) => !model.includes(`${prefix}#`))).toEqual([]);
  });

  it('as a notice has its words', () => {
    const named = new Set(filesUnder('shared', '.ts').flatMap((path) => all(read(path), /\bnotice: '([a-z-]+)'/g)));
    const of = { language: 'en', organizationName: 'Acme', at: 0, user: '' } as const;
    const silent = [...named].filter((name) => (noticeMail(name, of) ?? administratorsMail(name, of)) === undefined);

    expect(silent).toEqual([]);
  });
});

describe('limits', () => {
  const facts = [
    ['shared/user-state', 'maximumPending = 3;', 'docs/api/README.md', 'at most three of a user\nare pending'],
    ['shared/user-state', 'startsPerMinute = 10;', 'docs/api/problems.md', 'ten are started or canceled in a minute'],
    ['shared/user-state', 'sendsPerHour = 5;', 'docs/numbers.md', 'a user: 5 an hour'],
    ['shared/user-state', 'resultLife = minute;', 'docs/numbers.md', 'ES256, 60 s'],
    ['shared/user-state', 'proofLife = 5 * minute;', 'docs/api/README.md', 'at most five minutes old'],
    ['shared/user-state', 'provingLife = 15 * minute;', 'docs/api/problems.md', 'within 15 minutes is forgotten'],
    ['shared/user-state', 'wrongAnswersPerChallenge = 5;', 'docs/numbers.md', '| 5, then it is dead |'],
    ['shared/user-state', 'failuresPerFactor = 50;', 'docs/numbers.md', '| 50, over all locks |'],
    ['shared/user-state', 'wrongPinsPerFactor = 10;', 'docs/numbers.md', '10 without a success disable the factor'],
    ['shared/policy', 'lockout: { failures: 5, minutes: 60 }', 'docs/numbers.md', '| 60 min; the third in a row 4 h, every later one 24 h |'],
    ['shared/policy', "countries: ['US', 'CA']", 'docs/numbers.md', '| US and CA; others when the policy lists them'],
    ['shared/factors/kinds', 'most: 2,', 'docs/api/problems.md', 'at most two authenticator apps and one phone factor'],
    ['shared/sign-in', 'sendsPerChallenge = 4;', 'docs/api/problems.md', 'four for a challenge'],
    ['shared/spend', 'betweenSends = 30 * second;', 'docs/numbers.md', 'a number: 1 in 30 s, 5 an hour, 10 a day'],
    ['shared/spend', "'sign-in': { hour: 5, day: 10", 'docs/numbers.md', 'a number: 1 in 30 s, 5 an hour, 10 a day'],
    ['shared/spend', 'proof: { hour: 4, day: 8', 'docs/numbers.md', 'to prove a number: 4 an hour, 8 a day'],
    ['shared/spend', 'perCountryAndDay = 20_000;', 'docs/numbers.md', 'a country: 20,000 a day'],
    ['shared/user-state', 'pushLife = minute;', 'docs/numbers.md', 'one outstanding for a user, for 60 s'],
    ['shared/user-state', 'pushesPerHour = 5;', 'docs/numbers.md', 'five in an hour that were not approved'],
    ['shared/factors', 'pairingLife = 10 * minute;', 'docs/api/README.md', 'good for ten minutes and one device'],
    ['shared/factors', 'skew = 5 * minute;', 'docs/numbers.md', 'five minutes early or late'],
    ['functions/api', 'mostBytes = 16 * 1024;', 'docs/api/problems.md', 'at most 16 KiB'],
  ] as const;

  it.each(facts)('in %s `%s`, and %s says so too', (folder, constant, page, words) => {
    const isInCode = filesUnder(folder, '.ts').some((path) => read(path).includes(constant));

    expect([constant, isInCode]).toEqual([constant, true]);
    expect([words, read(page).includes(words)]).toEqual([words, true]);
  });
});
