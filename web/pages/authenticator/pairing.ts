/** Pairing this device: a key of its own for the account, made here, and tied to it by the secret of the link. */
import { toBase64Url } from './base64url.ts';
import type { Account } from './keeping.ts';
import { askSigned } from './signed-ask.ts';

export interface PairingLink {
  readonly factorId: string;
  readonly secret: string;
}

const form = /^(fac_[\w-]{20,90})\.([\w-]{22})$/;

/** Of a whole link, or of what came after its `#`. */
export function readPairingLink(text: string): PairingLink | undefined {
  const [, factorId, secret] = form.exec(text.trim().split('#').at(-1) ?? '') ?? [];
  return factorId !== undefined && secret !== undefined ? { factorId, secret } : undefined;
}

type Paired = Pick<Account, 'factorId' | 'organization' | 'person' | 'method'>;

export async function pairDevice({ factorId, secret }: PairingLink): Promise<Account> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const publicKey = toBase64Url(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = pair.privateKey;
  const paired = await askSigned<Paired>({ factorId, key }, 'pair', { secret, publicKey });
  return { ...paired, key };
}
