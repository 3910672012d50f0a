/** Credential ids: what is printed on a token, and what it is known by in the whole installation. */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { keyedHash } from '../platform/crypto/keyed-hash.ts';

/** Sixteen bytes that say nothing of the id, and that nobody can make up. */
const hashLength = 16;
const form = /^[A-Z0-9][A-Z0-9._-]{3,39}$/;
const vipForm = /^[A-Z]{4}[0-9]{8}$/;

/** As people copy it from a token's back: its spaces and its case mean nothing. Undefined for what no token is called. */
export function readCredentialId(text: string): string | undefined {
  const id = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  return form.test(id) ? id : undefined;
}

/** Four letters and eight digits: a credential that Symantec VIP may know. */
export const isVipCredentialId = (credentialId: string): boolean => vipForm.test(credentialId);

/** One name for one credential over all organizations: whoever gives it to somebody meets the same item. */
export const credentialHash = (keys: KeyRing, credentialId: string): Uint8Array =>
  new Uint8Array(keyedHash(keys.index, 'credential', credentialId).subarray(0, hashLength));

/** Its name in the stock of one organization: what another imports under the same id stands beside it, and tells nothing. */
export const stockHash = (keys: KeyRing, organizationId: string, credentialId: string): Uint8Array =>
  new Uint8Array(keyedHash(keys.index, 'stock', organizationId, credentialId).subarray(0, hashLength));

/** Enough to tell which token is meant by who holds it, and no more. */
export const credentialHint = (credentialId: string): string => `••••${credentialId.slice(-4)}`;
