/**
 * Asks a portal whether a password is right, by a signed request. Passwords stay the portal's: this one is kept nowhere, and is in no log,
 * no event and no error. Whatever is not a clear yes in time is no.
 */
import { createHmac } from 'node:crypto';
import { request as requestPlain } from 'node:http';
import { request as requestSecure, type RequestOptions } from 'node:https';
import { second, type Clock } from '../platform/clock.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { log } from '../platform/log/logger.ts';
import type { Client } from './client.ts';
import { isCheckAddress, openSecrets } from './first-factor-check.ts';
import { lookupPublic } from './public-addresses.ts';

export interface FirstFactorQuestion {
  readonly organizationId: string;
  readonly userId: string;
  readonly password: string;
}

export interface FirstFactorVerdict {
  readonly isRight: boolean;
  /** Why it is no, for the trail: `refused` by the portal, or why that was not heard. */
  readonly because?: string;
}

export interface AskDependencies {
  readonly keys: KeyRing;
  readonly clock: Clock;
}

/** Where it is asked from: `isLocal` on one's own machine; `authority` vouches for the portal in place of the public ones. */
export interface AskPlace {
  readonly isLocal: boolean;
  readonly authority?: string;
}

/** Looking the name up, connecting, asking and hearing the answer, together. */
const timeout = 3 * second;
const mostBytes = 4096;

/** No redirection is followed, no connection kept: the answer is what this address itself says, once. */
class Unheard extends Error {
  override readonly name = 'Unheard';
  readonly because: string;

  constructor(because: string) {
    super(because);
    this.because = because;
  }
}

function post(url: URL, headers: Record<string, string | number>, body: string, { isLocal, authority }: AskPlace): Promise<string> {
  const options: RequestOptions = {
    method: 'POST', headers, agent: false, minVersion: 'TLSv1.2', rejectUnauthorized: true, signal: AbortSignal.timeout(timeout),
    ...(isLocal ? {} : { lookup: lookupPublic }), ...(authority === undefined ? {} : { ca: authority }),
  };
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestSecure : requestPlain;
    const sent = request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const refuse = (because: string): void => {
        reject(new Unheard(because));
        sent.destroy();
      };
      if (answer.statusCode !== 200) refuse(`status-${String(answer.statusCode)}`);
      else if (!/^application\/json *(;|$)/i.test(answer.headers['content-type'] ?? '')) refuse('content-type');
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > mostBytes) refuse('too-large');
        else chunks.push(chunk);
      });
      answer.on('error', reject);
      answer.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** `{"ok":true}` and nothing else is yes; `{"ok":false}` is the portal's own no. */
function readVerdict(text: string): FirstFactorVerdict {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Unheard('unreadable');
  }
  const isObject = typeof read === 'object' && read !== null && !Array.isArray(read);
  const { ok, ...more } = (isObject ? read : {}) as { ok?: unknown };
  if (typeof ok !== 'boolean' || Object.keys(more).length > 0) throw new Unheard('unreadable');
  return ok ? { isRight: true } : { isRight: false, because: 'refused' };
}

/** What may be said of a failure: never its message, which may quote what was asked. */
function becauseOf(error: unknown): string {
  if (error instanceof Unheard) return error.because;
  return error instanceof Error && ['AbortError', 'TimeoutError'].includes(error.name) ? 'timeout' : 'unreachable';
}

/** `v1=<hex>` for every secret that lives: the portal takes the request when one of them is its own. */
function sign(deps: AskDependencies, client: Client, timestamp: string, body: string): string {
  const keys = client.firstFactorCheck ? openSecrets(deps.keys, client.clientId, client.firstFactorCheck) : [];
  return keys.map((key) => `v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`).join(',');
}

/** Never throws for what the portal does or fails to do. */
export async function askFirstFactor(deps: AskDependencies, client: Client, question: FirstFactorQuestion, place: AskPlace): Promise<FirstFactorVerdict> {
  const { url } = client.firstFactorCheck ?? {};
  if (url === undefined || !isCheckAddress(url, place.isLocal)) return { isRight: false, because: 'not-registered' };
  const { organizationId, userId, password } = question;
  const body = JSON.stringify({ organizationId, userId, password });
  const timestamp = String(Math.floor(deps.clock.now() / second));
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    accept: 'application/json',
    'user-agent': 'Countersign',
    'countersign-timestamp': timestamp,
    'countersign-signature': sign(deps, client, timestamp, body),
  };
  try {
    return readVerdict(await post(new URL(url), headers, body, place));
  } catch (error) {
    const because = becauseOf(error);
    log('warn', 'first-factor-unheard', { clientId: client.clientId, reason: because });
    return { isRight: false, because };
  }
}
