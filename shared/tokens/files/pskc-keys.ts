/** Encrypted values of PSKC (RFC 6030 §6): AES in CBC mode under a shared key or a passphrase, never read before its MAC is right. */
import { createDecipheriv, createHmac, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { sameBytes } from '../../platform/crypto/keyed-hash.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { RowError } from './file-row.ts';
import { find, textOf, type Element } from './xml-elements.ts';

/** What the caller knows and the file does not say. Neither is kept, logged or written anywhere. */
export interface FileSecret {
  readonly key?: Uint8Array;
  readonly passphrase?: string;
}

const ciphers: Readonly<Record<string, { readonly name: string; readonly keyLength: number }>> = {
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc': { name: 'aes-128-cbc', keyLength: 16 },
  'http://www.w3.org/2001/04/xmlenc#aes256-cbc': { name: 'aes-256-cbc', keyLength: 32 },
};

const macs: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#hmac-sha1': 'sha1',
  'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256': 'sha256',
};

const pbkdf2Algorithm = 'http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2';
const derivations: Readonly<Record<string, string>> = {
  '': 'sha1',
  'http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#hmac-sha-1': 'sha1',
  'http://www.w3.org/2000/09/xmldsig#hmac-sha1': 'sha1',
  'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256': 'sha256',
};
/** More would only keep the function busy. */
const mostIterations = 1_000_000;
const blockLength = 16;

const derive = promisify(pbkdf2);

const refuse = (detail: string): Problem => new Problem('request-invalid', { detail });

/** What opens the values of one file. */
export interface FileKeys {
  readonly encryption?: Uint8Array;
  readonly mac?: { readonly hash: string; readonly key: Uint8Array };
}

export function fromBase64(text: string | undefined): Uint8Array {
  const compact = (text ?? '').replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) throw new RowError('seed-invalid');
  return Buffer.from(compact, 'base64');
}

async function deriveKey(derived: Element, passphrase: string): Promise<Uint8Array> {
  const method = find(derived, 'KeyDerivationMethod');
  const parameters = find(method, 'PBKDF2-params');
  const iterations = Number(textOf(find(parameters, 'IterationCount')));
  const length = Number(textOf(find(parameters, 'KeyLength')));
  const hash = derivations[find(parameters, 'PRF')?.attributes['Algorithm'] ?? ''];
  const isKnown = method?.attributes['Algorithm'] === pbkdf2Algorithm && hash !== undefined && [16, 32].includes(length);
  if (!isKnown || !Number.isInteger(iterations) || iterations < 1 || iterations > mostIterations) {
    throw refuse('The file derives its key in a way that is not supported: PBKDF2, at most 1,000,000 iterations.');
  }
  const salt = Buffer.from(textOf(find(parameters, 'Salt', 'Specified')) ?? '', 'base64');
  return derive(Buffer.from(passphrase, 'utf8'), salt, iterations, length, hash);
}

/** From `EncryptionKey`: the shared key as the caller gave it, or one made of the passphrase. */
export async function readEncryptionKey(element: Element | undefined, { key, passphrase }: FileSecret): Promise<Uint8Array> {
  const derived = find(element, 'DerivedKey');
  if (derived) {
    if (passphrase === undefined) throw refuse('The file is encrypted with a passphrase: give "passphrase".');
    return deriveKey(derived, passphrase);
  }
  if (key === undefined) throw refuse('The file is encrypted with a shared key: give "key" in hex.');
  return key;
}

function decrypt(key: Uint8Array, algorithm: string | undefined, sealed: Uint8Array): Uint8Array {
  const cipher = ciphers[algorithm ?? ''];
  if (!cipher) throw new RowError('encryption-unknown');
  const isWhole = sealed.length >= 2 * blockLength && sealed.length % blockLength === 0;
  if (key.length !== cipher.keyLength || !isWhole) throw new RowError('key-wrong');
  const decipher = createDecipheriv(cipher.name, key, sealed.subarray(0, blockLength));
  // XML Encryption pads with anything but the last byte, which says how much (§5.2).
  decipher.setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed.subarray(blockLength)), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > blockLength) throw new RowError('key-wrong');
  return padded.subarray(0, padded.length - padding);
}

const cipherOf = (encrypted: Element): { algorithm: string | undefined; sealed: Uint8Array } => ({
  algorithm: find(encrypted, 'EncryptionMethod')?.attributes['Algorithm'],
  sealed: fromBase64(textOf(find(encrypted, 'CipherData', 'CipherValue'))),
});

/** From `MACMethod`. Without a key of its own it is the encryption key's (RFC 6030 §6.1.1). */
export function readMacKey(element: Element, encryption: Uint8Array): NonNullable<FileKeys['mac']> {
  const hash = macs[element.attributes['Algorithm'] ?? ''];
  if (hash === undefined) throw refuse('The file names a MAC that is not supported: HMAC-SHA-1 or HMAC-SHA-256.');
  const own = find(element, 'MACKey');
  if (!own) return { hash, key: encryption };
  try {
    const { algorithm, sealed } = cipherOf(own);
    return { hash, key: decrypt(encryption, algorithm, sealed) };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    throw refuse('The MAC key of the file cannot be opened with the key or passphrase that was given.');
  }
}

/** The value of a `Secret` in the clear. An encrypted one is looked at only when its MAC is right. */
export function openSecret(secret: Element | undefined, { encryption, mac }: FileKeys): Uint8Array {
  const encrypted = find(secret, 'EncryptedValue');
  if (!encrypted) return fromBase64(textOf(find(secret, 'PlainValue')));
  if (!encryption) throw new RowError('key-missing');
  const { algorithm, sealed } = cipherOf(encrypted);
  const given = find(secret, 'ValueMAC');
  if (!mac || !given) throw new RowError('mac-missing');
  const expected = createHmac(mac.hash, mac.key).update(sealed).digest();
  if (!sameBytes(expected, fromBase64(textOf(given)))) throw new RowError('mac-wrong');
  return decrypt(encryption, algorithm, sealed);
}
