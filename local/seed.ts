/** The first contents: a client key, the organization "acme", the user "demo", who confirms by telephone, and a second account of theirs. */
import { readJson, writeJson } from './json-file.ts';
import { seedLicenses } from './seed-licenses.ts';
import type { Connect } from './telephone/connect.ts';

export interface Seed {
  readonly clientKey: string;
  readonly organizationId: string;
  readonly demo: {
    readonly userId: string;
    readonly password: string;
    readonly phoneNumber: string;
    readonly pin: string;
  };
  /** The demo can sign in. */
  readonly complete: boolean;
  /** Where the hosted pages may send browsers back to: registered for the client. */
  readonly returnUrl?: string;
  /** By which the portal knows who asks it about passwords. */
  readonly firstFactorSecret?: string;
}

export interface SeedDependencies {
  /** Kept with the data, readable by this user alone: the key is shown only once. */
  readonly file: string;
  readonly apiUrl: string;
  /** The demo portal's. */
  readonly returnUrl: string;
  readonly connect: Pick<Connect, 'calls' | 'answer' | 'keys'>;
  /** Starts what will be needed, in the background. */
  warm(): Promise<void>;
  /** Invokes the function `operator`. */
  operate(command: { command: string; prices?: unknown }): Promise<unknown>;
}

const organizationId = 'acme';
const demo = { userId: 'demo', password: 'demo-password', phoneNumber: '+12025550142', pin: '274913' };
const group = { organizationId: 'acme-group', name: 'Acme Group' };
const linked = { organizationId: 'acme-labs', name: 'Acme Labs' };
const CALL_WITHIN_MILLISECONDS = 15_000;

/** Makes what is not there yet. A seed that was interrupted is finished at the next start. */
export async function seed(deps: SeedDependencies): Promise<Seed> {
  const kept = readJson<Seed>(deps.file);
  if (kept?.complete === true) return registered(deps, kept);
  deps.warm().catch(() => undefined);
  const begun = kept ?? { clientKey: await bootstrap(deps), organizationId, demo, complete: false };
  writeJson(deps.file, begun);
  await fill(deps, begun);
  return registered(deps, { ...begun, complete: true });
}

/** The portal's port may be another one than the last time. What else is registered meanwhile stays, as long as it is not. */
async function registered(deps: SeedDependencies, contents: Seed): Promise<Seed> {
  const { returnUrl } = deps;
  if (contents.returnUrl === returnUrl && contents.firstFactorSecret !== undefined) return contents;
  const clientId = contents.clientKey.split('_')[2] ?? '';
  const { origin } = new URL(returnUrl);
  const firstFactorCheck = { url: `${origin}/first-factor-check`, signInUrl: `${origin}/sso` };
  const changes = { returnUrls: [returnUrl, `${origin}/vpn/back`], firstFactorCheck };
  const { firstFactorSecret } = await callerOf(deps.apiUrl, contents.clientKey)('PATCH', `/v1/clients/${clientId}`, changes);
  const done = { ...contents, returnUrl, firstFactorSecret: String(firstFactorSecret) };
  writeJson(deps.file, done);
  return done;
}

async function bootstrap({ operate }: SeedDependencies): Promise<string> {
  const { clientKey } = (await operate({ command: 'bootstrap' })) as { clientKey?: string };
  if (clientKey === undefined) throw new Error('The data has a client, but its key was not kept: start with --fresh.');
  return clientKey;
}

async function fill(deps: SeedDependencies, { clientKey }: Seed): Promise<void> {
  const api = callerOf(deps.apiUrl, clientKey);
  const organization = `/v1/organizations/${organizationId}`;
  const user = `${organization}/users/${demo.userId}`;
  await api('PUT', `/v1/organizations/${group.organizationId}`, { name: group.name });
  await api('PUT', organization, { name: 'Acme Corporation', parentId: group.organizationId });
  await api('PATCH', `${organization}/policy`, { enforcement: 'required' });
  const person = { displayName: 'Dana Demo', email: 'demo@acme.example', emailVerified: true, identity: 'local' };
  await api('PUT', user, { ...person, role: 'administrator' });
  await fillLinked(api, person);
  await seedLicenses(deps.operate, api, organization);
  const { mfa } = await api('GET', user);
  if (mfa === 'active') return;

  const start = { organizationId, userId: demo.userId, audience: 'portal', firstFactor: 'password' };
  const { challengeId } = await api('POST', '/v1/challenges', start);
  const numbers = { primary: demo.phoneNumber };
  const phone = { kind: 'phone', method: 'call-pin', pin: demo.pin, numbers, challengeId };
  const { factorId } = await api('POST', `${user}/factors`, phone);
  await answerCall(deps.connect);
  await until('The telephone of the demo user is not active', async () => {
    const { status } = await api('GET', `${user}/factors/${String(factorId)}`);
    return status === 'active';
  });
}

/** A second account of the same person, in which nothing is set up yet. */
async function fillLinked(api: Caller, person: object): Promise<void> {
  const organization = `/v1/organizations/${linked.organizationId}`;
  await api('PUT', organization, { name: linked.name, parentId: group.organizationId });
  await api('PATCH', `${organization}/policy`, { enforcement: 'required' });
  await api('PUT', `${organization}/users/${demo.userId}`, { ...person, role: 'member' });
}

/** Does what the demo user would do: picks up and keys the PIN. */
async function answerCall(connect: SeedDependencies['connect']): Promise<void> {
  const ringing = () => connect.calls(demo.phoneNumber).find(({ state }) => state === 'ringing');
  await until('The telephone of the demo user does not ring', () => Promise.resolve(ringing() !== undefined));
  const call = ringing();
  if (call === undefined) return;
  await connect.answer(call.callId);
  await connect.keys(call.callId, `${demo.pin}#`);
}

type Caller = (method: string, path: string, body?: unknown) => Promise<Readonly<Record<string, unknown>>>;

function callerOf(apiUrl: string, clientKey: string): Caller {
  return async (method, path, body) => {
    const response = await fetch(apiUrl + path, {
      method,
      headers: { authorization: `Bearer ${clientKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} of the first contents: ${String(response.status)} ${text}`);
    return JSON.parse(text === '' ? '{}' : text) as Readonly<Record<string, unknown>>;
  };
}

async function until(otherwise: string, holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + CALL_WITHIN_MILLISECONDS;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`The first contents: ${otherwise}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
