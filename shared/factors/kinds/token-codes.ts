/** The windows in which a hardware token's codes are looked for: fixed, whatever was guessed before (D9, D10, A15). */
import type { KeyObject } from 'node:crypto';
import { second } from '../../platform/clock.ts';
import { sameBytes } from '../../platform/crypto/keyed-hash.ts';
import type { TokenFactor } from '../../user-state/factor.ts';
import { codeAt } from './totp.ts';

/** A button may be pressed in a pocket; a clock runs slow or fast. */
export const lookAhead = 10;
export const driftWindow = 2;
/** With two codes in a row: a chance hit is one in ten thousand million. */
export const resyncLookAhead = 100;
export const resyncWindow = 20;
/** However it was learned: a clock that is further out belongs to a token that should be replaced. */
export const mostDrift = 40;

/** Steps or counters, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What makes the codes of one token. */
export type Codes = Pick<TokenFactor, 'codes' | 'algorithm' | 'digits' | 'period' | 'lastStep' | 'drift'>;

export const tokenStepAt = ({ period = 30 }: Codes, now: number): number => Math.floor(now / (period * second));

/** Where its codes may be now, or, with two in a row, may have got to. */
export function rangeOf(token: Codes, now: number, isPair: boolean): Range {
  const { codes, lastStep = -1, drift = 0 } = token;
  if (codes === 'hotp') return { from: lastStep + 1, to: lastStep + (isPair ? resyncLookAhead : lookAhead) };
  const current = tokenStepAt(token, now);
  const around = isPair ? resyncWindow : driftWindow;
  return { from: Math.max(current + drift - around, current - mostDrift), to: Math.min(current + drift + around, current + mostDrift) };
}

export interface Found {
  /** The newest position with this code that was not used yet. */
  readonly position?: number;
  readonly isUsed: boolean;
}

const isCode = (secret: KeyObject, { digits, algorithm }: Codes, position: number, typed: Uint8Array): boolean =>
  sameBytes(Buffer.from(codeAt(secret, position, digits, algorithm)), typed);

/** Every position is compared whatever the others gave. */
export function findCode(secret: KeyObject, token: Codes, typed: string, { from, to }: Range, usedUpTo: number): Found {
  const bytes = Buffer.from(typed);
  let position: number | undefined;
  let isUsed = false;
  for (let at = Math.max(0, from); at <= to; at += 1) {
    if (!isCode(secret, token, at, bytes)) continue;
    if (at > usedUpTo) position = at;
    else isUsed = true;
  }
  return { isUsed, ...(position === undefined ? {} : { position }) };
}

/** The position of the second of two codes in a row, neither of them used. */
export function findPair(secret: KeyObject, token: Codes, [first, second]: readonly [string, string], { from, to }: Range, usedUpTo: number): number | undefined {
  const [one, two] = [Buffer.from(first), Buffer.from(second)];
  let found: number | undefined;
  for (let at = Math.max(0, from, usedUpTo + 1); at < to; at += 1) {
    const isPair = [isCode(secret, token, at, one), isCode(secret, token, at + 1, two)].every(Boolean);
    if (isPair) found = at + 1;
  }
  return found;
}
