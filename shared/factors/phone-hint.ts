/** What may be shown of a number: its calling code and its last two digits, whoever asks (P3). */
import type { KeyObject } from 'node:crypto';
import { open } from '../platform/crypto/seal.ts';
import type { PhoneNumberEntry } from '../user-state/factor.ts';
import type { UserState } from '../user-state/user-state.ts';
import { sealBinding } from './kinds/factor-kind.ts';
import { unpackNumber, type UnpackedNumber } from './sealed-number.ts';

/** Calling codes of one and two digits; every other is three digits long (ITU-T E.164 list). */
const short = new Set(['1', '7', ...'20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66'.split(' '),
  ...'81 82 84 86 90 91 92 93 94 95 98'.split(' ')]);

export function maskNumber(e164: string): string {
  const digits = e164.slice(1);
  const length = [1, 2].find((candidate) => short.has(digits.slice(0, candidate))) ?? 3;
  return `+${digits.slice(0, length)} ••• ••• ••${digits.slice(-2)}`;
}

/** Primary first. */
export const bySlot = (one: PhoneNumberEntry, other: PhoneNumberEntry): number => one.slot.localeCompare(other.slot);

export function openNumber(userKey: KeyObject, state: UserState, factorId: Uint8Array, entry: PhoneNumberEntry): UnpackedNumber {
  return unpackNumber(open(userKey, entry.number, sealBinding('phone', state, factorId)));
}
