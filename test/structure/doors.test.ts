import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functions } from '../../shared/contract/functions.ts';
import { pageRoutes } from '../../shared/contract/page-routes.ts';
import { routes } from '../../shared/contract/routes.ts';
import { filesUnder, read, root } from './tree.ts';

const named = Object.entries(functions);
const all = [...routes, ...pageRoutes];

/** A door is what Lambda calls: it exports a handler, and it is not part of the way in that doors share. */
const doors = filesUnder('functions', '.ts').filter(
  (path) => !/^functions\/(api\/[^/]+|start)\//.test(path) && /^export (?:const|(?:async )?function) handler\b/m.test(read(path)),
);

/** A door with the folder of its own name, when it has one. */
const sourceOf = (entry: string): string => [entry, ...filesUnder(entry.replace(/[.]ts$/, ''), '.ts')].map(read).join('\n');

describe('doors', () => {
  it('are all there that the contract names', () => {
    const missing = named.filter(([, { entry }]) => !existsSync(join(root, entry))).map(([name, { entry }]) => `${name}: ${entry}`);

    expect(missing).toEqual([]);
  });

  it('are all named by the contract', () => {
    const entries = named.map(([, { entry }]) => entry as string);

    expect(doors.filter((path) => !entries.includes(path))).toEqual([]);
  });

  it('answer every route that the contract gives them', () => {
    const wrong = all.filter(({ function: name, operation }) => {
      const entry = functions[name].entry;
      return !existsSync(join(root, entry)) || !new RegExp(`^ {2}${operation}[:(,]`, 'm').test(sourceOf(entry));
    });

    expect(wrong.map(({ operation, function: name }) => `${operation} in ${name}`)).toEqual([]);
  });

  it('have routes when they are called by HTTP, and none otherwise', () => {
    const withRoutes = new Set<string>(all.map((route) => route.function));

    for (const [name, { entry }] of named) expect([name, withRoutes.has(name)]).toEqual([name, entry.startsWith('functions/api/')]);
  });

  it('ask the environment for nothing that they are not given', () => {
    const wrong = named.filter(([, { entry }]) => existsSync(join(root, entry))).flatMap(([name, { entry, environment }]) => {
      const asked = [...read(entry).matchAll(/'(COUNTERSIGN_[A-Z_]+)'/g)].map(([, variable = '']) => variable);
      return asked.filter((variable) => !(environment as readonly string[]).includes(variable)).map((variable) => `${name}: ${variable}`);
    });

    expect(wrong).toEqual([]);
  });
});

describe('operations', () => {
  it('have one route each', () => {
    const names = all.map(({ operation }) => operation);

    expect(names.filter((name, position) => names.indexOf(name) !== position)).toEqual([]);
  });
});
