import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { signJwt } from '../../../../shared/platform/crypto/jwt.ts';
import { claimsOf, readResult, writeResult, type ResultClaims } from '../../../../shared/results/result.ts';
import type { Challenge, UserState } from '../../../../shared/user-state/user-state.ts';
import { testKeyRing } from '../../../support/stage.ts';

const keys = testKeyRing();
const issuer = 'https://id.example.com';
const at = Date.UTC(2030, 0, 15, 12, 0, 0, 250);
const state = { organizationId: 'acme', userId: 'u-1' } as UserState;
const challenge = {
  status: 'approved', clientId: 'portal', audience: 'vpn', purpose: 'sign-in', nonce: 'n-1', protects: ['billing'],
  approval: { resultId: new Uint8Array(16).fill(7), at, strength: 'otp', methods: ['otp', 'pwd', 'mfa'] },
} as unknown as Challenge;

const claims = (now = at, changes: Partial<Challenge> = {}, of: Partial<UserState> = {}) => claimsOf(issuer, 'chl_1', { ...state, ...of }, { ...challenge, ...changes }, now);
const written = (): string => writeResult(keys, claims() as ResultClaims);

describe('the claims of a result', () => {
  it('say who, for whom, of what strength and for how long', () => {
    expect(claims()).toEqual({
      iss: issuer, aud: ['portal', 'vpn'], sub: 'u-1', org: 'acme', jti: Buffer.alloc(16, 7).toString('base64url'), iat: 1894708800, exp: 1894708860,
      auth_time: 1894708800, nonce: 'n-1', txn: 'chl_1', purpose: 'sign-in', protects: ['billing'], amr: ['otp', 'pwd', 'mfa'], acr: 'otp',
    });
  });

  it('are the same each time, while there is a minute', () => {
    expect(claims(at + 59_999)).toEqual(claims(at));
    expect(claims(at + 60_000)).toBeUndefined();
  });

  it.each<[string, Partial<Challenge>, Partial<UserState>]>([
    ['was redeemed', { approval: { ...challenge.approval!, redeemedAt: at } }, {}],
    ['is not approved', { status: 'pending' }, {}],
    ['has no approval', { approval: undefined as never }, {}],
    ['is of a locked user', {}, { lock: { until: at + 1, reason: 'failures' } }],
    ['is of a suspended user', {}, { suspendedAt: at }],
  ])('are not given when the challenge %s', (_what, changes, of) => {
    expect(claims(at, changes, of)).toBeUndefined();
  });
});

describe('a written result', () => {
  it('is verified offline by any library, with the published keys', async () => {
    const jwks = createLocalJWKSet({ keys: keys.published.map(({ jwk }) => ({ kty: 'EC', ...jwk })) });

    const { payload } = await jwtVerify(written(), jwks, { issuer, audience: 'vpn', typ: 'countersign-result+jwt', currentDate: new Date(at + 1000) });

    expect(payload.sub).toBe('u-1');
    await expect(jwtVerify(written(), jwks, { audience: 'other', currentDate: new Date(at) })).rejects.toThrow('aud');
    await expect(jwtVerify(written(), jwks, { currentDate: new Date(at + 61_000) })).rejects.toThrow('exp');
  });

  it('is read by us, and by no other issuer', () => {
    expect(readResult(keys, issuer, written())).toEqual(claims());
    expect(readResult(keys, 'https://other.example.com', written())).toBeUndefined();
  });

  it('is whole or nothing', () => {
    const { sub: _sub, ...incomplete } = claims() as ResultClaims;
    const sign = (content: object) => readResult(keys, issuer, signJwt(keys.signing, 'countersign-result+jwt', content as never));

    expect(sign(incomplete)).toBeUndefined();
    expect(sign({ ...incomplete, sub: 7 })).toBeUndefined();
    expect(sign({ ...claims(), aud: 'portal' })).toBeUndefined();
    expect(sign({ ...claims(), aud: ['portal'] })).toBeUndefined();
  });
});
