/** A whole local stack for a file of journeys, with the few things that portals, people and telephones do to it. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'otplib';
import { assertDescribed } from './described.ts';
import { startLocal, type LocalStack } from '../../local/start-local.ts';

export interface Reply {
  readonly status: number;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- what came over the wire, judged by the assertions
  readonly headers: Headers;
}

export interface RequestOptions {
  readonly key?: string;
  readonly actor?: string;
  readonly idempotencyKey?: string;
}

export interface World {
  readonly stack: LocalStack;
  readonly organizationId: string;
  api(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<Reply>;
  phone(method: string, path: string, body?: unknown): Promise<Reply>;
  /** A user of the demo organization, new. */
  makeUser(userId: string): Promise<string>;
  start(userId: string, more?: Record<string, unknown>, options?: RequestOptions): Promise<Reply>;
  addTotp(userId: string): Promise<{ factorId: string; secret: string; recoveryKey: string }>;
  addPhone(userId: string, phoneNumber: string, more: Record<string, unknown>, keys: string): Promise<string>;
  ringing(to: string): Promise<{ callId: string; heard: string[] }>;
  /** Waits for a mail whose subject matches. */
  mail(to: string, subject: RegExp): Promise<string>;
  /** Everything that every function has printed. */
  logs(): string;
  /** Moves the whole stack's clock, so that what was used or counted before is past. */
  advance(seconds: number): Promise<void>;
  /** The code that an authenticator app would show now. */
  code(secret: string): Promise<string>;
}

async function call(base: string, method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Reply> {
  const response = await fetch(base + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
}

export async function eventually<T>(what: string, look: () => Promise<T | undefined>, seconds = 15): Promise<T> {
  const giveUpAt = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > giveUpAt) throw new Error(`did not happen in ${String(seconds)} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function startWorld(): Promise<World> {
  const logFolder = mkdtempSync(join(tmpdir(), 'countersign-log-'));
  const stack = await startLocal({ logFolder });
  const { apiUrl, phoneUrl, clientKey, organizationId } = stack.running;
  const userPath = (userId: string) => `/v1/organizations/${organizationId}/users/${encodeURIComponent(userId)}`;
  const phone: World['phone'] = (method, path, body) => call(phoneUrl, method, path, body, {});
  const api: World['api'] = async (method, path, body, { key = clientKey, actor, idempotencyKey } = {}) => {
    const reply = await call(apiUrl, method, path, body, {
      authorization: `Bearer ${key}`,
      ...(actor === undefined ? {} : { 'countersign-actor': actor }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    });
    assertDescribed(method, path, reply.status, reply.body);
    return reply;
  };
  const world: World = {
    stack,
    organizationId,
    api,
    phone,
    makeUser: async (userId) => {
      const reply = await api('PUT', userPath(userId), { displayName: 'Ada Example', email: `${userId}@acme.example`, emailVerified: true, identity: 'local' });
      if (reply.status >= 300) throw new Error(JSON.stringify(reply.body));
      return userPath(userId);
    },
    start: (userId, more = {}, options = {}) => api('POST', '/v1/challenges', { organizationId, userId, audience: 'portal', firstFactor: 'password', ...more }, options),
    addTotp: async (userId) => {
      const { challengeId } = (await world.start(userId)).body;
      const added = await api('POST', `${userPath(userId)}/factors`, { kind: 'totp', challengeId });
      if (added.status !== 201) throw new Error(JSON.stringify(added.body));
      const confirmed = await api('POST', `${userPath(userId)}/factors/${added.body.factorId}/confirm`, { answer: await world.code(added.body.secret) });
      if (confirmed.body.status !== 'active') throw new Error(JSON.stringify(confirmed.body));
      await world.advance(31);
      return { factorId: added.body.factorId, secret: added.body.secret, recoveryKey: confirmed.body.recoveryKey };
    },
    addPhone: async (userId, phoneNumber, more, keys) => {
      const { challengeId } = (await world.start(userId)).body;
      const added = await api('POST', `${userPath(userId)}/factors`, { kind: 'phone', numbers: { primary: phoneNumber }, challengeId, ...more });
      if (added.status !== 201) throw new Error(JSON.stringify(added.body));
      const { callId } = await world.ringing(phoneNumber);
      await phone('POST', `/api/calls/${callId}/answer`);
      await phone('POST', `/api/calls/${callId}/keys`, { keys: keys === 'show' ? `${added.body.progress.show}#` : keys });
      await eventually('the phone is proved', async () => ((await api('GET', `${userPath(userId)}/factors/${added.body.factorId}`)).body.status === 'active' ? true : undefined));
      await world.advance(31);
      return added.body.factorId;
    },
    ringing: (to) =>
      eventually(`${to} rings`, async () => {
        const calls = (await phone('GET', `/api/calls?to=${encodeURIComponent(to)}`)).body as { callId: string; state: string; heard: string[] }[];
        return calls.find(({ state }) => state === 'ringing');
      }),
    mail: (to, subject) =>
      eventually(`a mail to ${to}`, async () => {
        const mails = (await phone('GET', `/api/messages?to=${encodeURIComponent(to)}`)).body as { subject: string; text: string }[];
        return mails.find((mail) => subject.test(mail.subject))?.text;
      }),
    logs: () => readdirSync(logFolder).map((name) => readFileSync(join(logFolder, name), 'utf8')).join('\n'),
    advance: async (seconds) => {
      const reply = await phone('POST', '/api/clock', { advanceSeconds: seconds });
      if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
    },
    code: (secret) => generate({ secret, epoch: Math.floor(stack.clock.now() / 1000) }),
  };
  return world;
}
