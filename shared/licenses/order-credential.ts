/** The credential id that a token for a user was ordered with: sealed under the user's key, so that erasing destroys it. */
import type { Organization } from '../organizations/organization.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { open, seal } from '../platform/crypto/seal.ts';
import { Problem } from '../platform/problems/problem.ts';
import type { Random } from '../platform/random.ts';
import { readCredentialId } from '../tokens/credential-id.ts';
import type { UserState } from '../user-state/user-state.ts';
import { openUserKey } from '../users/user-keys.ts';
import type { Order } from './order.ts';

type Whose = Pick<UserState, 'organizationId' | 'userId' | 'wrappedKey' | 'createdAt'>;

const keyVersion = 1;
const binding = ({ organizationId, userId }: Whose): string => JSON.stringify(['order-credential', organizationId, userId]);

export function sealCredential(deps: { readonly keys: KeyRing; readonly random: Random }, organization: Organization, state: Whose, text: string): Uint8Array {
  const credentialId = readCredentialId(text);
  if (credentialId === undefined) throw new Problem('request-invalid', { errors: [{ pointer: '#/credentialId', detail: 'must be what is printed on the token' }] });
  return new Uint8Array(seal(openUserKey(deps.keys, organization, state), keyVersion, Buffer.from(credentialId, 'utf8'), binding(state), deps.random));
}

/** Undefined when there was none, and for good once the user was erased, made anew or not. */
export function openCredential(keys: KeyRing, organization: Organization, state: Whose | undefined, { credential, orderedAt }: Order): string | undefined {
  if (!credential || !state || state.createdAt > orderedAt) return undefined;
  return open(openUserKey(keys, organization, state), credential, binding(state)).toString('utf8');
}
