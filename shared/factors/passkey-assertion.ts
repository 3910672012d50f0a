/**
 * An assertion of a passkey, judged (WebAuthn Level 3 §7.2). Our own, because it is on the sign-in path: nothing in it
 * needs CBOR. The registration, which does, is read by a library; tests hold this against that library.
 */
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { RelyingParty } from '../platform/config/relying-party.ts';
import { sameBytes } from '../platform/crypto/keyed-hash.ts';

export interface ExpectedAssertion {
  readonly challenge: Uint8Array;
  readonly relyingParty: RelyingParty;
  readonly credentialId: Uint8Array;
  /** SPKI, DER. */
  readonly publicKey: Uint8Array;
  /** The last signature counter; 0 for passkeys that do not count. */
  readonly counter: number;
  readonly mustVerifyUser: boolean;
}

export interface JudgedAssertion {
  readonly counter: number;
  readonly isUserVerified: boolean;
}

interface Read {
  readonly id: Buffer;
  readonly clientData: Buffer;
  readonly authenticatorData: Buffer;
  readonly signature: Buffer;
}

const flags = { userPresent: 0x01, userVerified: 0x04 } as const;
/** Hash of the relying party's id, flags, counter. */
const leastLength = 37;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const bytesOf = (value: unknown): Buffer => (typeof value === 'string' ? Buffer.from(value, 'base64url') : Buffer.alloc(0));

/** `AuthenticationResponseJSON`, as browsers make it. */
function read(answer: string): Read | undefined {
  const credential = parse(answer);
  const response = credential?.['response'];
  if (!credential || credential['type'] !== 'public-key' || !isRecord(response)) return undefined;
  return {
    id: bytesOf(credential['id']),
    clientData: bytesOf(response['clientDataJSON']),
    authenticatorData: bytesOf(response['authenticatorData']),
    signature: bytesOf(response['signature']),
  };
}

/** Steps 10 to 14: what the browser says it was asked, by whom, and where. */
function isAskedByUs(clientData: Buffer, { challenge, relyingParty }: ExpectedAssertion): boolean {
  const said = parse(clientData.toString('utf8'));
  if (!said || said['type'] !== 'webauthn.get' || said['crossOrigin'] === true || said['topOrigin'] !== undefined) return false;
  return sameBytes(bytesOf(said['challenge']), challenge) && relyingParty.origins.includes(String(said['origin']));
}

const hashFor = ({ asymmetricKeyType }: KeyObject): 'sha256' | null => (asymmetricKeyType === 'ed25519' ? null : 'sha256');

function isSigned({ authenticatorData, clientData, signature }: Read, publicKey: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()]);
  return verify(hashFor(key), signed, key, signature);
}

/** Somebody was there, was verified where that is asked for, and the counter has grown. */
function readFlags(authenticatorData: Buffer, { counter: before, mustVerifyUser }: ExpectedAssertion): JudgedAssertion | undefined {
  const flag = authenticatorData[32] ?? 0;
  const counter = authenticatorData.readUInt32BE(33);
  const isUserVerified = (flag & flags.userVerified) !== 0;
  if ((flag & flags.userPresent) === 0 || (mustVerifyUser && !isUserVerified)) return undefined;
  // A counter that does not grow is a copy of the passkey, or an old answer (§6.1.1); 0 and 0 is one that does not count.
  return counter > before || (counter === 0 && before === 0) ? { counter, isUserVerified } : undefined;
}

/** Undefined for whatever is not a right answer to this very question by this very passkey. */
export function judgeAssertion(answer: string, expected: ExpectedAssertion): JudgedAssertion | undefined {
  const given = read(answer);
  if (!given || !sameBytes(given.id, expected.credentialId) || !isAskedByUs(given.clientData, expected)) return undefined;
  const { authenticatorData } = given;
  if (authenticatorData.length < leastLength) return undefined;
  const party = createHash('sha256').update(expected.relyingParty.id).digest();
  const isOurs = sameBytes(authenticatorData.subarray(0, 32), party);
  const said = readFlags(authenticatorData, expected);
  return isOurs && said && isSigned(given, expected.publicKey) ? said : undefined;
}
