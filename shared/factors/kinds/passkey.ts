/** A passkey: a security key, or what a computer or a telephone keeps. It signs for one page and one challenge, and for no other. */
import { keyedHash } from '../../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { readRelyingParty } from '../../platform/config/relying-party.ts';
import type { Policy } from '../../policy/policy.ts';
import type { PasskeyFactor } from '../../user-state/factor.ts';
import { judgeAssertion } from '../passkey-assertion.ts';
import type { FactorKind, Verdict, VerifyInput } from './factor-kind.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Made of the challenge's own random id, so that nothing has to be kept; a challenge is approved once. */
export const passkeyChallenge = (keys: KeyRing, challengeId: Uint8Array): Uint8Array =>
  new Uint8Array(keyedHash(keys.codes, 'passkey', challengeId));

export const userVerification = ({ passkeys }: Pick<Policy, 'passkeys'>): 'required' | 'preferred' => passkeys.userVerification;

function verifyPasskey(factor: PasskeyFactor, { answer, challenge, keys, policy }: VerifyInput): Verdict {
  const relyingParty = readRelyingParty();
  const { credentialId, publicKey, counter = 0 } = factor;
  if (!challenge || challenge.proves) return { is: 'unasked' };
  if (!relyingParty || !credentialId || !publicKey) return { is: 'wrong' };
  const mustVerifyUser = userVerification(policy) === 'required';
  const expected = { challenge: passkeyChallenge(keys, challenge.id), relyingParty, credentialId, publicKey, counter, mustVerifyUser };
  const judged = judgeAssertion(answer, expected);
  return judged ? { is: 'right', position: judged.counter } : { is: 'wrong' };
}

export const passkey: FactorKind<PasskeyFactor> = {
  most: 3,
  methodReferences: () => ['pop'],
  isReady: ({ credentialId, publicKey }) => credentialId !== undefined && publicKey !== undefined,
  verify: verifyPasskey,
  accept: (factor, { position = 0, enrolled }) => {
    const { counter: _counter, ...rest } = { ...factor, ...(enrolled as Partial<PasskeyFactor> | undefined) };
    return position === 0 ? rest : { ...rest, counter: position };
  },
  ask: (factor, { challenge, keys, policy }) => {
    const relyingParty = readRelyingParty();
    if (!relyingParty || !factor.credentialId) return {};
    const publicKey = {
      challenge: text(passkeyChallenge(keys, challenge.id)),
      rpId: relyingParty.id,
      allowCredentials: [{ type: 'public-key', id: text(factor.credentialId), transports: factor.transports ?? [] }],
      userVerification: userVerification(policy),
      timeout: 60_000,
    };
    return { publicKey };
  },
};
