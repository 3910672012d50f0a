import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFile } from '../../../../../shared/tokens/files/read-file.ts';
import type { FileSecret } from '../../../../../shared/tokens/files/pskc-keys.ts';
import { runTool, writePskc, type PskcEncryption, type PskcToken } from '../../../../support/pskc.ts';

const seed = Buffer.from('12345678901234567890');
const key = Buffer.alloc(16, 3);
const tokens: readonly PskcToken[] = [
  { serial: 'AB1234', seed, type: 'totp', suite: 'HMAC-SHA256', digits: 8, period: 60, drift: 4 },
  { serial: 'AB1235', seed: Buffer.alloc(32, 9), type: 'hotp', counter: 17 },
];
const read = (text: string, secret: FileSecret = {}) => readFile('pskc', text, secret);

/** Figure 6 of RFC 6030: AES-128-CBC under a shared key. */
const figure6 = `<?xml version="1.0" encoding="UTF-8"?>
<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">
<EncryptionKey><ds:KeyName>Pre-shared-key</ds:KeyName></EncryptionKey>
<MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"><MACKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
<xenc:CipherData><xenc:CipherValue>ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX</xenc:CipherValue></xenc:CipherData></MACKey></MACMethod>
<KeyPackage><DeviceInfo><Manufacturer>Manufacturer</Manufacturer><SerialNo>987654321</SerialNo></DeviceInfo><CryptoModuleInfo><Id>CM_ID_001</Id></CryptoModuleInfo>
<Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><Issuer>Issuer</Issuer><AlgorithmParameters><ResponseFormat Length="8" Encoding="DECIMAL"/></AlgorithmParameters>
<Data><Secret><EncryptedValue><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><xenc:CipherData><xenc:CipherValue>
    AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv
</xenc:CipherValue></xenc:CipherData></EncryptedValue><ValueMAC>Su+NvtQfmvfJzF6bmQiJqoLRExc=
</ValueMAC></Secret><Counter><PlainValue>0</PlainValue></Counter></Data></Key></KeyPackage></KeyContainer>`;

/** Figure 7: PBKDF2 of a passphrase. */
const figure7 = figure6
  .replace('<ds:KeyName>Pre-shared-key</ds:KeyName>', `<x:DerivedKey xmlns:x="http://www.w3.org/2009/xmlenc11#"><x:KeyDerivationMethod
    Algorithm="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#pbkdf2"><p:PBKDF2-params xmlns:p="http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#"><Salt>
    <Specified>Ej7/PEpyEpw=</Specified></Salt><IterationCount>1000</IterationCount><KeyLength>16</KeyLength><PRF/></p:PBKDF2-params></x:KeyDerivationMethod></x:DerivedKey>`)
  .replace(/ESIz\w+[^<]*/, '2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx')
  .replace(/AAEC\w+[^<]*/, 'oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f')
  .replace(/Su\+N\w+[^<]*/, 'LP6xMvjtypbfT9PdkJhBZ+D6O4w=');

describe('a PSKC file', () => {
  it('is read with everything that it says of a token', async () => {
    expect(await read(writePskc(tokens))).toMatchObject({
      problems: 0,
      tokens: [
        { row: 1, credentialId: 'AB1234', type: 'totp', algorithm: 'sha256', digits: 8, period: 60, drift: 4, seed },
        { row: 2, credentialId: 'AB1235', type: 'hotp', algorithm: 'sha1', digits: 6, counter: 17 },
      ],
    });
  });

  it('that is encrypted opens to what RFC 6030 says', async () => {
    const { tokens: [token] } = await read(figure6, { key: Buffer.from('12345678901234567890123456789012', 'hex') });

    expect(token).toMatchObject({ credentialId: '987654321', type: 'hotp', digits: 8, seed });
  });

  it('under a passphrase opens to what RFC 6030 says', async () => {
    expect((await read(figure7, { passphrase: 'qwerty' })).tokens).toMatchObject([{ credentialId: '987654321', type: 'hotp', seed }]);
  });

  it.each<[string, PskcEncryption]>([
    ['AES-128 and HMAC-SHA-1', { key }],
    ['AES-256 and HMAC-SHA-256', { key: Buffer.alloc(32, 4), mac: 'sha256' }],
    ['a passphrase', { passphrase: 'correct horse' }],
  ])('is valid to pskctool and open to us, with %s', async (_what, encryption) => {
    const text = writePskc(tokens, encryption);

    expect(runTool('pskctool', ['--validate'], text)).toMatch(/^OK/);
    expect(runTool('pskctool', ['--info'], text)).toContain('SerialNo: AB1234');
    expect((await read(text, encryption)).tokens.map((token) => Buffer.from(token.seed))).toEqual(tokens.map((token) => Buffer.from(token.seed)));
  });

  it('agrees with pskctool about plain secrets', async () => {
    const seen = runTool('pskctool', ['--info'], writePskc(tokens));
    const { tokens: [token] } = await read(writePskc(tokens));

    expect(seen).toContain(`Key Secret (base64): ${Buffer.from(token!.seed).toString('base64')}`);
    expect(seen).toContain('Key Counter: 17');
  });

  it('is read as pskctool writes it, with a signature over it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-pskc-'));
    const [key, certificate, file] = ['key.pem', 'certificate.pem', 'tokens.xml'].map((name) => join(folder, name)) as [string, string, string];
    runTool('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=vendor.example', '-keyout', key, '-out', certificate]);
    writeFileSync(file, writePskc(tokens));
    const signed = runTool('pskctool', ['--sign', '--sign-key', key, '--sign-crt', certificate, file]);
    rmSync(folder, { recursive: true });

    expect(signed).toContain('SignatureValue');
    expect((await read(signed)).tokens).toEqual((await read(writePskc(tokens))).tokens);
  });

});

describe('an encrypted PSKC file', () => {
  it.each<[string, PskcEncryption, FileSecret, string]>([
    ['a spoiled MAC', { key, spoil: 'mac' }, { key }, 'mac-wrong'],
    ['a spoiled value', { key, spoil: 'value' }, { key }, 'mac-wrong'],
    ['no MAC', { key, without: 'mac' }, { key }, 'mac-missing'],
  ])('with %s gives no seed away', async (_what, encryption, secret, problem) => {
    expect(await read(writePskc(tokens, encryption), secret)).toMatchObject({ tokens: [], report: [{ problem }, { problem }] });
  });

  it.each<[string, FileSecret]>([
    ['no key', {}],
    ['a passphrase in place of a key', { passphrase: 'x' }],
    ['another key', { key: Buffer.alloc(16, 8) }],
    ['a key of another length', { key: Buffer.alloc(32, 3) }],
  ])('under a key is refused with %s', async (_what, secret) => {
    const outcome = await read(writePskc(tokens, { key }), secret).then(({ tokens: rows }) => rows.length, (error: unknown) => (error as { problem: string }).problem);

    expect([0, 'request-invalid']).toContain(outcome);
  });

  it('whose passphrase would take for ever to derive is refused', async () => {
    const text = writePskc(tokens, { passphrase: 'x' }).replace('2000</Iter', '2000000000</Iter');

    await expect(read(text, { passphrase: 'x' })).rejects.toMatchObject({ problem: 'request-invalid' });
  });

});

describe('a file that should be PSKC', () => {
  it.each([
    ['entities of its own', '<!DOCTYPE x [<!ENTITY a "AB1234">]>', '&a;'],
    ['entities from outside (XXE)', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '&a;'],
    ['entities of entities (billion laughs)', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>', '&b;'],
    ['a document type and nothing more', '<!DOCTYPE KeyContainer>', 'AB1234'],
    ['an entity that nobody declared', '', '&a;'],
  ])('with %s is refused', async (_what, declaration, serial) => {
    const text = writePskc([{ serial, seed }]).replace('?>', `?>${declaration}`);

    await expect(read(text)).rejects.toMatchObject({ problem: 'request-invalid' });
  });

  it.each([
    ['another root', '<a/>'],
    ['a root of another namespace', '<KeyContainer xmlns="urn:other"/>'],
    ['no end', writePskc(tokens).slice(0, -20)],
    ['no tokens', writePskc([])],
    ['no XML', 'credentialId,type'],
    ['more depth than a token has', writePskc([{ serial: `${'<a>'.repeat(30)}${'</a>'.repeat(30)}`, seed }])],
    ['more text than a token has', writePskc([{ serial: 'A'.repeat(40_000), seed }])],
  ])('that has %s is refused', async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({ problem: 'request-invalid' });
  });

  it.each<[string, PskcToken, string]>([
    ['an unknown algorithm', { serial: 'AB1234', seed, suite: 'HMAC-MD5' }, 'algorithm-unknown'],
    ['five digits', { serial: 'AB1234', seed, digits: 5 }, 'digits-invalid'],
    ['a clock that is far out', { serial: 'AB1234', seed, drift: 21 }, 'drift-invalid'],
    ['a short seed', { serial: 'AB1234', seed: seed.subarray(0, 15) }, 'seed-short'],
    ['a formula for a serial number', { serial: '=1+1', seed }, 'credential-id-invalid'],
  ])('reports %s', async (_what, token, problem) => {
    expect(await read(writePskc([tokens[0]!, token, { serial: 'AB1239', seed }]))).toMatchObject({ problems: 1, report: [{ row: 2, problem }] });
  });
});
