/** Tells a user by mail: once per event, however often the stream brings it, and of a lock at most once in a quarter hour. */
import { minute } from '../platform/clock.ts';
import { toAttributes } from '../platform/dynamo/attributes.ts';
import type { Table } from '../platform/dynamo/table.ts';
import { fromOrganizationItem, organizationItemKey } from '../organizations/organization.ts';
import type { KeyRing } from '../platform/crypto/key-ring.ts';
import { organizationKeyOf } from '../platform/object-id.ts';
import { userPartition } from '../user-state/user-state-item.ts';
import { fromProfileItem, profileKey, type Profile } from '../users/profile.ts';
import type { EmailCarrier } from './email-carrier.ts';
import { noticeMail } from './notices.ts';
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

/** So that nobody can bomb a mailbox with our own notices (A109). */
const quietFor = 15 * minute;

export type NoticeOutcome = 'sent' | 'told-already' | 'no-address' | 'refused' | 'unknown-notice';

interface Mark {
  readonly pk: string;
  readonly sk: string;
}

/** What others can bring about with a password alone is told once a quarter hour; every change is told (I14). */
const quieted = new Set(['user-locked']);

const markOf = ({ notice, userKey, at, event }: NoticeOfEvent): Mark => ({
  pk: userPartition(userKey),
  sk: `NOTICE#${notice}#${quieted.has(notice) ? String(Math.floor(at / quietFor)) : event}`,
});

/** Claims this quarter hour for the event. A try that died before its mail went out may be made again; no other event's. */
async function claim(table: Table, event: NoticeOfEvent): Promise<boolean> {
  const item = { ...markOf(event), event: event.event, expiresAt: Math.floor((event.at + 2 * quietFor) / 1000) };
  const write = {
    TableName: table.name,
    Item: toAttributes({ ...item }),
    ConditionExpression: 'attribute_not_exists(pk) OR (#event = :event AND attribute_not_exists(sent))',
    ExpressionAttributeNames: { '#event': 'event' },
    ExpressionAttributeValues: { ':event': { S: event.event } },
  };
  return (await table.transact([{ Put: write }])).done;
}

async function markSent(table: Table, event: NoticeOfEvent): Promise<void> {
  await table.update({
    Key: toAttributes({ ...markOf(event) }),
    UpdateExpression: 'SET sent = :true',
    ExpressionAttributeValues: { ':true': { BOOL: true } },
  });
}

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
  const addresses = addressesOf(profile, event.at);
  if (!organizationItem || addresses.length === 0) return 'no-address';
  const organization = fromOrganizationItem(organizationItem);
  const of = { language: languageOf(profile.locale), organizationName: organization.name, supportName: organization.support?.name, at: event.at };
  const mail = noticeMail(event.notice, of);
  if (!mail) return 'unknown-notice';
  if (!(await claim(table, event))) return 'told-already';
  const outcomes: string[] = [];
  for (const to of addresses) outcomes.push((await email.send({ ...mail, to, about: { user: event.userKey } })).outcome);
  await markSent(table, event);
  return outcomes.includes('sent') ? 'sent' : 'refused';
}
