/** Tells a user by mail: once per event, however often the stream brings it, and of locks and wrong answers once in a quarter hour. */
import type { Table } from '../platform/dynamo/table.ts';
import { fromOrganizationItem, organizationItemKey } from '../organizations/organization.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import { userPartition } from '../user-state/user-state-item.ts';
import { fromProfileItem, profileKey, type Profile } from '../users/profile.ts';
import type { EmailCarrier } from './email-carrier.ts';
import { isForAdministrators, noticeMail } from './notices.ts';
import { quietFor, tellOnce, type Mark } from './tell-once.ts';
import { tellAdministrators } from './tell-administrators.ts';
import { languageOf } from './words/language.ts';

export interface NoticeDependencies {
  readonly table: Table;
  readonly keys: KeyRing;
  readonly email: EmailCarrier;
}

export interface NoticeOfEvent {
  readonly notice: string;
  readonly userKey: string;
  readonly at: number;
  /** Which event it is: the same one may come again, and is told once. */
  readonly event: string;
}

export type NoticeOutcome = 'sent' | 'told-already' | 'no-address' | 'refused' | 'unknown-notice';

/** What others can bring about with a password alone is told once a quarter hour; every change is told (I14). */
const quieted = new Set(['user-locked', 'wrong-answer']);

const markOf = ({ notice, userKey, at, event }: NoticeOfEvent): Mark => ({
  pk: userPartition(userKey),
  sk: `NOTICE#${notice}#${quieted.has(notice) ? String(Math.floor(at / quietFor)) : event}`,
});

/**
 * Every known address, and never only one that was just put in: a changed one is told beside the new for a while (I14).
 * None that mail came back from, or whose owner complained of it: the next mail would harm everybody else's.
 */
function addressesOf({ email, emailProblem, formerEmail }: Profile, at: number): string[] {
  const former = formerEmail && formerEmail.until > at ? [formerEmail.address] : [];
  return emailProblem || !email ? former : [...former, email];
}

export async function sendNotice({ table, keys, email }: NoticeDependencies, event: NoticeOfEvent): Promise<NoticeOutcome> {
  const [profileItem] = await table.read([profileKey(event.userKey)]);
  if (!profileItem) return 'no-address';
  const profile = fromProfileItem(profileItem);
  const [organizationItem] = await table.read([organizationItemKey(organizationKeyOf(keys, profile.organizationId))]);
  if (!organizationItem) return 'no-address';
  const organization = fromOrganizationItem(organizationItem);
  const of = { language: languageOf(profile.locale), organizationName: organization.name, supportName: organization.support?.name, at: event.at };
  const mail = noticeMail(event.notice, of);
  if (!mail && !isForAdministrators(event.notice)) return 'unknown-notice';
  const mails = mail ? addressesOf(profile, event.at).map((to) => ({ ...mail, to, about: { user: event.userKey } })) : [];
  const told = mails.length === 0 ? 'no-address' : await tellOnce({ table, email }, { mark: markOf(event), event }, mails);
  const user = `${profile.displayName} (${profile.userId})`;
  await tellAdministrators({ table, keys, email }, { ...event, organization, user });
  return told;
}
