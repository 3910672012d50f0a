import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { signJwt, verifyJwt } from '../../../../../shared/platform/crypto/jwt.ts';
import type { PublicKey } from '../../../../../shared/platform/crypto/key-ring.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'ES256', use: 'sig' };
const published: PublicKey[] = [{ kid: 'key-1', publicKey: pair.publicKey, jwk }];
const type = 'example+jwt';
const claims = { iss: 'https://id.example.com', sub: 'u-1', n: 1 };

const token = (): string => signJwt({ kid: 'key-1', privateKey: pair.privateKey }, type, claims);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signed rightly, whatever the header says. */
function forge(header: Record<string, unknown>, payload: unknown = claims): string {
  const message = `${encode(header)}.${encode(payload)}`;
  const signature = sign('sha256', Buffer.from(message), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${message}.${signature.toString('base64url')}`;
}

const own = { alg: 'ES256', kid: 'key-1', typ: type };
const read = (text: string, as = type) => verifyJwt(published, as, text);

describe('signJwt', () => {
  it('writes what jose verifies, whatever numbers the signature is made of', async () => {
    const keys = createLocalJWKSet({ keys: [jwk] });

    for (let count = 0; count < 300; count += 1) {
      const { payload, protectedHeader } = await jwtVerify(token(), keys, { algorithms: ['ES256'], typ: type });
      expect(payload).toEqual(claims);
      expect(protectedHeader).toEqual(own);
    }
  });
});

describe('verifyJwt', () => {
  it('reads what we signed', () => {
    for (let count = 0; count < 300; count += 1) expect(read(token())).toEqual(claims);
  });

  it('reads what jose signed with our key', async () => {
    const theirs = await new SignJWT(claims).setProtectedHeader(own).sign(pair.privateKey);

    expect(read(theirs)).toEqual(claims);
  });

  it('refuses every single character changed', () => {
    const text = token();
    for (let position = 0; position < text.length; position += 1) {
      const other = text[position] === 'A' ? 'B' : 'A';
      expect(read(`${text.slice(0, position)}${other}${text.slice(position + 1)}`)).toBeUndefined();
    }
  });

  it('refuses a second spelling of the same signature', () => {
    const text = token();
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'.indexOf(text.at(-1) ?? '');
    const twin = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[last ^ 1] ?? '';

    for (const spelling of [`${text}=`, `${text}==`, `${text.slice(0, -1)}${twin}`, `${text} `, ` ${text}`, `${text}.`, text.replaceAll('.', '..')]) {
      expect(read(spelling)).toBeUndefined();
    }
    expect(read(text.replaceAll('-', '+').replaceAll('_', '/')) === undefined || !/[-_]/.test(text)).toBe(true);
  });

  it.each([
    ['no algorithm', { ...own, alg: 'none' }],
    ['none in other letters', { ...own, alg: 'None' }],
    ['a symmetric one', { ...own, alg: 'HS256' }],
    ['a longer one', { ...own, alg: 'ES384' }],
    ['no type', { alg: 'ES256', kid: 'key-1' }],
    ['the usual type', { ...own, typ: 'JWT' }],
    ['no key', { alg: 'ES256', typ: type }],
    ['another key', { ...own, kid: 'key-2' }],
    ['a list for a key', { ...own, kid: ['key-1'] }],
  ])('refuses a header with %s', (_what, header) => {
    expect(read(forge(own))).toEqual(claims);
    expect(read(forge(header))).toBeUndefined();
  });

  it('refuses a token without a signature, or with the public key for a secret (A94)', () => {
    const message = `${encode({ ...own, alg: 'HS256' })}.${encode(claims)}`;
    const pem = pair.publicKey.export({ format: 'pem', type: 'spki' });

    expect(read(`${encode({ ...own, alg: 'none' })}.${encode(claims)}.`)).toBeUndefined();
    expect(read(`${message}.${createHmac('sha256', pem).update(message).digest('base64url')}`)).toBeUndefined();
  });

  it('refuses signatures of zeros, and of the curve’s order', () => {
    const [header, payload] = token().split('.');
    const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';

    for (const raw of ['00'.repeat(64), order + order, order + '00'.repeat(31) + '01', '00'.repeat(31) + '01' + order]) {
      expect(read(`${header ?? ''}.${payload ?? ''}.${Buffer.from(raw, 'hex').toString('base64url')}`)).toBeUndefined();
    }
  });

  it('refuses another type than the one that is asked for', () => {
    expect(read(token(), 'countersign-result+jwt')).toBeUndefined();
  });

  it.each([[[]], ['text'], [null], [7]])('refuses claims that are no object: %j', (payload) => {
    expect(read(forge(own, payload))).toBeUndefined();
  });

  it('survives whatever it is given', () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => void expect(read(`${a}.${b}.${c}`)).toBeUndefined()));
    expect(read('')).toBeUndefined();
    expect(read(`${'A'.repeat(5000)}.A.A`)).toBeUndefined();
  });
});
