/**
 * What a factor keeps of its address: a keyed hash, bound to the user, and as much as may be shown. The address itself
 * is in the profile, where people look for it anyway, and codes go there only while it is the one that was confirmed:
 * a changed one redirects nothing. Sealed, it would take up to three hundred bytes of an item that is read at every sign-in.
 */
import { keyedHash } from '../platform/crypto/keyed-hash.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { UserState } from '../user-state/user-state.ts';

const hashLength = 16;
const shownOfDomain = 24;

/** Case does not tell addresses apart: a change of nothing else reaches the same mailbox. */
export function hashAddress(keys: KeyRing, { organizationId, userId }: Pick<UserState, 'organizationId' | 'userId'>, address: string): Uint8Array {
  return new Uint8Array(keyedHash(keys.index, 'address', organizationId, userId, address.toLowerCase()).subarray(0, hashLength));
}

/** `a@example.com`: the end of a long domain says more than its beginning. */
export function hintOfAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [first = ''] = Array.from(address.slice(0, at));
  const domain = address.slice(at + 1);
  return `${first}@${domain.length > shownOfDomain ? `…${domain.slice(-shownOfDomain)}` : domain}`;
}

/** As people see it: `a•••@example.com`. */
export const maskHint = (hint: string): string => hint.replace('@', '•••@');
