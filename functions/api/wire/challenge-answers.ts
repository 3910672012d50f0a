/** What the sign-in routes answer (docs/api/README.md, Sign-in). */
import * as z from 'zod/mini';
import { answerChallengeRequest, emptyRequest, redeemResultRequest, sendChallengeRequest, startChallengeRequest } from './challenges.ts';
import { objectId, timestamp } from './names.ts';

export const factorChoice = z.strictObject({
  factorId: objectId,
  kind: z.string(),
  method: z.optional(z.string()),
  label: z.optional(z.string()),
  hint: z.optional(z.string()),
  answeredBy: z.optional(z.enum(['api', 'call', 'text', 'app'])),
  reachedBy: z.optional(z.enum(['call', 'text', 'mail', 'push'])),
  publicKey: z.optional(z.record(z.string(), z.unknown())),
});

export const progress = z.strictObject({
  factorId: z.optional(objectId),
  attempt: z.optional(z.number()),
  of: z.optional(z.number()),
  state: z.string(),
  reason: z.optional(z.string()),
  show: z.optional(z.string()),
});

export const challengeResponse = z.strictObject({
  challengeId: objectId,
  status: z.enum(['pending', 'approved', 'not-required', 'enrollment-required', 'denied', 'expired', 'canceled', 'locked']),
  reason: z.optional(z.string()),
  answersLeft: z.optional(z.number()),
  lockedUntil: z.optional(timestamp),
  factors: z.array(factorChoice),
  progress: z.optional(progress),
  promptUrl: z.optional(z.string()),
  setupUrl: z.optional(z.string()),
  result: z.optional(z.string()),
  expiresAt: timestamp,
});

export const claimsResponse = z.strictObject({
  iss: z.string(),
  aud: z.array(z.string()),
  sub: z.string(),
  org: z.string(),
  jti: z.string(),
  iat: z.number(),
  exp: z.number(),
  auth_time: z.number(),
  nonce: z.optional(z.string()),
  txn: z.string(),
  purpose: z.string(),
  protects: z.optional(z.array(z.string())),
  amr: z.array(z.string()),
  acr: z.string(),
});

export const challengeSchemas = {
  startChallenge: { request: startChallengeRequest, response: challengeResponse, status: 201 },
  getChallenge: { query: z.strictObject({ waitSeconds: z.optional(z.string()) }), response: challengeResponse, status: 200 },
  answerChallenge: { request: answerChallengeRequest, response: challengeResponse, status: 200 },
  cancelChallenge: { request: emptyRequest, response: challengeResponse, status: 200 },
  sendChallenge: { request: sendChallengeRequest, response: challengeResponse, status: 200 },
  redeemResult: { request: redeemResultRequest, response: claimsResponse, status: 200 },
} as const;
