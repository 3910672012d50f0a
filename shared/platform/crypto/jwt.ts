/**
 * JWTs signed with ES256 (RFC 7518 §3.4). node:crypto takes and gives DER signatures with a bare key; handing it an
 * options object for the raw form costs more than the two conversions here.
 */
import { sign, verify } from 'node:crypto';
import type { PublicKey, SigningKey } from './key-ring.ts';

export type Claims = Readonly<Record<string, unknown>>;

const toBase64Url = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');

/** ECDSA-Sig-Value (RFC 3279 §2.2.3) to r | s of 32 bytes each. */
function derToRaw(der: Buffer): Buffer {
  const raw = Buffer.alloc(64);
  let offset = 2;
  for (const end of [32, 64]) {
    const length = der[offset + 1] ?? 0;
    const integer = der.subarray(offset + 2, offset + 2 + length);
    const magnitude = integer.length > 32 ? integer.subarray(integer.length - 32) : integer;
    magnitude.copy(raw, end - magnitude.length);
    offset += 2 + length;
  }
  return raw;
}

function derInteger(bytes: Buffer): Buffer {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const trimmed = bytes.subarray(start);
  const padded = (trimmed[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed;
  return Buffer.concat([Buffer.from([2, padded.length]), padded]);
}

function rawToDer(raw: Buffer): Buffer {
  const body = Buffer.concat([derInteger(raw.subarray(0, 32)), derInteger(raw.subarray(32, 64))]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

export function signJwt(key: SigningKey, type: string, claims: Claims): string {
  const header = toBase64Url(JSON.stringify({ alg: 'ES256', kid: key.kid, typ: type }));
  const message = `${header}.${toBase64Url(JSON.stringify(claims))}`;
  return `${message}.${derToRaw(sign('sha256', Buffer.from(message), key.privateKey)).toString('base64url')}`;
}

function parseJson(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** The claims, or undefined unless exactly our algorithm, type and one of our keys. Times are the caller's to check. */
export function verifyJwt(keys: readonly PublicKey[], type: string, token: string): Claims | undefined {
  const [headerPart, claimsPart, signaturePart, ...rest] = token.split('.');
  if (!headerPart || !claimsPart || !signaturePart || rest.length > 0 || token.length > 4096) return undefined;
  const header = parseJson(headerPart);
  const key = keys.find(({ kid }) => kid === header?.['kid']);
  if (!key || header?.['alg'] !== 'ES256' || header['typ'] !== type) return undefined;
  const raw = Buffer.from(signaturePart, 'base64url');
  // Base64url has several spellings of the same bytes; only the one that we wrote counts.
  if (raw.length !== 64 || raw.toString('base64url') !== signaturePart) return undefined;
  const message = Buffer.from(`${headerPart}.${claimsPart}`);
  return verify('sha256', message, key.publicKey, rawToDer(raw)) ? parseJson(claimsPart) : undefined;
}
