/** The page that is a telephone, a text inbox and a mailbox, for whoever develops on one machine. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Outbox } from '../outbox/outbox.ts';
import type { Connect } from '../telephone/connect.ts';
import { respondToApi } from './api.ts';
import { openFeed, type Feed } from './page-feed.ts';
import { PageProblem, writeJson, writeProblem } from './problem.ts';
import { checkHost, checkSameOrigin, mailHeaders, pageHeaders } from './site-guard.ts';

export interface PhonePageDependencies {
  port: number;
  connect: Connect;
  outbox: Outbox;
  advanceClock(seconds: number): void;
  now(): number;
  portalUrl: string;
}

const assets = new URL('./assets/', import.meta.url);
const assetNames = new Set(readdirSync(assets));
const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
};

function writePage(response: ServerResponse, body: string | Buffer, type: string, headers: object): void {
  response.writeHead(200, { ...headers, 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' });
  response.end(body);
}

async function writeAsset(response: ServerResponse, path: string): Promise<void> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  // Only names that the folder lists: no path is ever put together from a request.
  if (!assetNames.has(name)) throw new PageProblem(404, 'There is nothing at this address.');
  const type = contentTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  writePage(response, await readFile(new URL(name, assets)), type, pageHeaders);
}

function writeMail(response: ServerResponse, outbox: Outbox, messageId: string): void {
  const html = outbox.list().find((message) => message.messageId === messageId)?.html;
  if (html === undefined) throw new PageProblem(404, 'There is no such mail.');
  writePage(response, `<!doctype html><base target="_blank">${html}`, 'text/html', mailHeaders);
}

async function respond(deps: PhonePageDependencies, feed: Feed, request: IncomingMessage, response: ServerResponse) {
  checkHost(request);
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname.startsWith('/api/')) {
    checkSameOrigin(request);
    const { status, body } = await respondToApi(deps, request, url);
    writeJson(response, status, body);
    return;
  }
  if (request.method !== 'GET') throw new PageProblem(405, 'This address takes GET.', { allow: 'GET' });
  const mail = /^\/mail\/([^/]+)$/.exec(url.pathname);
  if (url.pathname === '/feed') {
    checkSameOrigin(request);
    feed.attach(response);
  } else if (mail) {
    checkSameOrigin(request);
    writeMail(response, deps.outbox, mail[1] ?? '');
  } else {
    await writeAsset(response, url.pathname);
  }
}

/** Serves the page and its JSON API to this machine only; port 0 takes any free one. */
export async function startPhonePage(deps: PhonePageDependencies): Promise<{ url: string; stop(): Promise<void> }> {
  const feed = openFeed(deps);
  const server = createServer((request, response) => {
    respond(deps, feed, request, response).catch((error: unknown) => {
      if (!(error instanceof PageProblem)) console.error('The phone page failed:', error);
      const problem = error instanceof PageProblem ? error : new PageProblem(500, 'Something went wrong here.');
      if (response.headersSent) response.destroy();
      else writeProblem(response, problem);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(deps.port, '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async stop() {
      feed.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
