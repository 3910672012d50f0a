import { describe, expect, it } from 'vitest';
import { filesUnder, linesWith, projectFiles, read } from './tree.ts';

const code = projectFiles.filter((path) => /[.](ts|js|mjs|cjs)$/.test(path));
const product = ['shared', 'functions', 'infra', 'local'].flatMap((folder) => filesUnder(folder, '.ts'));

/** Names that say of what kind the code is instead of what it does. */
const empty = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'types', 'type', 'misc', 'index', 'base', 'manager', 'dto', 'dtos', 'lib']);

describe('names of files and folders', () => {
  it('are in kebab-case', () => {
    const part = /^[.]?[a-z0-9]+([-.][a-z0-9]+)*$/;
    const upper = new Set(['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE']);
    const wrong = projectFiles.filter((path) => !path.split('/').every((name) => part.test(name) || upper.has(name)));

    expect(wrong).toEqual([]);
  });

  it('say what is in them, never of what kind it is', () => {
    const wrong = code.filter((path) => path.split('/').some((name) => empty.has(name.replace(/[.].*$/, ''))));

    expect(wrong).toEqual([]);
  });

  it('belong to nothing that was only being tried', () => {
    expect(projectFiles.filter((path) => /(^|[/.-])(tmp|temp|scratch|wip|old|copy|bak|orig|rej)([/.-]|$)/.test(path))).toEqual([]);
  });

  it('are three folders deep at most, six in tests and recorded events', () => {
    const depth = (path: string): number => path.split('/').length - 1;
    const wrong = projectFiles.filter((path) => depth(path) > (/^(test|events)\//.test(path) ? 6 : 3));

    expect(wrong).toEqual([]);
  });
});

describe('files', () => {
  it('of the product say first, in a sentence, what they are', () => {
    const wrong = product.filter((path) => !/^\/\*\*\s*(?:\*\s+)?\S/.test(read(path).replace(/^\/\*\*\n/, '/**')));

    expect(wrong).toEqual([]);
  });

  it('have at most 200 lines, whatever they are written in', () => {
    const wrong = projectFiles
      .filter((path) => /[.](html|css|md)$/.test(path) && !path.startsWith('docs/'))
      .filter((path) => read(path).split('\n').length > 201);

    expect(wrong).toEqual([]);
  });

  it('give a reason beside every rule that they switch off', () => {
    const wrong = linesWith(code, (line) => /(eslint-disable|@ts-expect-error|@ts-ignore)/.test(line) && !/(eslint-disable\S* \S.* -- \S|@ts-expect-error -- \S)/.test(line));

    expect(wrong.filter((line) => !line.startsWith('test/structure/'))).toEqual([]);
  });

  it('hold no work that is put off without a number under which it can be found', () => {
    const wrong = linesWith(code, (line) => /\b(TODO|FIXME|XXX)\b(?! #\d)/.test(line));

    expect(wrong.filter((line) => !line.startsWith('test/structure/'))).toEqual([]);
  });
});
