/** A recovery key: used once, for setting up again. It never signs anybody in past that (row 4.2). */
import { keyedHash, sameBytes } from '../../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import type { Random } from '../../platform/random.ts';
import type { RecoveryKeyFactor } from '../../user-state/factor.ts';
import type { UserState } from '../../user-state/user-state.ts';
import { readRecoveryKey, writeRecoveryKey } from '../recovery-key-text.ts';
import { sealBinding, type FactorKind } from './factor-kind.ts';

const format = [1, 1];
const hashLength = 16;

/** Format, key version, keyed hash: 130 random bits need no slow hash, and the key is not in the table. */
function hashKey(keys: KeyRing, state: Pick<UserState, 'organizationId' | 'userId'>, factorId: Uint8Array, typed: string): Uint8Array {
  const hash = keyedHash(keys.recoveryKeys, sealBinding('recovery-key', state, factorId), typed);
  return new Uint8Array([...format, ...hash.subarray(0, hashLength)]);
}

export interface NewRecoveryKey {
  readonly factor: RecoveryKeyFactor;
  /** Shown once, kept nowhere. */
  readonly text: string;
}

export interface RecoveryKeyOf {
  readonly keys: KeyRing;
  readonly random: Random;
  readonly state: Pick<UserState, 'organizationId' | 'userId'>;
  readonly factorId: Uint8Array;
  readonly now: number;
}

export function makeRecoveryKey({ keys, random, state, factorId, now }: RecoveryKeyOf): NewRecoveryKey {
  const text = writeRecoveryKey(random);
  const verifier = hashKey(keys, state, factorId, readRecoveryKey(text) ?? '');
  return { text, factor: { id: factorId, kind: 'recovery-key', status: 'active', createdAt: now, verifier } };
}

export const recoveryKey: FactorKind<RecoveryKeyFactor> = {
  most: 1,
  methodReferences: () => [],
  isReady: () => true,
  verify: (factor, { answer, keys, state }) => {
    // A key that cannot be one counts like any wrong answer: the check character is for pages, not an oracle (A11).
    const typed = readRecoveryKey(answer);
    const isRight = typed !== undefined && sameBytes(factor.verifier, hashKey(keys, state, factor.id, typed));
    return isRight ? { is: 'right' } : { is: 'wrong' };
  },
  accept: () => undefined,
};
