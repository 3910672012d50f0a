/** Asks the service as a device: every request is signed by the key of its account (docs/decisions/0010-signed-by-the-device.md). */
import { Refusal, refusalOf } from '../../ask/ask.ts';
import { now } from '../../frame/time.ts';
import { toBase64Url } from './base64url.ts';

export interface Signer {
  readonly factorId: string;
  readonly key: CryptoKey;
}

const longestWait = 10_000;
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** How far this device's clock is from the service's, in milliseconds, once it had to be found out. */
let clockOffset = 0;

async function headersOf({ factorId, key }: Signer, path: string, body: string): Promise<Record<string, string>> {
  const time = String(Math.floor((now() + clockOffset) / 1000));
  const digest = toBase64Url(await crypto.subtle.digest('SHA-256', bytesOf(body)));
  const text = ['countersign-device-1', 'POST', path, factorId, time, digest].join('\n');
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytesOf(text));
  return {
    'content-type': 'application/json',
    'countersign-device': factorId,
    'countersign-time': time,
    'countersign-signature': toBase64Url(signature),
  };
}

async function post(signer: Signer, path: string, body: string): Promise<Response> {
  const headers = await headersOf(signer, path, body);
  try {
    return await fetch(path, { method: 'POST', headers, body, cache: 'no-store', redirect: 'error', credentials: 'omit', signal: AbortSignal.timeout(longestWait) });
  } catch {
    throw new Refusal('offline');
  }
}

/** True when the service's time is another than was signed with: then the same is worth signing once more. */
function correctClock(response: Response): boolean {
  const theirs = Number(response.headers.get('countersign-time') ?? Number.NaN) * 1000;
  const offset = theirs - now();
  if (response.status !== 401 || Number.isNaN(theirs) || Math.abs(offset - clockOffset) < 60_000) return false;
  clockOffset = offset;
  return true;
}

/** Throws a Refusal for whatever is not a success. */
export async function askSigned<T>(signer: Signer, operation: string, content: object = {}): Promise<T> {
  const [path, body] = [`/app/${operation}`, JSON.stringify(content)];
  let response = await post(signer, path, body);
  if (correctClock(response)) response = await post(signer, path, body);
  if (!response.ok) throw await refusalOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
