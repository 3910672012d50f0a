/**
 * What those who administer an organization are told of: a fraud report, a lock, a policy that now binds everybody. A
 * company without administrators of its own is its reseller's to look after.
 */
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import type { Table } from '../platform/dynamo/table.ts';
import { organizationKeyOf, userKeyOf } from '../platform/object-id.ts';
import { organizationItemKey, type Organization } from '../organizations/organization.ts';
import { readOrganizations } from '../organizations/organization-store.ts';
import { findAdministrators } from '../users/user-store.ts';
import type { Profile } from '../users/profile.ts';
import type { EmailCarrier, Mail } from './email-carrier.ts';
import { administratorsMail, isForAdministrators } from './notices.ts';
import { quietFor, tellOnce } from './tell-once.ts';
import { languageOf } from './words/language.ts';

export interface TellDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly email: EmailCarrier;
}

export interface OrganizationNotice {
  readonly notice: string;
  readonly organization: Organization;
  readonly at: number;
  /** Which event it is: the same one may come again, and is told once. */
  readonly event: string;
  /** Whom it is about, when it is about one user. */
  readonly user?: string;
}

/** Whoever knows many passwords can lock many users, and many were invited at once: their administrators are told once in a quarter of an hour (A109). */
const quieted = new Set(['user-locked', 'enrollment-expired', 'enrollment-canceled', 'enrollment-undeliverable']);
const mostAdministrators = 10;

async function administratorsOf({ table, keys }: TellDependencies, { organizationId, parentId }: Organization): Promise<Profile[]> {
  const own = await findAdministrators(table, organizationKeyOf(keys, organizationId), mostAdministrators);
  if (own.length > 0 || parentId === undefined) return own;
  return findAdministrators(table, organizationKeyOf(keys, parentId), mostAdministrators);
}

/** To each in their own language; none to an address that mail came back from. */
function mailsTo(keys: KeyRing, administrators: readonly Profile[], { notice, organization, at, user = '' }: OrganizationNotice): Mail[] {
  const of = { organizationName: organization.name, supportName: organization.support?.name, at, user };
  return administrators.flatMap(({ organizationId, userId, email, emailProblem, locale }) => {
    const mail = emailProblem ? undefined : administratorsMail(notice, { ...of, language: languageOf(locale) });
    return mail ? [{ ...mail, to: email, about: { user: userKeyOf(keys, organizationId, userId) } }] : [];
  });
}

/** False when there was nothing to tell them, or nobody to tell. */
export async function tellAdministrators(deps: TellDependencies, about: OrganizationNotice): Promise<boolean> {
  const { notice, organization, at, event } = about;
  if (!isForAdministrators(notice)) return false;
  const mails = mailsTo(deps.keys, await administratorsOf(deps, organization), about);
  if (mails.length === 0) return false;
  const { pk } = organizationItemKey(organizationKeyOf(deps.keys, organization.organizationId));
  const mark = { pk, sk: `NOTICE#${notice}#${quieted.has(notice) ? String(Math.floor(at / quietFor)) : event}` };
  return (await tellOnce(deps, { mark, event: { event, at } }, mails)) !== 'told-already';
}

/** Of an event in the organization's own trail. */
export async function tellOfOrganization(
  deps: TellDependencies,
  { organizationId, ...event }: Omit<OrganizationNotice, 'organization'> & { readonly organizationId: string },
): Promise<boolean> {
  const [organization] = await readOrganizations(deps, [organizationId]);
  return organization !== undefined && tellAdministrators(deps, { ...event, organization });
}
