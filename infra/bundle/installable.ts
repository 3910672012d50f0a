/** What a page needs to be installed as an app: a manifest, an icon and a service worker, for the page that has them beside it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Installable {
  /** More files to write, by name. */
  readonly files: readonly (readonly [name: string, text: string])[];
  /** More lines for the page's head. */
  readonly links: readonly string[];
}

const nothing: Installable = { files: [], links: [] };

const pathOf = (webRoot: string, page: string, ending: string): string => join(webRoot, 'pages', page, `${page}-${ending}`);

export const hasWorker = (webRoot: string, page: string): boolean => existsSync(pathOf(webRoot, page, 'worker.ts'));

const named = (page: string, text: string, ending: string): string => `${page}-${createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase()}.${ending}`;

/** `built` are the names that the build gave to scripts: the page finds its worker by one of them. */
export function installable(webRoot: string, page: string, built: readonly string[]): Installable {
  const manifestPath = pathOf(webRoot, page, 'manifest.json');
  if (!existsSync(manifestPath)) return nothing;
  const icon = readFileSync(pathOf(webRoot, page, 'icon.svg'), 'utf8');
  const iconName = named(page, icon, 'svg');
  const manifest = readFileSync(manifestPath, 'utf8').replace('{icon}', `/files/${iconName}`);
  const manifestName = named(page, manifest, 'webmanifest');
  const worker = built.find((name) => name.startsWith(`${page}-worker-`));
  return {
    files: [[iconName, icon], [manifestName, manifest]],
    links: [
      `<link rel="manifest" href="/files/${manifestName}">`,
      `<link rel="apple-touch-icon" href="/files/${iconName}">`,
      ...(worker === undefined ? [] : [`<meta name="worker" content="/files/${worker}">`]),
    ],
  };
}
