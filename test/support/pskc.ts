/** Writes PSKC files as token vendors do, plain and encrypted, for the reader to read and for pskctool to judge. */
import { createCipheriv, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';

export interface PskcToken {
  readonly serial: string;
  readonly seed: Uint8Array;
  readonly type?: 'totp' | 'hotp';
  readonly suite?: string;
  readonly digits?: number;
  readonly counter?: number;
  readonly period?: number;
  readonly drift?: number;
}

export interface PskcEncryption {
  readonly key?: Uint8Array;
  readonly passphrase?: string;
  readonly mac?: 'sha1' | 'sha256';
  /** Spoils what it is given, as an attacker who holds no key can. */
  readonly spoil?: 'mac' | 'value';
  readonly without?: 'mac';
}

const xenc = 'http://www.w3.org/2001/04/xmlenc#';
const macNames = { sha1: 'http://www.w3.org/2000/09/xmldsig#hmac-sha1', sha256: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256' };
const pkcs5 = 'http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#';

function encrypt(key: Uint8Array, plain: Uint8Array): Buffer {
  const iv = randomBytes(16);
  const cipher = createCipheriv(`aes-${String(key.length * 8)}-cbc`, key, iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final()]);
}

const cipherXml = (key: Uint8Array, sealed: Uint8Array): string =>
  `<xenc:EncryptionMethod Algorithm="${xenc}aes${String(key.length * 8)}-cbc"/><xenc:CipherData><xenc:CipherValue>${Buffer.from(sealed).toString('base64')}</xenc:CipherValue></xenc:CipherData>`;

interface Opened {
  readonly key: Uint8Array;
  readonly macKey: Uint8Array;
  readonly mac: 'sha1' | 'sha256';
  readonly head: string;
}

function open({ key, passphrase, mac = 'sha1' }: PskcEncryption): Opened {
  const salt = randomBytes(8);
  const used = key ?? pbkdf2Sync(passphrase ?? '', salt, 2000, 16, 'sha1');
  const macKey = randomBytes(20);
  const derived =
    `<xenc11:DerivedKey><xenc11:KeyDerivationMethod Algorithm="${pkcs5}pbkdf2"><pkcs5:PBKDF2-params><Salt><Specified>${salt.toString('base64')}</Specified></Salt>` +
    '<IterationCount>2000</IterationCount><KeyLength>16</KeyLength><PRF/></pkcs5:PBKDF2-params></xenc11:KeyDerivationMethod></xenc11:DerivedKey>';
  const encryptionKey = `<EncryptionKey>${key ? '<ds:KeyName>Pre-shared-key</ds:KeyName>' : derived}</EncryptionKey>`;
  return { key: used, macKey, mac, head: `${encryptionKey}<MACMethod Algorithm="${macNames[mac]}"><MACKey>${cipherXml(used, encrypt(used, macKey))}</MACKey></MACMethod>` };
}

function secretXml(seed: Uint8Array, encryption: PskcEncryption, opened: Opened | undefined): string {
  if (!opened) return `<Secret><PlainValue>${Buffer.from(seed).toString('base64')}</PlainValue></Secret>`;
  const sealed = encrypt(opened.key, seed);
  const mac = createHmac(opened.mac, opened.macKey).update(sealed).digest();
  if (encryption.spoil === 'mac') mac[0] = (mac[0] ?? 0) ^ 1;
  if (encryption.spoil === 'value') sealed[20] = (sealed[20] ?? 0) ^ 1;
  const macXml = encryption.without === 'mac' ? '' : `<ValueMAC>${mac.toString('base64')}</ValueMAC>`;
  return `<Secret><EncryptedValue>${cipherXml(opened.key, sealed)}</EncryptedValue>${macXml}</Secret>`;
}

const plain = (name: string, value: number | undefined): string => (value === undefined ? '' : `<${name}><PlainValue>${String(value)}</PlainValue></${name}>`);

export function writePskc(tokens: readonly PskcToken[], encryption: PskcEncryption = {}): string {
  const opened = encryption.key || encryption.passphrase !== undefined ? open(encryption) : undefined;
  const packages = tokens.map(({ serial, seed, type = 'totp', suite, digits = 6, counter, period, drift }) => {
    const parameters = `<AlgorithmParameters>${suite === undefined ? '' : `<Suite>${suite}</Suite>`}<ResponseFormat Length="${String(digits)}" Encoding="DECIMAL"/></AlgorithmParameters>`;
    const values = plain('Counter', counter) + plain('TimeInterval', period) + plain('TimeDrift', drift);
    return (
      `<KeyPackage><DeviceInfo><Manufacturer>Example</Manufacturer><SerialNo>${serial}</SerialNo></DeviceInfo>` +
      `<Key Id="${serial}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:${type}"><Issuer>Example</Issuer>${parameters}<Data>${secretXml(seed, encryption, opened)}${values}</Data></Key></KeyPackage>`
    );
  });
  const spaces = `xmlns="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="${xenc}" xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" xmlns:pkcs5="${pkcs5}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<KeyContainer Version="1.0" ${spaces}>${opened?.head ?? ''}${packages.join('\n')}</KeyContainer>\n`;
}

/** A program of Debian's that knows the same standards. Without it there is nothing to check against: that is a failure. */
export function runTool(name: 'oathtool' | 'pskctool' | 'openssl', args: readonly string[], input = ''): string {
  const { stdout, stderr, error, status } = spawnSync(name, args, { input, encoding: 'utf8' });
  if (error) throw new Error(`${name} cannot be run: apt-get install ${name} (.ci/run does it)`, { cause: error });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return stdout;
}
