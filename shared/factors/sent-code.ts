/** Codes that we make and send: six random digits (D1), of which the state keeps a keyed hash for one challenge, factor and send. */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { keyedHash, sameBytes } from '../platform/crypto/keyed-hash.ts';
import type { Random } from '../platform/random.ts';
import type { Factor } from '../user-state/factor.ts';
import type { Verdict, VerifyInput } from './kinds/factor-kind.ts';
import { typedDigits } from './typed-digits.ts';

export const codeDigits = 6;
const macLength = 12;

export const makeCode = (random: Random, digits = codeDigits): string => String(random.integer(10 ** digits)).padStart(digits, '0');

/** Two digits for the screen, never with a zero before: people leave it out. */
export const makeDigits = (random: Random): string => String(random.integer(90) + 10);

/** Another challenge's code, another factor's, or an earlier send's is another hash (A16, I7). */
export function codeMac(keys: KeyRing, challengeId: Uint8Array, factorId: Uint8Array, send: number, code: string): Uint8Array {
  return new Uint8Array(keyedHash(keys.codes, 'code', challengeId, factorId, String(send), code).subarray(0, macLength));
}

/** `unasked` when no code was sent to this factor for this challenge. */
export function judgeCode({ id }: Factor, { keys, challenge, sending, answer }: VerifyInput): Verdict {
  if (!challenge || !sending?.codeMac) return { is: 'unasked' };
  const typed = codeMac(keys, challenge.id, id, sending.send, typedDigits(answer));
  return sameBytes(sending.codeMac, typed) ? { is: 'right' } : { is: 'wrong' };
}
