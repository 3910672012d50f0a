/**
 * Keeps other web sites out. The page has no passwords: what protects it is that only this machine reaches the port,
 * and that a browser says truthfully on whose behalf it asks.
 */
import type { IncomingMessage } from 'node:http';

import { PageProblem } from './problem.ts';

const ownNames = new Set(['localhost', '127.0.0.1']);

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/** A name that somebody else's DNS points at this machine (DNS rebinding) still arrives in the Host header. */
export function checkHost(request: IncomingMessage): void {
  const host = request.headers.host ?? '';
  if (!ownNames.has(nameOf(host))) throw new PageProblem(403, 'This page is served to localhost only.');
}

/** Refuses what a page of another origin sends; scripts, which send neither header, are welcome. */
export function checkSameOrigin(request: IncomingMessage): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const isForeign = origin !== undefined && origin !== `http://${host}`;
  if (isForeign || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    throw new PageProblem(403, 'Other web sites may not use this telephone.');
  }
}

/** No third-party content, no inline script, no framing by others. */
export const pageHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** A mail may look as it likes, but it runs nothing and loads nothing; its links open in a tab of their own. */
export const mailHeaders = {
  ...pageHeaders,
  'content-security-policy':
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; " +
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
} as const;
