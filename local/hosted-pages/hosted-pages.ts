/**
 * CloudFront of one machine: serves the built pages with the headers of the contract, and passes what pages ask of the API on to it, so
 * that a browser finds both at one address.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { apiPaths, cacheControl, pageHeaders } from '../../shared/contract/page-headers.ts';
import { listen } from '../stack/ports.ts';

export interface HostedPagesOptions {
  readonly port: number;
  readonly apiUrl: string;
  /** Holds `site` and `files`, as infra/bundle-pages.ts writes them. */
  readonly built: string;
}

interface File {
  readonly content: Buffer;
  readonly headers: OutgoingHttpHeaders;
}

const types: Readonly<Record<string, string>> = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml', png: 'image/png', webmanifest: 'application/manifest+json' };

function readFolder(folder: string, path: string, cache: string): [path: string, file: File][] {
  return readdirSync(folder).map((name) => {
    const type = types[name.split('.')[1] ?? ''] ?? 'text/html; charset=utf-8';
    return [`${path}${name}`, { content: readFileSync(join(folder, name)), headers: { ...pageHeaders, 'content-type': type, 'cache-control': cache } }];
  });
}

/** Hosts are of this machine: a name that somebody else's DNS points here is not (DNS rebinding). */
const isOwnHost = (host: string | undefined): boolean => /^(localhost|127\.0\.0\.1)(:\d+)?$/i.test(host ?? '');

/** As CloudFront does it: every header of the browser but the host, which is the API's. */
function passOn(apiUrl: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const url = new URL(incoming.url ?? '/', apiUrl);
  const forwarded = { 'x-forwarded-for': incoming.socket.remoteAddress ?? '' };
  const passed = ask(url, { method: incoming.method, headers: { ...incoming.headers, ...forwarded, host: url.host } }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  passed.once('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  incoming.pipe(passed);
}

function serve(files: ReadonlyMap<string, File>, { method, url = '/' }: IncomingMessage, response: ServerResponse): void {
  const file = files.get(url.split('?')[0] ?? '');
  if (method !== 'GET' && method !== 'HEAD') response.writeHead(405, { ...pageHeaders, allow: 'GET, HEAD' }).end();
  else if (!file) response.writeHead(404, { ...pageHeaders, 'content-type': 'text/plain' }).end('There is no such page.');
  else response.writeHead(200, file.headers).end(method === 'HEAD' ? undefined : file.content);
}

/** Reads the build once: it does not change while the stack runs. */
export async function startHostedPages({ port, apiUrl, built }: HostedPagesOptions): Promise<{ port: number; stop(): Promise<void> }> {
  const files = new Map([...readFolder(join(built, 'site'), '/', cacheControl.page), ...readFolder(join(built, 'files'), '/files/', cacheControl.file)]);
  const server = createServer((request, response) => {
    if (!isOwnHost(request.headers.host)) response.writeHead(403).end();
    else if (apiPaths.some((path) => request.url?.startsWith(path))) passOn(apiUrl, request, response);
    else serve(files, request, response);
  });
  return listen(server, port);
}
