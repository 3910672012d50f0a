/** The three numbers that the app shows, of which the screen shows one: the same three, however often it asks. */
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { keyedHash } from '../../platform/crypto/keyed-hash.ts';

const choices = 3;
const least = 10;
const many = 90;

/** Asked again with others beside it, the right one would be the one that stays. Sorted, its place says nothing. */
export function numberChoices(keys: KeyRing, challengeId: Uint8Array, send: number, shown: string): string[] {
  const found = new Set([shown]);
  for (let round = 0; found.size < choices; round += 1) {
    const hash = keyedHash(keys.codes, 'number-choices', challengeId, String(send), String(round));
    found.add(String(least + (hash.readUInt32BE(0) % many)));
  }
  return [...found].sort();
}
