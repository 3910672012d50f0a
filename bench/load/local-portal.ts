/** A portal over HTTP: sets users up with authenticator apps, and signs them in as fast as they come. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { codeAt, stepAt, totpPeriod } from '../../shared/factors/kinds/totp.ts';

export interface LocalService {
  readonly apiUrl: string;
  readonly clientKey: string;
  readonly organizationId: string;
  now(): number;
  advance(seconds: number): void;
}

export interface Person {
  readonly userId: string;
  readonly secret: KeyObject;
}

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

export async function ask({ apiUrl, clientKey }: LocalService, method: string, path: string, body?: unknown): Promise<Answered> {
  const headers = { authorization: `Bearer ${clientKey}`, 'content-type': 'application/json' };
  const response = await fetch(apiUrl + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as Answered['body'] };
}

async function must(answer: Promise<Answered>): Promise<Answered['body']> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`an answer of ${String(status)}: ${JSON.stringify(body)}`);
  return body;
}

const codeOf = (service: LocalService, { secret }: Person): string => codeAt(secret, stepAt(service.now()));

const startOf = ({ organizationId }: LocalService, userId: string, answer?: string) => ({
  organizationId, userId, audience: 'portal', firstFactor: 'password', ...(answer === undefined ? {} : { answer }),
});

export async function setUp(service: LocalService, userId: string): Promise<Person> {
  const user = `/v1/organizations/${service.organizationId}/users/${userId}`;
  await must(ask(service, 'PUT', user, { displayName: 'Ada Example', email: `${userId}@acme.example`, identity: 'local' }));
  const { challengeId } = await must(ask(service, 'POST', '/v1/challenges', startOf(service, userId)));
  const { factorId, secret } = await must(ask(service, 'POST', `${user}/factors`, { kind: 'totp', challengeId }));
  const person = { userId, secret: createSecretKey(fromBase32(String(secret))) };
  await must(ask(service, 'POST', `${user}/factors/${String(factorId)}/confirm`, { answer: codeOf(service, person) }));
  return person;
}

/** Half a minute on, so that everyone has a fresh code. */
export const nextStep = (service: LocalService): void => service.advance((1.5 * totpPeriod - (service.now() % totpPeriod)) / 1000);

/** True when it was approved. */
export async function signIn(service: LocalService, person: Person): Promise<boolean> {
  const { body } = await ask(service, 'POST', '/v1/challenges', startOf(service, person.userId, codeOf(service, person)));
  return body['status'] === 'approved';
}
