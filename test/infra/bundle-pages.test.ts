import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { bundlePages, type BuiltPages } from '../../infra/bundle-pages.ts';
import { temporaryFolder } from './synthesize.ts';

let built: BuiltPages;
beforeAll(async () => {
  built = await bundlePages(join(temporaryFolder(), 'pages'));
});

describe('the hosted pages as they are built', () => {
  it('weigh at most 45 KB each, compressed: script, style and the words of one language', () => {
    expect(built.sizes.map(({ page }) => page)).toEqual(expect.arrayContaining(['sign-in', 'set-up']));
    for (const { page, gzipBytes } of built.sizes) expect([page, gzipBytes <= 45 * 1024]).toEqual([page, true]);
  });

  it('are named as their addresses, and load only files with the hash of their content in their names', () => {
    for (const page of readdirSync(built.site)) {
      const text = readFileSync(join(built.site, page), 'utf8');
      const links = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = '']) => link).filter((link) => link !== 'data:,');

      expect(links.length).toBeGreaterThan(1);
      for (const link of links) expect(link).toMatch(/^\/files\/[a-z-]+-[\da-z]{8}\.[a-z]+$/i);
      expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\son[a-z]+=|\sstyle=/);
    }
  });

  it('hold nothing that a browser would not let them use: no markup from text, no code from text', () => {
    const scripts = readdirSync(built.files).filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(built.files, name), 'utf8')).join('\n');

    expect(scripts).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|sourceMappingURL/);
  });

  it('come in every language, each by itself', () => {
    const names = readdirSync(built.files);

    for (const page of ['sign-in', 'set-up']) expect(names.filter((name) => new RegExp(`^${page}-[A-Z0-9]{8}\\.js$`).test(name))).toHaveLength(3);
  });

  it('are built the same from the same sources', async () => {
    const again = await bundlePages(join(temporaryFolder(), 'pages'));

    expect(readdirSync(again.files)).toEqual(readdirSync(built.files));
  });
});
