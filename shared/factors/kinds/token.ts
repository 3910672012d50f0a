/** Hardware tokens (RFC 4226, RFC 6238): counters that only grow, clocks whose drift is learned, two codes to be bound or found again. */
import { createSecretKey } from 'node:crypto';
import { keyedHash, sameBytes } from '../../platform/crypto/keyed-hash.ts';
import { isSameId } from '../../user-state/find.ts';
import { open } from '../../platform/crypto/seal.ts';
import { credentialHint } from '../../tokens/credential-id.ts';
import type { TokenFactor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { typedDigits } from '../typed-digits.ts';
import { sealBinding, type FactorKind, type Learned, type Verdict, type VerifyInput } from './factor-kind.ts';
import { driftWindow, findCode, findPair, rangeOf, tokenStepAt } from './token-codes.ts';

/** What is sealed in the factor: the length of the id, the id, the seed. */
export function packToken(credentialId: string, seed: Uint8Array): Buffer {
  const id = Buffer.from(credentialId, 'utf8');
  return Buffer.concat([Buffer.from([id.length]), id, seed]);
}

export interface UnpackedToken {
  readonly credentialId: string;
  readonly seed: Uint8Array;
}

export function openToken({ secret, id }: TokenFactor, state: Pick<UserState, 'organizationId' | 'userId'>, userKey: VerifyInput['userKey']): UnpackedToken {
  const plain = open(userKey(), secret, sealBinding('token', state, id));
  const end = 1 + (plain[0] ?? 0);
  return { credentialId: plain.toString('utf8', 1, end), seed: plain.subarray(end) };
}

/** Everything up to here was used, or may have been before the table was restored from a backup (A113). */
function usedUpTo(factor: TokenFactor, { restoredAt }: UserState): number {
  const { lastStep = -1, drift = 0, codes } = factor;
  if (restoredAt === undefined || codes !== 'totp') return lastStep;
  return Math.max(lastStep, tokenStepAt(factor, restoredAt) + drift + driftWindow);
}

/** How far a counter got after the backup nobody knows: it has to be found again by two codes. */
const isLost = ({ codes, foundAfter }: TokenFactor, { restoredAt }: UserState): boolean => codes === 'hotp' && restoredAt !== undefined && foundAfter !== restoredAt;

function right(factor: TokenFactor, position: number, now: number, learned: Learned = {}): Verdict {
  const drift = factor.codes === 'totp' ? { drift: position - tokenStepAt(factor, now) } : {};
  return { is: 'right', position, learned: { ...learned, ...drift } };
}

function verifyPair(factor: TokenFactor, input: VerifyInput, nextAnswer: string): Verdict {
  const { answer, now, state, userKey } = input;
  const secret = createSecretKey(openToken(factor, state, userKey).seed);
  const position = findPair(secret, factor, [typedDigits(answer), typedDigits(nextAnswer)], rangeOf(factor, now, true), usedUpTo(factor, state));
  if (position === undefined) return { is: 'wrong' };
  return right(factor, position, now, state.restoredAt === undefined ? {} : { foundAfter: state.restoredAt });
}

function verifyOne(factor: TokenFactor, { answer, now, state, userKey }: VerifyInput): Verdict {
  if (isLost(factor, state)) return { is: 'used' };
  const secret = createSecretKey(openToken(factor, state, userKey).seed);
  const used = usedUpTo(factor, state);
  const range = rangeOf(factor, now, false);
  // The code that was used last is told from a wrong one, so that a form that was sent twice costs nothing.
  const from = factor.codes === 'hotp' ? used : range.from;
  const { position, isUsed } = findCode(secret, factor, typedDigits(answer), { from, to: range.to }, used);
  if (position !== undefined) return right(factor, position, now);
  return isUsed ? { is: 'used' } : { is: 'wrong' };
}

const codeMacLength = 8;

/** VIP has the seed: it was asked about this very answer, or the answer counts for nothing. */
function verifyRemote(factor: TokenFactor, { answer, nextAnswer, remote, state, keys }: VerifyInput): Verdict {
  if (!remote || !isSameId(remote.factorId, factor.id)) return { is: 'unasked' };
  if (!remote.isRight) return { is: 'wrong' };
  const last = typedDigits(nextAnswer ?? answer);
  const lastCode = new Uint8Array(keyedHash(keys.pins, sealBinding('vip-code', state, factor.id), last).subarray(0, codeMacLength));
  return factor.lastCode && sameBytes(factor.lastCode, lastCode) ? { is: 'used' } : { is: 'right', learned: { lastCode } };
}

function verifyToken(factor: TokenFactor, input: VerifyInput): Verdict {
  if (factor.status === 'proving' && input.nextAnswer === undefined) return { is: 'wrong' };
  if (factor.codes === 'vip') return verifyRemote(factor, input);
  return input.nextAnswer === undefined ? verifyOne(factor, input) : verifyPair(factor, input, input.nextAnswer);
}

export const token: FactorKind<TokenFactor> = {
  // One, and the one that takes its place.
  most: 2,
  confirmedByTwo: true,
  methodReferences: () => ['otp'],
  isReady: () => true,
  verify: verifyToken,
  accept: (factor, { position, learned }) => {
    const lastStep = position === undefined ? {} : { lastStep: Math.max(factor.lastStep ?? -1, position) };
    const { drift, ...rest } = { ...factor, ...learned, ...lastStep };
    return drift === undefined || drift === 0 ? rest : { ...rest, drift };
  },
  view: (factor, { state, userKey }) => ({ hint: credentialHint(openToken(factor, state, userKey).credentialId) }),
};
