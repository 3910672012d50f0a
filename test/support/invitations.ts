/** Invitations as an administrator's request makes them, and the links that their mails hold; and a portal that is asked about passwords. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handler as organizations } from '../../functions/api/organizations.ts';
import { getDependencies } from '../../functions/start/dependencies.ts';
import { readClient } from '../../shared/clients/save-client.ts';
import { createEnrollment } from '../../shared/enrollment/invitations/create-enrollment.ts';
import { resendEnrollment } from '../../shared/enrollment/invitations/manage-enrollment.ts';
import { invitationUrl, writeInvitationToken } from '../../shared/enrollment/invitations/invitation-token.ts';
import { fromOrganizationItem, organizationItemKey } from '../../shared/organizations/organization.ts';
import { toAttributes } from '../../shared/platform/dynamo/attributes.ts';
import { homeKeys } from '../../shared/platform/object-id.ts';
import { licenseItemKey } from '../../shared/user-state/license-count.ts';
import { markRequest } from '../../shared/user-state/receipts.ts';
import { fromUserStateItem, userStateKey } from '../../shared/user-state/user-state-item.ts';
import { fromProfileItem, profileKey } from '../../shared/users/profile.ts';
import { invitationWrites } from '../../shared/spend/send-budget.ts';
import { callDoor, pagesUrl } from './api.ts';

export interface Invited {
  readonly enrollmentId: string;
  readonly url: string;
}

const ignored = { start: () => Promise.resolve() } as never;

/** Licenses for telephones, as if they had been ordered. */
async function buy(organizationKey: string): Promise<void> {
  const { table } = await getDependencies();
  await table.transact([{ Put: { TableName: table.name, Item: toAttributes({ ...licenseItemKey(organizationKey, 'phone'), limit: 10, used: 0 }), ConditionExpression: 'attribute_not_exists(pk)' } }]);
}

/** What the doors read for such a request. */
async function requestOf(userId: string) {
  const deps = await getDependencies();
  const home = homeKeys(deps.keys, 'acme', userId);
  const [organization, state, profile] = await deps.table.read([organizationItemKey(home.organizationKey), userStateKey(home.userKey), profileKey(home.userKey)]);
  const requestId = Buffer.from(deps.random.bytes(6)).toString('hex');
  const about = {
    home,
    organization: fromOrganizationItem(organization ?? {}),
    state: fromUserStateItem(state ?? {}),
    profile: fromProfileItem(profile ?? {}),
    context: { requestId, door: 'api' },
    mark: markRequest(deps.keys, 'test', requestId, []),
  } as const;
  return { about, deps: { ...deps, issuer: '', senders: { mail: ignored, call: ignored } } };
}

async function linkOf(userId: string): Promise<string> {
  const { about, deps } = await requestOf(userId);
  const { enrollment } = about.state;
  if (!enrollment) throw new Error('nobody is invited');
  return invitationUrl(pagesUrl, writeInvitationToken(deps.keys, { home: about.home, enrollmentId: enrollment.id, generation: enrollment.generation }));
}

export async function invite(key: string, userId: string, phoneNumber?: string): Promise<Invited> {
  const { about, deps } = await requestOf(userId);
  if (phoneNumber !== undefined) await buy(about.home.organizationKey);
  const client = await readClient(deps, key.split('_')[2] ?? '');
  const { enrollmentId } = await createEnrollment(deps, about, { client, ...(phoneNumber === undefined ? {} : { phone: { number: phoneNumber } }) });
  return { enrollmentId, url: await linkOf(userId) };
}

/** As if half a minute had passed since: the mailbox has forgotten the last one. */
export async function inviteAgain(userId: string, { enrollmentId }: Invited): Promise<Invited> {
  const { about, deps } = await requestOf(userId);
  const [recent] = invitationWrites(deps.table.name, deps.keys, about.profile.email, 0).writes;
  await deps.table.transact([{ Delete: { TableName: deps.table.name, Key: recent?.Update?.Key } }]);
  await resendEnrollment(deps, about, enrollmentId);
  return { enrollmentId, url: await linkOf(userId) };
}

export interface AskedPortal {
  /** Every password that it was asked about. */
  readonly asked: string[];
  stop(): void;
}

/** Registers a first-factor check for the client, which takes this password for everybody's. */
export async function startPasswordCheck(key: string, password: string): Promise<AskedPortal> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const question = JSON.parse(Buffer.concat(chunks).toString()) as { password: string };
      asked.push(question.password);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: question.password === password }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://localhost:${String((server.address() as AddressInfo).port)}/check`;
  const { status } = await callDoor(organizations, `PATCH /v1/clients/${key.split('_')[2] ?? ''}`, { key, body: { firstFactorCheck: { url } } });
  if (status !== 200) throw new Error('no first-factor check');
  return { asked, stop: () => void server.close() };
}
