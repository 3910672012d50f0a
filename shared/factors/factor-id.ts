/** A factor's id as the API names it, and the part of it that the state keeps. */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { readObjectId, type HomeKeys } from '../platform/object-id.ts';

/** Undefined for an id that is not of this user: foreign, forged or misspelled, it names a factor that nobody has. */
export function factorRandom(keys: KeyRing, home: HomeKeys, factorId: string): Uint8Array | undefined {
  const id = readObjectId(keys, 'fac', factorId);
  return id?.userKey === home.userKey && id.organizationKey === home.organizationKey ? id.random : undefined;
}
