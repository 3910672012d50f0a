/** The organization's own key, wrapped by the stage's: everything secret of its users hangs below it. */
import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { Random } from '../platform/random.ts';
import type { Organization } from './organization.ts';

const keyLength = 32;

const binding = (organizationId: string): string => `organization|${organizationId}`;

/** A new key, wrapped: the plain one is never kept. */
export function newOrganizationKey(keys: KeyRing, organizationId: string, random: Random): Buffer {
  return keys.wrap(random.bytes(keyLength), binding(organizationId), random);
}

export function openOrganizationKey(
  keys: KeyRing,
  organization: Pick<Organization, 'organizationId' | 'wrappedKey'>,
): KeyObject {
  return keys.unwrap(organization.wrappedKey, binding(organization.organizationId));
}
