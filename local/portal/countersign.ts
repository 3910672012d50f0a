/** How the portal asks Countersign: its API, with the client key, from the server alone. */
import { Refusal } from './portal-http.ts';
import type { Account } from './portal-session.ts';

export interface Countersign {
  readonly apiUrl: string;
  readonly clientKey: string;
}

/** A refusal by Countersign. That something was asked too often is for the person to know; the rest is not. */
function refusalOf({ status, headers: answered }: Response): Error {
  if (status !== 429) return new Error(`Countersign answered ${status}`);
  const seconds = Number(answered.get('retry-after') ?? Number.NaN);
  const wait = Number.isFinite(seconds) ? `${seconds} seconds` : 'a minute';
  return new Refusal(`Too often in a short time. Please wait ${wait}, then try again.`, 429);
}

async function request({ apiUrl, clientKey }: Countersign, path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${clientKey}`, 'content-type': 'application/json' };
  const post = body && { method: 'POST', body: JSON.stringify(body) };
  const limits = { redirect: 'error', signal: AbortSignal.timeout(30_000) } as const;
  return fetch(new URL(path, apiUrl), { headers, ...post, ...limits });
}

/** The client key never leaves this server; whatever is not a clear answer in time throws. */
export async function ask<T>(countersign: Countersign, path: string, body?: object): Promise<T> {
  const response = await request(countersign, path, body);
  if (!response.ok) throw refusalOf(response);
  return (await response.json()) as T;
}

const userPath = (organizationId: string, userId: string): string => `/v1/organizations/${encodeURIComponent(organizationId)}/users/${encodeURIComponent(userId)}`;

/** A portal knows its own people. This one has none of its own, and takes those whom Countersign knows. */
async function accountIn(countersign: Countersign, userId: string, organization: { organizationId: string; name: string }): Promise<Account | undefined> {
  const response = await request(countersign, userPath(organization.organizationId, userId));
  if (response.status === 404 || response.status === 400) return undefined;
  if (!response.ok) throw refusalOf(response);
  const { role } = (await response.json()) as { role: string };
  return { organizationId: organization.organizationId, name: organization.name, role };
}

/** Every account that this person has, the portal's own organization first. */
export async function accountsOf(countersign: Countersign, userId: string, homeId: string): Promise<Account[]> {
  if (!/^[\x21-\x7e]{1,128}$/.test(userId)) return [];
  const { organizations } = await ask<{ organizations: { organizationId: string; name: string }[] }>(countersign, '/v1/organizations?limit=50');
  const found = await Promise.all(organizations.map((each) => accountIn(countersign, userId, each)));
  const accounts = found.filter((each) => each !== undefined);
  return accounts.toSorted((one, other) => Number(other.organizationId === homeId) - Number(one.organizationId === homeId));
}
