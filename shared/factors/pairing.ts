/**
 * Pairing: who holds the secret of the picture may tie a device to the factor, once, within ten minutes. The secret is
 * made of the factor by a key that is not in the table, so that nothing of it has to be kept.
 */
import { minute } from '../platform/clock.ts';
import { keyedHash, sameBytes } from '../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { AppFactor, Factor } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import { sealBinding } from './kinds/factor-kind.ts';

export const pairingLife = 10 * minute;
/** 128 bits (D16). */
const secretLength = 16;

type Of = Pick<UserState, 'organizationId' | 'userId'>;

export const pairingSecret = (keys: KeyRing, state: Of, factorId: Uint8Array): Buffer =>
  keyedHash(keys.codes, 'pairing', sealBinding('pairing', state, factorId)).subarray(0, secretLength);

export const isPairingSecret = (keys: KeyRing, state: Of, factorId: Uint8Array, secret: Uint8Array): boolean =>
  sameBytes(pairingSecret(keys, state, factorId), secret);

/** Waits for its device, and still may. */
export const isPairable = (factor: Factor | undefined, now: number): factor is AppFactor =>
  factor?.kind === 'app' && factor.status === 'proving' && factor.deviceKey === undefined && now < factor.createdAt + pairingLife;
