/** The usual way's secrets: seeds under one data key, results signed with one key, both made once per process. */
import { createCipheriv, createDecipheriv, generateKeyPairSync, randomBytes } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import type { FactorRecord } from './store.ts';

const dataKey = Buffer.alloc(32, 9);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signingKey = importPKCS8(privateKey.export({ format: 'pem', type: 'pkcs8' }), 'ES256');

export function sealSecret(secret: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce);
  return Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

export function openSecret({ secret }: FactorRecord): string {
  const sealed = Buffer.from(secret, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', dataKey, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');
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
