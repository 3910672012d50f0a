/** Setting up a passkey: options for the browser, then what it made of them. Attestation is not asked for: any maker will do. */
import { createPublicKey } from 'node:crypto';
import { generateRegistrationOptions, verifyRegistrationResponse, type RegistrationResponseJSON } from '@simplewebauthn/server';
import { cose, decodeCredentialPublicKey, isoBase64URL } from '@simplewebauthn/server/helpers';
import { keyedHash } from '../../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { readRelyingParty, type RelyingParty } from '../../platform/config/relying-party.ts';
import { Problem } from '../../platform/problems/problem.ts';
import { userVerification } from '../../factors/kinds/passkey.ts';
import type { PasskeyFactor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';
import type { SetUpContext, SetUpInput, SetUpKind } from './set-up-kind.ts';

/** ES256, EdDSA, RS256 (Windows Hello), in this order. */
const algorithms = [-7, -8, -257];
const longestCredentialId = 128;

const challengeOf = (keys: KeyRing, factorId: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(keyedHash(keys.codes, 'passkey-registration', factorId));

/** Says nothing of the person to whoever holds the authenticator. */
const userHandle = (keys: KeyRing, { organizationId, userId }: UserState): Uint8Array<ArrayBuffer> =>
  new Uint8Array(keyedHash(keys.index, 'passkey-user', organizationId, userId));

function needRelyingParty(): RelyingParty {
  const relyingParty = readRelyingParty();
  if (!relyingParty) throw new Problem('policy-forbids', { detail: 'This installation has no pages, and without them no passkeys.' });
  return relyingParty;
}

const text = (bytes: Uint8Array<ArrayBuffer> | undefined): string => isoBase64URL.fromBuffer(bytes ?? new Uint8Array());

function rsaOf(key: ReturnType<typeof decodeCredentialPublicKey>) {
  if (!cose.isCOSEPublicKeyRSA(key)) throw new Error('a passkey of an unknown algorithm');
  return { kty: 'RSA', n: text(key.get(cose.COSEKEYS.n)), e: text(key.get(cose.COSEKEYS.e)) };
}

/** As node reads it, so that signing in needs no CBOR. */
function spkiOf(publicKey: Uint8Array<ArrayBuffer>): Uint8Array {
  const key = decodeCredentialPublicKey(publicKey);
  const jwk = cose.isCOSEPublicKeyEC2(key)
    ? { kty: 'EC', crv: 'P-256', x: text(key.get(cose.COSEKEYS.x)), y: text(key.get(cose.COSEKEYS.y)) }
    : cose.isCOSEPublicKeyOKP(key)
      ? { kty: 'OKP', crv: 'Ed25519', x: text(key.get(cose.COSEKEYS.x)) }
      : rsaOf(key);
  return new Uint8Array(createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' }));
}

function readAnswer(answer: string): RegistrationResponseJSON | undefined {
  try {
    return JSON.parse(answer) as RegistrationResponseJSON;
  } catch {
    return undefined;
  }
}

/** What the browser made, if it is an answer to this very factor's options from a page of ours. */
async function attest({ keys, policy, state }: SetUpContext, factor: PasskeyFactor, answer: string): Promise<Partial<PasskeyFactor> | undefined> {
  const { id, origins } = needRelyingParty();
  const response = readAnswer(answer);
  if (!response) return undefined;
  try {
    const registration = await verifyRegistrationResponse({
      response,
      expectedChallenge: isoBase64URL.fromBuffer(challengeOf(keys, factor.id)),
      expectedOrigin: [...origins],
      expectedRPID: id,
      requireUserVerification: userVerification(policy) === 'required',
      supportedAlgorithmIDs: algorithms,
    });
    if (!registration.verified) return undefined;
    const { credential } = registration.registrationInfo;
    const credentialId = new Uint8Array(Buffer.from(credential.id, 'base64url'));
    const isKnown = state.factors.some((other) => other.kind === 'passkey' && other.credentialId && Buffer.from(other.credentialId).equals(credentialId));
    if (isKnown || credentialId.length > longestCredentialId) return undefined;
    const { publicKey, counter, transports } = credential;
    return {
      credentialId,
      publicKey: spkiOf(publicKey),
      ...(counter > 0 ? { counter } : {}),
      ...(transports && transports.length > 0 ? { transports: transports.slice(0, 4).map((name) => name.slice(0, 16)) } : {}),
    };
  } catch {
    // The library tells by throwing what is wrong with an answer; to whoever gave it, it is a wrong one.
    return undefined;
  }
}

export const passkeySetUp: SetUpKind<PasskeyFactor, SetUpInput> = {
  create: ({ factorId, now }, { label }) => {
    needRelyingParty();
    return { id: factorId, kind: 'passkey', status: 'proving', ...(label === undefined ? {} : { label }), createdAt: now };
  },
  reveal: async ({ keys, state, policy, organization }, factor) => ({
    publicKey: await generateRegistrationOptions({
      rpName: organization.name,
      rpID: needRelyingParty().id,
      userName: state.userId,
      userID: userHandle(keys, state),
      challenge: challengeOf(keys, factor.id),
      attestationType: 'none',
      excludeCredentials: state.factors.flatMap((other) =>
        other.kind === 'passkey' && other.credentialId ? [{ id: Buffer.from(other.credentialId).toString('base64url') }] : [],
      ),
      authenticatorSelection: { residentKey: 'discouraged', userVerification: userVerification(policy) },
      supportedAlgorithmIDs: algorithms,
    }),
  }),
  attest,
};
