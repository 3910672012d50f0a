/** Resellers r1 and r2, companies c1 and c2 below r1, c3 below r2, people and clients: who may touch what is tried on these. */
import { handler as organizations } from '../../functions/api/organizations.ts';
import { handler as users } from '../../functions/api/users.ts';
import { handler as operator } from '../../functions/operator/bootstrap.ts';
import { callDoor, startInstallation, type ApiAnswer, type ApiRequest } from './api.ts';
import type { TestTable } from './database.ts';

export interface Tenants {
  readonly database: TestTable;
  /** Keys of clients: of the whole installation, of r1, of c1. */
  readonly root: string;
  readonly reseller: string;
  readonly company: string;
  /** Through the organizations' door, with the root's key unless another is given. */
  ask(request: string, parts?: ApiRequest): Promise<ApiAnswer>;
  makeClient(organizationId: string): Promise<string>;
}

const people = [
  ['r1', 'boss', 'administrator'],
  ['c1', 'admin', 'administrator'],
  ['c1', 'clerk', 'member'],
  ['c1', 'reader', 'auditor'],
] as const;

export async function startTenants(): Promise<Tenants> {
  const database = await startInstallation();
  const root = ((await operator({ command: 'bootstrap' }, { awsRequestId: 'r' })) as { clientKey: string }).clientKey;
  const ask: Tenants['ask'] = (request, parts = {}) => callDoor(organizations, request, { key: root, ...parts });
  const makeClient = async (organizationId: string): Promise<string> => {
    const body = {
      name: organizationId,
      organizationId,
      scopes: ['organizations', 'clients', 'audit', 'users', 'orders'],
      audiences: ['portal'],
    };
    const answer = await ask('POST /v1/clients', { body });
    return (answer.body as { clientKey: string }).clientKey;
  };
  for (const id of ['r1', 'r2']) await ask(`PUT /v1/organizations/${id}`, { body: { name: id } });
  for (const id of ['c1', 'c2']) await ask(`PUT /v1/organizations/${id}`, { body: { name: id, parentId: 'r1' } });
  await ask('PUT /v1/organizations/c3', { body: { name: 'c3', parentId: 'r2' } });
  for (const [id, userId, role] of people) {
    const body = { displayName: userId, email: `${userId}@example.com`, identity: 'local', role };
    await callDoor(users, `PUT /v1/organizations/${id}/users/${userId}`, { key: root, body });
  }
  return { database, root, reseller: await makeClient('r1'), company: await makeClient('c1'), ask, makeClient };
}
