/** An installation whose portal sends people to the hosted pages: everything through the doors, on the embedded engine. */
import { generateSync } from 'otplib';
import { handler as signIn } from '../../functions/api/challenges.ts';
import { handler as factors } from '../../functions/api/factors.ts';
import { handler as organizations } from '../../functions/api/organizations.ts';
import { handler as users } from '../../functions/api/users.ts';
import { handler as operator } from '../../functions/operator/bootstrap.ts';
import { callDoor, startInstallation, type ApiAnswer } from './api.ts';
import type { TestTable } from './database.ts';

export const returnUrl = 'https://portal.example.com/back';

export interface PageWorld {
  readonly database: TestTable;
  readonly key: string;
  /** A new person, with a role; the first of the organization is its administrator. */
  makeUser(userId: string, more?: Record<string, unknown>): Promise<void>;
  policy(rules: Record<string, unknown>): Promise<void>;
  start(userId: string, more?: Record<string, unknown>): Promise<ApiAnswer>;
  /** An authenticator app that is in use; gives its key. */
  addApp(userId: string): Promise<string>;
  get(challengeId: string): Promise<ApiAnswer>;
  pageSession(body: Record<string, unknown>, actor?: string): Promise<ApiAnswer>;
}

/** Of another step than the one that set the app up. */
export const codeOf = (secret: string, stepsAhead = 0): string => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 * stepsAhead });

export async function makePageWorld(): Promise<PageWorld> {
  const database = await startInstallation();
  const { clientKey: key } = (await operator({ command: 'bootstrap' }, { awsRequestId: 'r' })) as { clientKey: string };
  const ask = (door: Parameters<typeof callDoor>[0], request: string, body?: unknown) => callDoor(door, request, { key, ...(body === undefined ? {} : { body }) });
  const clientId = key.split('_')[2] ?? '';
  await ask(organizations, `PATCH /v1/clients/${clientId}`, { returnUrls: [returnUrl] });
  await ask(organizations, 'PUT /v1/organizations/acme', { name: 'Acme Corporation', support: { name: 'Acme help', url: 'https://help.example.com' } });
  const start: PageWorld['start'] = (userId, more = {}) =>
    ask(signIn, 'POST /v1/challenges', { organizationId: 'acme', userId, audience: 'portal', firstFactor: 'password', returnUrl, ...more });
  return {
    database,
    key,
    start,
    makeUser: async (userId, more = {}) => {
      const person = { displayName: 'Ada Example', email: `${userId}@example.com`, emailVerified: true, identity: 'local', ...more };
      const { status } = await ask(users, `PUT /v1/organizations/acme/users/${userId}`, person);
      if (status >= 300) throw new Error(`no user: ${String(status)}`);
    },
    policy: async (rules) => void (await ask(organizations, 'PATCH /v1/organizations/acme/policy', rules)),
    addApp: async (userId) => {
      const { challengeId } = (await start(userId)).body;
      const added = (await ask(factors, `POST /v1/organizations/acme/users/${userId}/factors`, { kind: 'totp', challengeId })).body;
      const confirmed = await ask(factors, `POST /v1/organizations/acme/users/${userId}/factors/${added.factorId}/confirm`, { answer: codeOf(added.secret, -1) });
      if (confirmed.body.status !== 'active') throw new Error('no app');
      return added.secret;
    },
    get: (challengeId) => ask(signIn, `GET /v1/challenges/${challengeId}`),
    pageSession: (body, actor) => callDoor(users, 'POST /v1/page-sessions', { key, body, ...(actor === undefined ? {} : { actor }) }),
  };
}
