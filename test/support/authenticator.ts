/** An authenticator of WebAuthn as software: what a browser and a security key would answer, right or bent. */
import { createHash, createSign, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface Bent {
  readonly type?: string;
  readonly origin?: string;
  readonly challenge?: string;
  readonly rpId?: string;
  readonly crossOrigin?: boolean;
  readonly flags?: number;
  readonly counter?: number;
  readonly credentialId?: Uint8Array;
}

export interface TestAuthenticator {
  readonly credentialId: Uint8Array;
  /** SPKI, DER. */
  readonly publicKey: Uint8Array;
  readonly key: KeyObject;
  /** `AuthenticationResponseJSON`, as text. */
  assert(challenge: Uint8Array, site: { readonly rpId: string; readonly origin: string }, bent?: Bent): string;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const pairs = {
  es256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  eddsa: () => generateKeyPairSync('ed25519'),
  rs256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
};

export function makeAuthenticator(algorithm: keyof typeof pairs = 'es256'): TestAuthenticator {
  const { privateKey, publicKey } = pairs[algorithm]();
  const credentialId = new Uint8Array(randomBytes(32));
  const signed = (data: Buffer): Buffer => (algorithm === 'eddsa' ? sign(null, data, privateKey) : createSign('sha256').update(data).sign(privateKey));
  return {
    credentialId,
    publicKey: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    key: publicKey,
    assert: (challenge, { rpId, origin }, bent = {}) => {
      const clientData = Buffer.from(JSON.stringify({
        type: bent.type ?? 'webauthn.get', challenge: bent.challenge ?? text(challenge), origin: bent.origin ?? origin, crossOrigin: bent.crossOrigin ?? false,
      }));
      const counter = Buffer.alloc(4);
      counter.writeUInt32BE(bent.counter ?? 1);
      const data = Buffer.concat([createHash('sha256').update(bent.rpId ?? rpId).digest(), Buffer.from([bent.flags ?? 0x05]), counter]);
      const id = text(bent.credentialId ?? credentialId);
      const signature = signed(Buffer.concat([data, createHash('sha256').update(clientData).digest()]));
      return JSON.stringify({
        id, rawId: id, type: 'public-key', clientExtensionResults: {},
        response: { clientDataJSON: text(clientData), authenticatorData: text(data), signature: text(signature) },
      });
    },
  };
}
