/** The least that any of it could cost: one code checked over three steps, three openings, one ES256 signature. */
import { createSecretKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { verifyCode } from '../../shared/factors/kinds/totp.ts';
import { open, seal } from '../../shared/platform/crypto/seal.ts';
import { systemRandom } from '../../shared/platform/random.ts';

const [root, organizationKey, userKey] = [createSecretKey(randomBytes(32)), randomBytes(32), randomBytes(32)];
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const wrappedOrganizationKey = seal(root, 1, organizationKey, 'organization', systemRandom);
const wrappedUserKey = seal(createSecretKey(organizationKey), 1, userKey, 'user', systemRandom);
const sealedSecret = seal(createSecretKey(userKey), 1, randomBytes(20), 'secret', systemRandom);
const message = Buffer.from('x'.repeat(700));

export function floorOnce(now: number): void {
  const organization = createSecretKey(open(root, wrappedOrganizationKey, 'organization'));
  const user = createSecretKey(open(organization, wrappedUserKey, 'user'));
  verifyCode(createSecretKey(open(user, sealedSecret, 'secret')), '123456', now, 0);
  sign('sha256', message, privateKey);
}
