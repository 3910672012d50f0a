/** The usual way's secrets: seeds encrypted by KMS, as AWS's guides have it, results signed with a key that is made once per process. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { importPKCS8, SignJWT } from 'jose';
import type { FactorRecord } from './store.ts';

const kms = new KMSClient({});
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signingKey = importPKCS8(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 'ES256');

export async function openSecret({ pk, secret }: FactorRecord): Promise<string> {
  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from(secret, 'base64'), EncryptionContext: { user: pk, purpose: 'totp' } }));
  return Buffer.from(Plaintext ?? []).toString('utf8');
}

export async function signResult(claims: Readonly<Record<string, unknown>>): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'usual', typ: 'JWT' })
    .setIssuer('https://api.countersign.example')
    .setIssuedAt()
    .setExpirationTime('60s')
    .setJti(randomBytes(16).toString('base64url'))
    .sign(await signingKey);
}
