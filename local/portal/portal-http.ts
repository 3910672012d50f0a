/** The demo portal's way with HTTP: forms in, pages out, and the headers that go with them. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { pageOf, progressLine, type Shown } from './portal-pages.ts';
import type { Challenge, Session } from './portal-session.ts';

const maximumFormLength = 10_000;
const assets = new Map([
  ['portal.css', 'text/css'],
  ['portal.js', 'text/javascript'],
]);

/** Nothing but our own files, in no frame, in no cache. `same-origin`, or else a form would not tell its Origin. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; " +
    "base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > maximumFormLength) throw new Error('The form is too long.');
  }
  return new URLSearchParams(text);
}

export function writePage(response: ServerResponse, status: number, shown: Shown, session?: Session): void {
  const page = pageOf({ ...shown, notice: shown.notice || (session?.notice ?? '') }, session);
  if (session) Object.assign(session, { notice: '', leaveFor: '' });
  response.writeHead(status, { ...headers, 'content-type': 'text/html; charset=utf-8' }).end(page);
}

/** What the person may know: everything else is "not possible just now". */
export class Refusal extends Error {
  readonly status: number;

  constructor(message: string, status = 401) {
    super(message);
    this.status = status;
  }
}

export function noticeOf(error: unknown): string {
  return error instanceof Refusal ? error.message : 'That did not work. Please try again.';
}

/** Asks to sign in (again). */
function writeFailure({ url = '/' }: IncomingMessage, response: ServerResponse, error: unknown): void {
  const shown = { audience: url.startsWith('/vpn/') ? 'vpn' : 'portal', isSso: url === '/sso', notice: noticeOf(error) } as const;
  writePage(response, error instanceof Refusal ? error.status : 503, shown);
}

/** For the page that waits: what to say now, and whether to load the page again. */
export function writeProgress(response: ServerResponse, challenge?: Challenge): void {
  const progress = challenge?.progress;
  const line = progress ? progressLine(progress) : '';
  response.writeHead(200, { ...headers, 'content-type': 'application/json' });
  response.end(JSON.stringify({ isPending: challenge?.status === 'pending', line, show: progress?.show }));
}

export async function writeAsset(response: ServerResponse, path: string): Promise<void> {
  const type = assets.get(path);
  if (type === undefined) {
    writePage(response, 404, { audience: 'portal', isSso: false, notice: 'There is no such page.' });
    return;
  }
  const file = await readFile(new URL(`./${path}`, import.meta.url));
  response.writeHead(200, { ...headers, 'content-type': `${type}; charset=utf-8` }).end(file);
}

type Respond = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Serves this machine only. What fails ends on the sign-in page; `url` is the origin that the browser sees. */
export async function serve(port: number, respond: Respond) {
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => writeFailure(request, response, error));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://localhost:${(server.address() as AddressInfo).port}`, stop };
}
