/** Time-based one-time passwords (RFC 6238): 30 s, six digits, HMAC-SHA-1, one step either way, each step once. */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { open } from '../../platform/crypto/seal.ts';
import { sameBytes } from '../../platform/crypto/keyed-hash.ts';
import { second } from '../../platform/clock.ts';
import type { TotpFactor } from '../../user-state/factor.ts';
import { typedDigits } from '../typed-digits.ts';
import { sealBinding, type FactorKind, type Verdict } from './factor-kind.ts';

export const totpPeriod = 30 * second;
export const totpDigits = 6;
/** 160 bits: the output of the hash (RFC 4226 §4 R6). */
export const totpSecretLength = 20;
const window = 1;

export const stepAt = (epochMilliseconds: number): number => Math.floor(epochMilliseconds / totpPeriod);

/** RFC 4226 §5.3, for a step counted from the epoch. `hash` and `digits` vary for hardware and for the RFC's vectors. */
export function codeAt(secret: KeyObject, step: number, digits = totpDigits, hash = 'sha1'): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac(hash, secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/**
 * The steps of the window whose code this is, every one compared whatever the others gave. Two steps may share a code
 * (once in 500,000), so the newest that was not used yet counts.
 */
export function verifyCode(secret: KeyObject, answer: string, now: number, usedStep: number): Verdict {
  const typed = Buffer.from(typedDigits(answer));
  const current = stepAt(now);
  let right = -1;
  let isUsed = false;
  for (let step = current - window; step <= current + window; step += 1) {
    if (!sameBytes(Buffer.from(codeAt(secret, step)), typed)) continue;
    if (step > usedStep) right = step;
    else isUsed = true;
  }
  if (right >= 0) return { is: 'right', position: right };
  return isUsed ? { is: 'used' } : { is: 'wrong' };
}

export const totp: FactorKind<TotpFactor> = {
  most: 2,
  methodReferences: () => ['otp'],
  isReady: () => true,
  verify: (factor, { answer, now, state, userKey }) => {
    const secret = createSecretKey(open(userKey(), factor.secret, sealBinding('totp', state, factor.id)));
    // A restored table has forgotten steps that were used after the backup: all that could be are burned (A113).
    const restoredStep = state.restoredAt === undefined ? -1 : stepAt(state.restoredAt) + window;
    return verifyCode(secret, answer, now, Math.max(factor.lastStep ?? -1, restoredStep));
  },
  accept: (factor, { position }) => ({ ...factor, lastStep: Math.max(factor.lastStep ?? 0, position ?? 0) }),
};
