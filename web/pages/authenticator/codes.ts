/** Codes that change with time (RFC 6238): of an `otpauth` link, whose secret goes into a key that nobody can read out again. */
import type { Codes } from './keeping.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const hashes: Readonly<Record<string, string>> = { SHA1: 'SHA-1', SHA256: 'SHA-256', SHA512: 'SHA-512' };

function fromBase32(text: string): Uint8Array<ArrayBuffer> | undefined {
  const letters = Array.from(text.toUpperCase().replaceAll(/[\s=-]/g, ''));
  if (letters.length === 0 || letters.some((letter) => !alphabet.includes(letter))) return undefined;
  const bits = letters.map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

function nameOf({ pathname, searchParams }: URL): Pick<Codes, 'issuer' | 'name'> {
  const label = decodeURIComponent(pathname.split('/').at(-1) ?? '');
  const [before = '', after] = label.split(':');
  const issuer = searchParams.get('issuer') ?? (after === undefined ? '' : before);
  return { issuer: issuer.slice(0, 60), name: (after ?? before).trim().slice(0, 100) };
}

/** Undefined for what is no link to such codes. */
export async function readCodesLink(text: string): Promise<Codes | undefined> {
  if (!text.trim().startsWith('otpauth://totp/') || !URL.canParse(text.trim())) return undefined;
  const url = new URL(text.trim());
  const { searchParams } = url;
  const secret = fromBase32(searchParams.get('secret') ?? '');
  const hash = hashes[searchParams.get('algorithm')?.toUpperCase() ?? 'SHA1'];
  const [digits, period] = [Number(searchParams.get('digits') ?? 6), Number(searchParams.get('period') ?? 30)];
  if (!secret || hash === undefined || ![6, 7, 8].includes(digits) || !(period >= 10 && period <= 120)) return undefined;
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['sign']);
  const named = nameOf(url);
  return { id: `${named.issuer}/${named.name}`, ...named, key, digits, period };
}

export async function codeAt({ key, digits, period }: Codes, milliseconds: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(milliseconds / 1000 / period)));
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const offset = mac.getUint8(mac.byteLength - 1) & 0x0f;
  return String((mac.getUint32(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** Until the next code, in seconds. */
export const secondsLeft = ({ period }: Codes, milliseconds: number): number => period - (Math.floor(milliseconds / 1000) % period);
