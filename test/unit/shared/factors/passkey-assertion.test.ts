import { verifyAuthenticationResponse, type AuthenticationResponseJSON } from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAssertion, type ExpectedAssertion } from '../../../../shared/factors/passkey-assertion.ts';
import { makeAuthenticator, type Bent, type TestAuthenticator } from '../../../support/authenticator.ts';

const site = { rpId: 'id.example.com', origin: 'https://id.example.com' };
const challenge = new Uint8Array(32).fill(9);
const authenticator = makeAuthenticator();
const expectedOf = ({ credentialId, publicKey }: TestAuthenticator, more: Partial<ExpectedAssertion> = {}): ExpectedAssertion => ({
  challenge, credentialId, publicKey, counter: 0, mustVerifyUser: false, relyingParty: { id: site.rpId, origins: [site.origin] }, ...more,
});
const judge = (bent: Bent, more: Partial<ExpectedAssertion> = {}) => judgeAssertion(authenticator.assert(challenge, site, bent), expectedOf(authenticator, more));

describe('an assertion of a passkey', () => {
  it.each(['es256', 'eddsa', 'rs256'] as const)('is right when signed for this challenge on this page, with %s', (algorithm) => {
    const own = makeAuthenticator(algorithm);

    expect(judgeAssertion(own.assert(challenge, site), expectedOf(own))).toEqual({ counter: 1, isUserVerified: true });
  });

  it.each<[string, Bent]>([
    ['from another page', { origin: 'https://id.example.com.evil.example' }], ['from a page below', { origin: 'https://a.id.example.com' }],
    ['over plain HTTP', { origin: 'http://id.example.com' }], ['for another relying party', { rpId: 'example.org' }],
    ['for another challenge', { challenge: Buffer.alloc(32, 8).toString('base64url') }], ['that registers', { type: 'webauthn.create' }],
    ['from a frame of another site', { crossOrigin: true }], ['without anybody present', { flags: 0x04 }],
    ['of another passkey', { credentialId: new Uint8Array(32) }],
  ])('is wrong %s (A68)', (_how, bent) => {
    expect(judge(bent)).toBeUndefined();
  });

  it('must count up, unless it never counts', () => {
    expect(judge({ counter: 5 }, { counter: 5 })).toBeUndefined();
    expect(judge({ counter: 4 }, { counter: 5 })).toBeUndefined();
    expect(judge({ counter: 0 }, { counter: 5 })).toBeUndefined();
    expect(judge({ counter: 6 }, { counter: 5 })).toMatchObject({ counter: 6 });
    expect(judge({ counter: 0 }, { counter: 0 })).toMatchObject({ counter: 0 });
  });

  it('must show that the person was verified, where that is asked for', () => {
    expect(judge({ flags: 0x01 }, { mustVerifyUser: true })).toBeUndefined();
    expect(judge({ flags: 0x01 })).toEqual({ counter: 1, isUserVerified: false });
    expect(judge({ flags: 0x05 }, { mustVerifyUser: true })).toBeDefined();
  });

  it('is wrong when its signature is another one’s, or any byte of it is changed', () => {
    const other = makeAuthenticator();
    expect(judgeAssertion(other.assert(challenge, site, { credentialId: authenticator.credentialId }), expectedOf(authenticator))).toBeUndefined();
    fc.assert(fc.property(fc.constantFrom('clientDataJSON', 'authenticatorData', 'signature'), fc.nat(), fc.integer({ min: 1, max: 255 }), (name, at, change) => {
      const answer = JSON.parse(authenticator.assert(challenge, site)) as { response: Record<string, string> };
      const bytes = Buffer.from(answer.response[name] ?? '', 'base64url');
      bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change;
      answer.response[name] = bytes.toString('base64url');
      expect(judgeAssertion(JSON.stringify(answer), expectedOf(authenticator))).toBeUndefined();
    }));
  });

  it('never throws, whatever is sent', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.object().map((value) => JSON.stringify({ type: 'public-key', id: 'x', response: value }))), (answer) => {
      expect(judgeAssertion(answer, expectedOf(authenticator))).toBeUndefined();
    }));
  });

  it('is judged as the library that reads registrations judges it', async () => {
    const { x = '', y = '' } = authenticator.key.export({ format: 'jwk' });
    const cose = isoCBOR.encode(new Map<number, number | Uint8Array>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]]));
    const bends: Bent[] = [{}, { origin: 'https://evil.example' }, { rpId: 'evil.example' }, { flags: 0 }, { counter: 0 }, { challenge: 'AAAA' }, { type: 'webauthn.create' }];
    for (const bent of bends) {
      const answer = authenticator.assert(challenge, site, bent);
      const theirs = await verifyAuthenticationResponse({
        response: JSON.parse(answer) as AuthenticationResponseJSON, expectedChallenge: Buffer.from(challenge).toString('base64url'), expectedOrigin: site.origin, expectedRPID: site.rpId,
        requireUserVerification: false, credential: { id: Buffer.from(authenticator.credentialId).toString('base64url'), publicKey: new Uint8Array(cose), counter: 0 },
      }).then(({ verified }) => verified, () => false);
      expect([bent, judgeAssertion(answer, expectedOf(authenticator)) !== undefined]).toEqual([bent, theirs]);
    }
  });
});
