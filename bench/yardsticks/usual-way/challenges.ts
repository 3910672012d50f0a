/** The usual way's operations: start a challenge, answer it. */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { verify } from 'otplib';
import { get, newAudit, put, transact, update, type Challenge, type ClientRecord, type FactorRecord, type Organization, type User } from './store.ts';
import { openSecret, signResult } from './secrets.ts';
import type { StartRequest } from './handler.ts';

export class UsualProblem extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface From {
  readonly requestId: string;
  readonly ipAddress: string;
  readonly userAgent: string;
}

const challengeLife = 300_000;
const lockAfter = 5;

/** The client of an API key, by the key's hash. */
export async function findClient(authorization = ''): Promise<ClientRecord> {
  const key = authorization.replace(/^Bearer /, '');
  const hash = createHash('sha256').update(key).digest();
  const client = await get<ClientRecord>(`CLIENT#${key.split('_')[2] ?? ''}`, 'CLIENT');
  if (!client || !timingSafeEqual(Buffer.from(client.keyHash, 'hex'), hash)) throw new UsualProblem(401, 'unknown client');
  return client;
}

export async function startChallenge(finding: Promise<ClientRecord>, request: StartRequest, from: From) {
  const { organizationId, userId, audience, purpose, nonce } = request;
  const partition = `USER#${organizationId}#${userId}`;
  const [client, organization, user, factor] = await Promise.all([
    finding,
    get<Organization>(`ORG#${organizationId}`, 'ORG'),
    get<User>(partition, 'USER'),
    get<FactorRecord>(partition, 'FACTOR#totp'),
  ]);
  if (!client.audiences.includes(audience)) throw new UsualProblem(403, 'audience not permitted');
  if (!organization || !user || !factor) throw new UsualProblem(404, 'not found');
  if (user.lockedUntil && user.lockedUntil > Date.now()) throw new UsualProblem(409, 'locked');
  const now = Date.now();
  const challenge: Challenge = {
    pk: `CHALLENGE#${randomUUID()}`, sk: 'CHALLENGE', status: 'pending', organizationId, userId, clientId: client.clientId, audience, purpose,
    ...(nonce === undefined ? {} : { nonce }), createdAt: now, expiresAt: Math.floor((now + challengeLife) / 1000), wrongAnswers: 0,
  };
  await transact([put({ ...challenge }), put(newAudit('challenge-started', challenge, from, { policyVersion: organization.policy.version }))]);
  return {
    challengeId: challenge.pk.slice('CHALLENGE#'.length),
    status: 'pending',
    factors: [{ factorId: factor.factorId, kind: 'totp' }],
    expiresAt: new Date(now + challengeLife).toISOString(),
  };
}

async function refuseWrong(challenge: Challenge, user: User, from: From) {
  const failures = (user.failures ?? 0) + 1;
  const lock = failures >= lockAfter ? { lockedUntil: Date.now() + 3_600_000 } : {};
  await transact([
    update(challenge, { wrongAnswers: challenge.wrongAnswers + 1 }, '#status = :pending', { ':pending': 'pending' }),
    update(user, { failures, ...lock }),
    put(newAudit('answer-wrong', challenge, from, { failures })),
  ]);
  return { status: 'pending', reason: 'wrong-answer', answersLeft: lockAfter - failures };
}

export async function answerChallenge(finding: Promise<ClientRecord>, challengeId: string, answer: string, from: From) {
  const [client, challenge] = await Promise.all([finding, get<Challenge>(`CHALLENGE#${challengeId}`, 'CHALLENGE')]);
  if (!challenge || challenge.clientId !== client.clientId) throw new UsualProblem(404, 'not found');
  if (challenge.status !== 'pending' || challenge.expiresAt * 1000 < Date.now()) throw new UsualProblem(409, 'challenge is over');
  const { organizationId, userId } = challenge;
  const partition = `USER#${organizationId}#${userId}`;
  const [user, factor] = await Promise.all([get<User>(partition, 'USER'), get<FactorRecord>(partition, 'FACTOR#totp')]);
  if (!user || !factor) throw new UsualProblem(404, 'not found');
  if (user.lockedUntil && user.lockedUntil > Date.now()) throw new UsualProblem(409, 'locked');
  const result = await verify({ secret: await openSecret(factor), token: answer, epoch: Math.floor(Date.now() / 1000), epochTolerance: 30 });
  if (!result.valid) return refuseWrong(challenge, user, from);
  const step = Math.floor(Date.now() / 30_000) + result.delta;
  await transact([
    update(challenge, { status: 'approved', decidedAt: Date.now() }, '#status = :pending', { ':pending': 'pending' }),
    update(factor, { lastStep: step }, '#lastStep < :step', { ':step': step }),
    put(newAudit('challenge-approved', challenge, from, { method: 'totp' })),
  ]);
  const token = await signResult({ aud: [client.clientId, challenge.audience], sub: userId, org: organizationId, txn: challengeId, purpose: challenge.purpose, amr: ['otp', 'mfa'], acr: 'otp' });
  return { challengeId, status: 'approved', factors: [], result: token, expiresAt: new Date(challenge.expiresAt * 1000).toISOString() };
}
