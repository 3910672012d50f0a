/** An organization's account at Symantec VIP: the client certificate in the clear, its key sealed under the organization's. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { toTimestamp, type Clock } from '../../platform/clock.ts';
import { open, seal } from '../../platform/crypto/seal.ts';
import type { KeyRing } from '../../platform/crypto/key-ring.ts';
import { fromAttributes, toAttributes, type Attributes } from '../../platform/dynamo/attributes.ts';
import type { ItemKey, Table } from '../../platform/dynamo/table.ts';
import { organizationKeyOf } from '../../platform/object-id.ts';
import { Problem } from '../../platform/problems/problem.ts';
import type { Random } from '../../platform/random.ts';
import { trailWrites } from '../../audit/trail.ts';
import { openOrganizationKey } from '../../organizations/organization-keys.ts';
import { organizationItemKey, type Organization } from '../../organizations/organization.ts';
import type { RequestContext } from '../../user-state/event-item.ts';
import { momentVersion } from '../moment-version.ts';
import type { VipAccount } from './vip-credentials.ts';

export interface VipAccountDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly random: Random;
}

export interface VipAccountView {
  readonly subject: string;
  readonly fingerprint: string;
  readonly validTo: string;
}

const keyVersion = 1;
const binding = (organizationId: string): string => JSON.stringify(['vip', organizationId]);

export const vipAccountKey = (organizationKey: string): ItemKey => ({ ...organizationItemKey(organizationKey), sk: 'VIP' });

const refuse = (pointer: string, detail: string): Problem => new Problem('request-invalid', { errors: [{ pointer, detail }] });

/** What is kept can be used: the key is the certificate's, and the certificate has not run out. */
function readAccount({ certificate, privateKey }: VipAccount, now: number): X509Certificate {
  let read: X509Certificate;
  try {
    read = new X509Certificate(certificate);
  } catch {
    throw refuse('#/certificate', 'must be a certificate in PEM');
  }
  try {
    if (!read.checkPrivateKey(createPrivateKey(privateKey))) throw new Error('of another certificate');
  } catch {
    throw refuse('#/privateKey', 'must be the key of the certificate, in PEM, without a passphrase');
  }
  if (Date.parse(read.validTo) <= now) throw refuse('#/certificate', 'has run out');
  return read;
}

export function viewVipAccount(item: Attributes): VipAccountView {
  const certificate = new X509Certificate(item['certificate']?.S ?? '');
  return { subject: certificate.subject, fingerprint: certificate.fingerprint256, validTo: toTimestamp(Date.parse(certificate.validTo)) };
}

function events(deps: VipAccountDependencies, organization: Organization, kind: string, context: RequestContext, now: number): ReturnType<typeof trailWrites> {
  const { organizationId } = organization;
  const partition = `${organizationItemKey(organizationKeyOf(deps.keys, organizationId)).pk}#VIP`;
  return trailWrites(deps, { partition, version: momentVersion(now, deps.random), organizationId }, [{ kind }], context, now);
}

export async function putVipAccount(deps: VipAccountDependencies, organization: Organization, account: VipAccount, context: RequestContext): Promise<VipAccountView> {
  const now = deps.clock.now();
  readAccount(account, now);
  const { organizationId } = organization;
  const sealed = seal(openOrganizationKey(deps.keys, organization), keyVersion, Buffer.from(account.privateKey, 'utf8'), binding(organizationId), deps.random);
  const Item = toAttributes({ ...vipAccountKey(organizationKeyOf(deps.keys, organizationId)), schema: 1, certificate: account.certificate, privateKey: new Uint8Array(sealed) });
  const { done } = await deps.table.transact([{ Put: { TableName: deps.table.name, Item } }, ...events(deps, organization, 'vip-account-changed', context, now)]);
  if (!done) throw new Problem('unavailable', { retryAfterSeconds: 1 });
  return viewVipAccount(Item);
}

/** Its credentials confirm nothing from then on. */
export async function removeVipAccount(deps: VipAccountDependencies, organization: Organization, context: RequestContext): Promise<void> {
  const { pk, sk } = vipAccountKey(organizationKeyOf(deps.keys, organization.organizationId));
  const removal = { Delete: { TableName: deps.table.name, Key: { pk: { S: pk }, sk: { S: sk } }, ConditionExpression: 'attribute_exists(pk)' } };
  const { done } = await deps.table.transact([removal, ...events(deps, organization, 'vip-account-removed', context, deps.clock.now())]);
  if (!done) throw new Problem('not-found');
}

/** Undefined for an organization that has none. */
export async function findVipAccount(deps: { readonly table: Table; readonly keys: KeyRing }, organization: Organization): Promise<VipAccount | undefined> {
  const { organizationId } = organization;
  const [item] = await deps.table.read([vipAccountKey(organizationKeyOf(deps.keys, organizationId))]);
  if (!item) return undefined;
  const { certificate, privateKey } = fromAttributes(item) as { certificate: string; privateKey: Uint8Array };
  return { certificate, privateKey: open(openOrganizationKey(deps.keys, organization), privateKey, binding(organizationId)).toString('utf8') };
}
