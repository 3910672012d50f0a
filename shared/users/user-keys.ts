/** The user's own key, wrapped by the organization's. Erasing a user destroys the only copy of it. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { openOrganizationKey } from '../organizations/organization-keys.ts';
import type { Organization } from '../organizations/organization.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { open, seal } from '../platform/crypto/seal.ts';
import type { Random } from '../platform/random.ts';
import type { UserState } from '../user-state/user-state.ts';

const keyLength = 32;
/** Organizations have one key for as long as they live. */
const organizationKeyVersion = 1;

type Keeper = Pick<Organization, 'organizationId' | 'wrappedKey'>;

const binding = (organizationId: string, userId: string): string => `user|${organizationId}|${userId}`;

/** A new key, wrapped: the plain one is never kept. */
export function newUserKey(keys: KeyRing, organization: Keeper, userId: string, random: Random): Buffer {
  const key = random.bytes(keyLength);
  return seal(
    openOrganizationKey(keys, organization),
    organizationKeyVersion,
    key,
    binding(organization.organizationId, userId),
    random,
  );
}

/** Opens what is sealed for this user: seeds, numbers. Throws when the state is not of this organization. */
export function openUserKey(
  keys: KeyRing,
  organization: Keeper,
  state: Pick<UserState, 'userId' | 'wrappedKey'>,
): KeyObject {
  const wrapping = openOrganizationKey(keys, organization);
  return createSecretKey(open(wrapping, state.wrappedKey, binding(organization.organizationId, state.userId)));
}
